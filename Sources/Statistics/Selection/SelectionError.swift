/// Why a replication could not be taken.
public enum SelectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A replication with a number of values that is not the number of alternatives.
  case wrongCount(given: Int, expected: Int)
  /// A survivor without a value, or with one that is not finite.
  case missing(alternative: Int, replication: Int)
  /// A replication after the end.
  case finished

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .wrongCount(let given, let expected):
      "a replication has \(given) values; give one for each of the \(expected) alternatives, nil for those "
        + "eliminated"
    case .missing(let alternative, let replication):
      "alternative \(alternative) has no finite value in replication \(replication); choose a figure that "
        + "every run has, or leave the alternative out"
    case .finished: "the selection is finished; start a new one for more replications"
    }
  }
}
