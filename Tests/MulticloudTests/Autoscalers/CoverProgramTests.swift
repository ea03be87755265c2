import SimulationKernel
import Testing

@testable import Multicloud

@Suite("The program that covers a demand")
struct CoverProgramTests {
  typealias Option = CoverProgram.Option

  /// Draws below a bound, one after the other.
  private struct Draws {
    let stream = KeyedStream(seed: 11, entity: 0, purpose: 251)
    var index: UInt64 = 0
    mutating func below(_ bound: Int) -> Int {
      index += 1
      return Int(stream.block(index).0 % UInt64(bound))
    }
  }

  /// The best of all choices, one after the other.
  private func exhaustive(_ program: CoverProgram) -> (shortfall: Int64, cost: Int128)? {
    var best: (shortfall: Int64, cost: Int128)?
    var counts = program.options.map(\.minimum)
    while true {
      if isObtainable(counts, program) {
        let value = program.value(counts)
        if best.map({ (value.shortfall, value.cost) < ($0.shortfall, $0.cost) }) ?? true {
          best = value
        }
      }
      guard let place = counts.indices.first(where: { counts[$0] < program.options[$0].maximum })
      else { return best }
      for lower in 0..<place { counts[lower] = program.options[lower].minimum }
      counts[place] += 1
    }
  }

  private func isObtainable(_ counts: [Int], _ program: CoverProgram) -> Bool {
    program.obtainable.indices.allSatisfy { stock in
      zip(program.options, counts).filter { $0.0.stock == stock }.reduce(0) {
        $0 + $1.0.accelerators * ($1.1 - $1.0.present)
      } <= program.obtainable[stock]
    }
  }

  private func random(_ draws: inout Draws) -> CoverProgram {
    let stocks = draws.below(3)
    let options = (0..<1 + draws.below(4)).map { _ in
      let minimum = draws.below(3)
      return Option(
        minimum: minimum, maximum: minimum + draws.below(5), present: draws.below(6),
        yield: Int64(1 + draws.below(12)), cost: Int64(draws.below(10)),
        startupCost: Int64(draws.below(6)), accelerators: draws.below(5),
        stock: stocks == 0 ? -1 : draws.below(stocks + 1) - 1)
    }
    return CoverProgram(
      options: options, demand: Int64(draws.below(90)),
      obtainable: (0..<stocks).map { _ in draws.below(12) - 2 })
  }

  @Test("the optimum is that of an exhaustive search, in 20 000 cases")
  func againstExhaustiveSearch() throws {
    var draws = Draws()
    var short = 0
    var scarce = 0
    for round in 0..<20_000 {
      let program = random(&draws)
      let answer = program.solve()
      let best = try #require(exhaustive(program))
      try #require(answer.isProven, "case \(round)")
      try #require(
        answer.shortfall == best.shortfall && answer.cost == best.cost, "case \(round): \(program)")
      try #require(program.value(answer.counts) == best && isObtainable(answer.counts, program))
      for (option, count) in zip(program.options, answer.counts) {
        try #require((option.minimum...option.maximum).contains(count))
      }
      if best.shortfall > 0 { short += 1 }
      let free = CoverProgram(
        options: program.options.map {
          var option = $0
          option.stock = -1
          return option
        }, demand: program.demand)
      if free.solve().cost != best.cost { scarce += 1 }
    }
    // The cases are of all kinds.
    #expect((1000..<19_000).contains(short) && scarce > 1000)
  }

  @Test("cheaper per request a second first, unless starting costs more than it saves")
  func startup() {
    let old = Option(minimum: 0, maximum: 10, present: 4, yield: 2, cost: 10)
    var new = Option(minimum: 0, maximum: 10, present: 0, yield: 3, cost: 12)
    #expect(CoverProgram(options: [old, new], demand: 8).solve().counts == [1, 2])
    new.startupCost = 9
    #expect(CoverProgram(options: [old, new], demand: 8).solve().counts == [4, 0])
  }

  @Test("what one pool gives back another takes; what is not to be had is said")
  func stock() {
    let small = Option(
      minimum: 0, maximum: 10, present: 4, yield: 1, cost: 1, accelerators: 1, stock: 0)
    let large = Option(
      minimum: 0, maximum: 10, present: 0, yield: 10, cost: 4, accelerators: 4, stock: 0)
    let tight = CoverProgram(options: [small, large], demand: 10, obtainable: [0])
    #expect(tight.solve() == CoverProgram.Answer(counts: [0, 1], shortfall: 0, cost: 4))
    let more = CoverProgram(options: [small, large], demand: 40, obtainable: [3])
    #expect(more.solve() == CoverProgram.Answer(counts: [3, 1], shortfall: 27, cost: 7))
  }

  @Test("minima are asked for whether they are to be had or not")
  func minima() {
    let option = Option(
      minimum: 3, maximum: 9, present: 1, yield: 1, cost: 1, accelerators: 2, stock: 0)
    let answer = CoverProgram(options: [option], demand: 9, obtainable: [0]).solve()
    #expect(answer == CoverProgram.Answer(counts: [3], shortfall: 6, cost: 3))
    #expect(CoverProgram(options: [], demand: 5).solve().shortfall == 5)
  }

  @Test("large pools are solved; a search cut short still answers, and says so")
  func limits() {
    let options = (0..<8).map { place in
      Option(
        minimum: 0, maximum: 1000, present: 37 * place, yield: Int64(900_000 + 77_777 * place),
        cost: Int64(10_000 + 883 * place), startupCost: Int64(500 + 31 * place),
        accelerators: 1 + place % 4, stock: place % 2)
    }
    let program = CoverProgram(
      options: options, demand: 2_345_678_901, obtainable: [1200, 900])
    let whole = program.solve()
    #expect(whole.shortfall == 0)
    let cut = program.solve(nodes: 0)
    #expect(!cut.isProven && cut.shortfall == 0 && cut.cost >= whole.cost)
    #expect(program.value(cut.counts) == (cut.shortfall, cut.cost))
    // A greedy choice is no more than a replica off.
    #expect(cut.cost - whole.cost <= 20_000)
  }
}
