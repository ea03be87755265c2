import SimulationKernel

/// One course of an availability: its present level and the moment of the next change.
///
/// Draws come from a keyed stream by their number, so that the course depends on the seed and the market
/// alone, never on what a simulation did with it.
struct AvailabilityPath: Sendable {
  private let model: AvailabilityModel
  private let stream: KeyedStream
  private var place = 0
  private var rounds: Int64 = 0

  /// Accelerators to be had now.
  private(set) var level: Int
  /// When the level changes next, nanoseconds from the run's start; `Int64.max` for never.
  private(set) var nextChange: Int64 = .max

  /// - Parameter offset: How far into the recording the run begins.
  init(_ model: AvailabilityModel, stream: KeyedStream, offset: Duration = .zero) {
    self.model = model
    self.stream = stream
    switch model {
    case .constant(let count): level = count
    case .recorded(let recording):
      let begin = offset.nanoseconds % recording.length.nanoseconds
      place = recording.starts.lastIndex { $0.nanoseconds <= begin } ?? 0
      rounds = 0
      shift = begin
      level = recording.levels[place]
      nextChange = Self.change(after: place, rounds: 0, recording) - begin
    }
  }

  private var shift: Int64 = 0

  private static func change(
    after place: Int, rounds: Int64, _ recording: RecordedAvailability
  ) -> Int64 {
    let length = recording.length.nanoseconds
    return rounds * length
      + (place + 1 < recording.starts.count ? recording.starts[place + 1].nanoseconds : length)
  }

  /// Goes on to the next level.
  ///
  /// - Precondition: ``nextChange`` is a moment.
  mutating func advance() {
    switch model {
    case .constant: preconditionFailure("a constant level never changes")
    case .recorded(let recording):
      place += 1
      if place == recording.starts.count {
        place = 0
        rounds += 1
      }
      level = recording.levels[place]
      nextChange = Self.change(after: place, rounds: rounds, recording) - shift
    }
  }
}
