import Plan
import SimulationKernel
import Testing

@testable import Multicloud

/// The planner's solver in floating point, and the autoscaler's in whole numbers.
@Suite("Covering a demand, by another solver")
struct CoverProgramTests {
  private struct Draws {
    let stream: KeyedStream
    var index: UInt64 = 0
    mutating func below(_ bound: Int) -> Int {
      index += 1
      return Int(stream.block(index).0 % UInt64(bound))
    }
  }

  /// Six kinds of replicas from two stocks, up to thirty of each.
  private func random(_ seed: UInt64) -> CoverProgram {
    var draws = Draws(stream: KeyedStream(seed: seed, entity: 0, purpose: 252))
    let options = (0..<6).map { _ in
      CoverProgram.Option(
        minimum: draws.below(3), maximum: 5 + draws.below(26), present: draws.below(20),
        yield: Int64(3 + draws.below(40)), cost: Int64(5 + draws.below(60)),
        startupCost: Int64(draws.below(25)), accelerators: 1 + draws.below(8),
        stock: draws.below(3) - 1)
    }
    let most = options.reduce(0) { $0 + Int($1.yield) * $1.maximum }
    return CoverProgram(
      options: options, demand: Int64(most / 10 + draws.below(most / 2)),
      obtainable: [draws.below(120), draws.below(120)])
  }

  @Test("the same cost as branch and cut, in 60 cases of six kinds", arguments: 1...UInt64(60))
  func sameCost(seed: UInt64) throws {
    let cover = random(seed)
    let answer = cover.solve(nodes: 1_000_000)
    #expect(answer.isProven)
    var program = LinearProgram()
    let counts = cover.options.map {
      program.add(
        "replicas", cost: Double($0.cost), from: Double($0.minimum), to: Double($0.maximum),
        isInteger: true)
    }
    for (option, count) in zip(cover.options, counts) {
      let started = program.add("started", cost: Double(option.startupCost))
      program.require(
        "started", [.init(started, 1), .init(count, -1)], from: -Double(option.present))
    }
    // What the exact answer bears must be had by this one too: the least shortfall is not its question.
    program.require(
      "demand", zip(counts, cover.options).map { .init($0, Double($1.yield)) },
      from: Double(cover.demand - answer.shortfall), side: .demand)
    for stock in cover.obtainable.indices {
      let users = cover.options.indices.filter { cover.options[$0].stock == stock }
      let held = users.reduce(0) {
        $0 + cover.options[$1].accelerators * cover.options[$1].present
      }
      program.require(
        "stock", users.map { .init(counts[$0], Double(cover.options[$0].accelerators)) },
        to: Double(cover.obtainable[stock] + held), side: .supply)
    }
    let solution = try BranchAndCut(gap: 0, nodes: 200_000).solve(program)
    #expect(solution.isProven)
    #expect(abs(solution.cost - Double(answer.cost)) < 1e-6)
    guard answer.shortfall > 0 else { return }
    // One more would be too much to ask.
    program.require(
      "more", zip(counts, cover.options).map { .init($0, Double($1.yield)) },
      from: Double(cover.demand - answer.shortfall + 1), side: .demand)
    #expect(throws: BranchAndCut.Problem.self) { try BranchAndCut(gap: 0).solve(program) }
  }
}
