/// What came of a target's inputs.
struct TargetCount: Sendable {
  /// Name of the target.
  var name: String
  /// Inputs it was given.
  var tried = 0
  /// Of those, the accepted.
  var accepted = 0
  /// Of those, the refused.
  var refused = 0
  /// Inputs that broke a promise.
  var violations = 0
  /// Processor-independent, for people: seconds that its processes took.
  var seconds = 0.0
}

/// Counts by target as text.
enum CountTable {
  /// A line for each target and one for all.
  static func text(_ counts: [TargetCount]) -> String {
    var all = TargetCount(name: "all")
    for count in counts {
      all.tried += count.tried
      all.accepted += count.accepted
      all.refused += count.refused
      all.violations += count.violations
      all.seconds += count.seconds
    }
    let header = ["target", "tried", "accepted", "refused", "violations", "accepted %", "seconds"]
    let rows = (counts + [all]).map { count in
      [
        count.name, "\(count.tried)", "\(count.accepted)", "\(count.refused)",
        "\(count.violations)",
        "\(count.tried == 0 ? 0 : count.accepted * 100 / count.tried)",
        "\(Int(count.seconds.rounded()))",
      ]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      row.indices.map { column in
        let pad = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + pad : pad + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
