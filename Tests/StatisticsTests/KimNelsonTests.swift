import Statistics
import Testing

@Suite("Kim and Nelson's selection")
struct KimNelsonTests {
  @Test("constants: k 5, n0 10 and k 10, n0 20")
  func constants() {
    let five = KimNelson(alternatives: 5, indifference: 1, bestIs: .largest)
    #expect(isClose(five.eta, 0.6349672651536731) && isClose(five.hSquared, 11.429410772766115))
    let ten = KimNelson(alternatives: 10, firstStage: 20, indifference: 1, bestIs: .largest)
    #expect(isClose(ten.eta, 0.3029338036492749) && isClose(ten.hSquared, 11.511484538672446))
    // The equation η comes from.
    let left = 0.5 / fourAndAHalfPower(1 + 2 * five.eta)
    #expect(isClose(left, 0.05 / 4))
  }

  private func fourAndAHalfPower(_ x: Double) -> Double { x * x * x * x * x.squareRoot() }

  @Test("a step by hand: two alternatives, first stage of three")
  func byHand() throws {
    var selection = KimNelson(
      alternatives: 2, firstStage: 3, indifference: 1, level: 0.75, bestIs: .smallest)
    // η = ½ (0.5⁻¹ - 1) = ½, h² = 2.
    #expect(isClose(selection.eta, 0.5) && isClose(selection.hSquared, 2))
    #expect(try selection.add([0, 1]).isEmpty && selection.mostReplications == nil)
    #expect(try selection.add([0, 5]).isEmpty)
    // Differences 1 5 0: mean 2, variance 7: margin 1/6 (14 - 3) = 11/6 < 2.
    #expect(try selection.add([0, 0]) == [1])
    #expect(selection.selected == 0 && selection.eliminatedAfter == [nil, 3])
    #expect(selection.replications == 3 && selection.runs == 6)
    #expect(throws: SelectionError.finished) { try selection.add([0, 0]) }

    var closer = KimNelson(
      alternatives: 2, firstStage: 3, indifference: 1, level: 0.75, bestIs: .largest)
    // Differences 1 4 0: mean 5/3, variance 13/3: margin 1/6 (26/3 - 3) = 17/18.
    for row in [[0, 1.0], [0, 4]] { #expect(try closer.add(row).isEmpty) }
    #expect(try closer.add([0, 0]) == [0] && closer.selected == 1)
  }

  @Test("what cannot be taken is named and changes nothing")
  func errors() throws {
    var selection = KimNelson(alternatives: 3, indifference: 1, bestIs: .largest)
    #expect(throws: SelectionError.wrongCount(given: 2, expected: 3)) {
      try selection.add([1, 2])
    }
    #expect(throws: SelectionError.missing(alternative: 1, replication: 1)) {
      try selection.add([1, nil, 2])
    }
    #expect(throws: SelectionError.missing(alternative: 2, replication: 1)) {
      try selection.add([1, 2, .nan])
    }
    #expect(selection.replications == 0 && selection.runs == 0)
  }

  @Test("alternatives that do the very same end with the first of them")
  func equals() throws {
    var systems = SyntheticSystems(means: [1, 1], deviations: [1, 1], seed: 6)
    var selection = KimNelson(alternatives: 3, indifference: 0.5, bestIs: .smallest)
    while !selection.isFinished {
      let value = systems.replication()[0]
      try selection.add([value, value, value + 3])
    }
    #expect(selection.selected == 0 && selection.replications == 10)
  }

  /// The best is better than all others by exactly the indifference: the hardest case that is promised.
  @Test(
    "the best is found as often as promised, with and without common numbers",
    arguments: [0.0, 0.8], BestIs.allCases)
  func promise(correlation: Double, bestIs: BestIs) throws {
    let sign = bestIs == .largest ? 1.0 : -1
    var systems = SyntheticSystems(
      means: [0, 0, sign, 0, 0], deviations: [1, 2, 1.5, 1, 2.5], correlation: correlation, seed: 9)
    var (right, naive) = (0, 0)
    var replications = SampleMoments()
    for _ in 0..<400 {
      var selection = KimNelson(alternatives: 5, indifference: 1, bestIs: bestIs)
      var most = Int.max
      while !selection.isFinished {
        let row = systems.replication()
        // Only survivors are run.
        try selection.add(row.indices.map { selection.survivors.contains($0) ? row[$0] : nil })
        if selection.replications == 10, let bound = selection.mostReplications { most = bound }
        if selection.replications == selection.firstStage {
          let means = (0..<5).map { sign * selection.mean(of: $0) }
          if means.firstIndex(of: means.max() ?? 0) == 2 { naive += 1 }
        }
      }
      #expect(selection.replications <= most)
      #expect(selection.eliminatedAfter.compactMap { $0 }.count == 4)
      if selection.selected == 2 { right += 1 }
      replications.add(Double(selection.replications))
    }
    #expect(Double(right) / 400 >= leastShare(0.95, 400), "\(right) of 400")
    // Ten replications and the best sample mean would not do where numbers are not common.
    if correlation == 0 { #expect(Double(naive) / 400 < leastShare(0.95, 400), "\(naive)") }
    #expect(replications.mean > 10)
  }

  @Test("common random numbers end the race sooner")
  func commonNumbersPay() throws {
    func runs(_ correlation: Double) throws -> Int {
      var systems = SyntheticSystems(
        means: [0, 0, 1, 0], deviations: [2, 2, 2, 2], correlation: correlation, seed: 14)
      return try (0..<50).reduce(0) { sum, _ in
        var selection = KimNelson(alternatives: 4, indifference: 1, bestIs: .largest)
        while !selection.isFinished { try selection.add(systems.replication()) }
        return sum + selection.runs
      }
    }
    #expect(try 2 * runs(0.9) < runs(0))
  }
}
