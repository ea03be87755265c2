/// Every parser of the program.
public enum FuzzTargets {
  /// All of them. A new parser has its line here, and its inputs in `Tests/FuzzCorpus`.
  public static let all: [FuzzTarget] =
    ScenarioTargets.all + CatalogTargets.all + TraceTargets.all + RecordingTargets.all
    + TableTargets.all + RunTargets.all + CommandLineTargets.all

  /// The target of a name, or `nil`.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  /// How many of `inputs` each target gets, in the order of ``all``: by weight, one at least, in sum exactly
  /// `inputs` where there are as many inputs as targets.
  public static func shares(of inputs: Int, among targets: [FuzzTarget] = all) -> [Int] {
    precondition(inputs >= 0 && !targets.isEmpty)
    let total = targets.reduce(0) { $0 + $1.weight }
    var shares = targets.map { max(1, inputs * $0.weight / total) }
    // What rounding left over goes to the targets that get most anyway.
    let order = targets.indices.sorted { (targets[$1].weight, $0) < (targets[$0].weight, $1) }
    var left = inputs - shares.reduce(0, +)
    var place = 0
    while left != 0 {
      let target = order[place % order.count]
      if left > 0 {
        shares[target] += 1
        left -= 1
      } else if shares[target] > 1 {
        shares[target] -= 1
        left += 1
      } else if place >= order.count * max(1, inputs) {
        break
      }
      place += 1
    }
    return shares
  }
}
