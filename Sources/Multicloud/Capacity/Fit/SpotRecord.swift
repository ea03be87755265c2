/// A spot zone whose capacity was recorded.
public struct SpotRecord: Hashable, Sendable {
  /// Name of the zone.
  public var name: String
  /// Name of its region; zones of one region share its shortages.
  public var region: String
  /// What was recorded.
  public var recording: RecordedAvailability

  /// Creates a record.
  public init(name: String, region: String, recording: RecordedAvailability) {
    self.name = name
    self.region = region
    self.recording = recording
  }
}

/// A recording to which nothing can be fitted.
public struct SpotFitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, and what to do.
  public var description: String
}
