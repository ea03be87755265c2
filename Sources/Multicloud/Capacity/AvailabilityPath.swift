import SimulationKernel

/// One course of an availability: its present level and the moment of the next change.
///
/// Draws come from a keyed stream by their number, so that the course depends on the seed and the market
/// alone, never on what a simulation did with it.
struct AvailabilityPath: Sendable {
  private let model: AvailabilityModel
  private var course: SpellCourse?
  private var place = 0
  private var rounds: Int64 = 0

  /// Accelerators to be had now.
  private(set) var level: Int
  /// When the level changes next, nanoseconds from the run's start; `Int64.max` for never.
  private(set) var nextChange: Int64 = .max

  /// - Parameters:
  ///   - stream: The market's own; the course of its region comes from the same seed.
  ///   - offset: How far into the recording the run begins. Spells begin in their stationary state, so
  ///     there it means nothing.
  init(_ model: AvailabilityModel, stream: KeyedStream, offset: Duration = .zero) {
    self.model = model
    switch model {
    case .constant(let count): level = count
    case .recorded(let recording):
      let begin = offset.nanoseconds % recording.length.nanoseconds
      place = recording.starts.lastIndex { $0.nanoseconds <= begin } ?? 0
      rounds = 0
      shift = begin
      level = recording.levels[place]
      nextChange = Self.change(after: place, rounds: 0, recording) - begin
    case .spells(let spells):
      let course = SpellCourse(spells, stream: stream)
      level = course.isUp ? spells.level : spells.low
      nextChange = course.nextChange
      self.course = course
    }
  }

  /// A recording's course: nothing of it is drawn.
  init(_ recording: RecordedAvailability, offset: Duration = .zero) {
    self.init(
      .recorded(recording), stream: KeyedStream(seed: 0, entity: 0, purpose: 0), offset: offset)
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
    case .spells(let spells):
      course?.advance()
      guard let course else { preconditionFailure("spells have a course") }
      level = course.isUp ? spells.level : spells.low
      nextChange = course.nextChange
    }
  }
}
