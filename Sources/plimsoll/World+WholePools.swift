import Multicloud

extension World {
  /// Refuses a world that the matrices of estimates and plans say nothing of.
  func requireWholePools(_ scenario: String, _ command: String) throws {
    guard let problem = disaggregationProblem else { return }
    throw Failure.input(
      "\(scenario): error: \(problem), which no matrix knows; plimsoll \(command) needs whole pools: simulate it "
        + "with plimsoll run, or take out 'disaggregated'")
  }
}
