import Scenario
import Tables

/// One run of a sweep: a combination of values and a seed.
public struct SweepCell: Hashable, Sendable {
  /// Its place in the results, from 0.
  public var index: Int
  /// Its combination in the plan.
  public var combination: Int
  /// Its seed.
  public var seed: UInt64
  /// Everything it is made from.
  public var inputs: [CellTable.Input]
  /// SHA-256 over all of that: the name of its file.
  public var identity: String

  init(index: Int, combination: Int, seed: UInt64, inputs: [CellTable.Input]) {
    self.index = index
    self.combination = combination
    self.seed = seed
    self.inputs = inputs
    identity = CellTable.identity(of: inputs)
  }

  /// How a person tells a combination from the others: the ends of the paths and what stands there.
  static func name(_ plan: SweepPlan, combination: Int) -> String {
    zip(plan.columns, plan.combinations[combination]).compactMap { column, value in
      value.map { "\(shortName(column, among: plan.columns))=\($0)" }
    }.joined(separator: ", ")
  }

  /// The last parts of a path, as many as it takes to tell it from the others.
  private static func shortName(_ column: String, among columns: [String]) -> String {
    let parts = column.split(separator: ".")
    for count in 1..<max(2, parts.count) {
      let short = parts.suffix(count).joined(separator: ".")
      let others = columns.filter { $0 != column && ($0 == short || $0.hasSuffix("." + short)) }
      if others.isEmpty { return short }
    }
    return column
  }
}
