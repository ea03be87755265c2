import Plan
import Testing

@Suite("Programs")
struct ProgramTests {
  /// Three kinds of servers, each running model A or model B: cost (2, 3.5, 1.2), throughput of A
  /// (1000, 2200, 400), of B (600, 1500, 150), demand (9000, 5000), at most `most` of each kind.
  private func small(integer: Bool, most: [Double] = [6, 5, 12]) -> LinearProgram {
    var program = LinearProgram()
    let throughput = [[1000.0, 2200, 400], [600, 1500, 150]]
    let servers = throughput.indices.map { model in
      [2, 3.5, 1.2].enumerated().map { kind, cost in
        program.add("\(kind) for \(model)", cost: cost, isInteger: integer)
      }
    }
    for (model, demand) in [9000.0, 5000].enumerated() {
      program.require(
        ["A", "B"][model],
        zip(servers[model], throughput[model]).map { LinearProgram.Term($0, $1) }, from: demand,
        unit: "tokens/s", side: .demand)
    }
    for kind in most.indices {
      program.require(
        "servers of kind \(kind)", servers.map { LinearProgram.Term($0[kind], 1) },
        to: most[kind], unit: "servers", side: .supply)
    }
    return program
  }

  @Test("the small oracle, linear and whole")
  func oracle() throws {
    let linear = try #require(try LinearSolver().solve(small(integer: false)))
    let whole = try BranchAndCut(gap: 0).solve(small(integer: true))
    #expect(abs(linear.cost - 28.166666666666668) < 1e-12)
    #expect(whole.cost == 29.5)
    #expect(whole.isProven)
  }

  @Test("random programs: the optimum is that of an exhaustive search", arguments: 0..<60)
  func exhaustive(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let costs = (0..<4).map { _ in Double(1 + draw(20)) }
    let tops = (0..<4).map { _ in 1 + draw(4) }
    let rows = (0..<3).map { _ in (0..<4).map { _ in Double(draw(10)) } }
    let needs = (0..<3).map { _ in Double(draw(30)) }
    var program = LinearProgram()
    let x = (0..<4).map {
      program.add("x\($0)", cost: costs[$0], to: Double(tops[$0]), isInteger: true)
    }
    for (row, need) in zip(rows, needs) {
      program.require(
        "row", zip(x, row).map { LinearProgram.Term($0, $1) }, from: need, side: .demand)
    }
    var best: Double?
    for a in 0...tops[0] {
      for b in 0...tops[1] {
        for c in 0...tops[2] {
          for d in 0...tops[3] {
            let values = [a, b, c, d].map(Double.init)
            let holds = program.rows.indices.allSatisfy { program.violation($0, values) <= 1e-9 }
            if holds { best = min(best ?? .infinity, program.cost(values)) }
          }
        }
      }
    }
    if let best {
      let solution = try BranchAndCut(gap: 0).solve(program)
      #expect(abs(solution.cost - best) < 1e-6)
      #expect(try BranchAndCut(gap: 0).solve(program).values == solution.values)
    } else {
      let error = #expect(throws: BranchAndCut.Problem.self) {
        try BranchAndCut(gap: 0).solve(program)
      }
      guard case .infeasible(let gaps, _) = error else {
        Issue.record("infeasible, yet \(String(describing: error))")
        return
      }
      #expect(!gaps.isEmpty)
    }
  }

  @Test("what cannot hold is named, with what is missing")
  func infeasible() throws {
    // Two servers of each kind: the first two kinds for B make 4200 of 5000, the last for A 800 of 9000;
    // any other way misses more in parts of the two demands.
    let error = #expect(throws: BranchAndCut.Problem.self) {
      try BranchAndCut().solve(small(integer: true, most: [2, 2, 2]))
    }
    guard case .infeasible(let gaps, let more) = error else {
      Issue.record("no choice holds both demands")
      return
    }
    #expect(gaps.map(\.constraint) == ["A", "B"])
    #expect(abs(gaps[0].amount - 8200) < 1e-6)
    #expect(abs(gaps[1].amount - 800) < 1e-6)
    // By an exhaustive search: five more servers at least, such as five of the second kind.
    #expect(abs(more.reduce(0) { $0 + $1.amount } - 5) < 1e-6)
    #expect(more.allSatisfy { $0.unit == "servers" })
  }
}
