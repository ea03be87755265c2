import SimulationKernel

/// How many accelerators a market has to give, as time goes by.
public enum AvailabilityModel: Hashable, Sendable {
  /// Always the same number.
  case constant(Int)
  /// Levels that were recorded or are planned.
  case recorded(RecordedAvailability)
  /// Spells with and without capacity, drawn from laws.
  case spells(SpellModel)
}

/// Levels, each from its start to the next one's.
public struct RecordedAvailability: Hashable, Sendable {
  /// Starts from the recording's begin, rising; the first is zero.
  public var starts: [Duration]
  /// Accelerators from each start on.
  public var levels: [Int]
  /// Length of the recording; it begins again at its end.
  public var length: Duration

  /// Creates a recording.
  public init(starts: [Duration], levels: [Int], length: Duration) {
    precondition(starts.count == levels.count && starts.first == .zero)
    precondition(starts.indices.dropFirst().allSatisfy { starts[$0 - 1] < starts[$0] })
    precondition(starts.last.map { $0 < length } == true)
    self.starts = starts
    self.levels = levels
    self.length = length
  }
}
