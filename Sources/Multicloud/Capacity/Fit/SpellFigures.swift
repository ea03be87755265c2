import SimulationKernel

/// What a course of capacity looks like: how much of the time there is some, how often it is lost, and how
/// long spells are. Courses can be added up.
///
/// Spells that the beginning or the end cuts off count as they are: with few of them the means come out a
/// little short.
public struct SpellFigures: Hashable, Sendable {
  /// Length of what was looked at.
  public private(set) var length = Duration.zero
  /// Falls to nothing.
  public private(set) var drops: Int64 = 0
  /// Spells with capacity.
  public private(set) var up = Spells()
  /// Spells without.
  public private(set) var down = Spells()

  /// Spells of one kind.
  public struct Spells: Hashable, Sendable {
    /// How many.
    public fileprivate(set) var count: Int64 = 0
    /// Their length altogether.
    public fileprivate(set) var total = Duration.zero
    /// Sum of the squares of their lengths, seconds².
    public fileprivate(set) var squares = 0.0

    /// Mean length, seconds; 0 of none.
    public var meanSeconds: Double { count == 0 ? 0 : total.seconds / Double(count) }

    /// Standard deviation of lengths over their mean; 0 of none.
    public var coefficientOfVariation: Double {
      guard count > 0 else { return 0 }
      let mean = meanSeconds
      return max(0, squares / Double(count) - mean * mean).squareRoot() / mean
    }

    fileprivate mutating func add(_ nanoseconds: Int64) {
      let spell = Duration(nanoseconds: nanoseconds)
      count += 1
      total = total + spell
      squares += spell.seconds * spell.seconds
    }
  }

  /// Figures of nothing.
  public init() {}

  /// Figures of a recording, played once from its begin. O(its levels).
  public init(_ recording: RecordedAvailability) {
    add(AvailabilityPath(recording), for: recording.length)
  }

  /// Adds what a course does up to a moment. O(its changes).
  mutating func add(_ course: AvailabilityPath, for length: Duration) {
    var course = course
    self.length = self.length + length
    var start: Int64 = 0
    var isUp = course.level > 0
    while course.nextChange < length.nanoseconds {
      let moment = course.nextChange
      course.advance()
      if (course.level > 0) == isUp { continue }
      if isUp { drops += 1 }
      addSpell(isUp, moment - start)
      start = moment
      isUp.toggle()
    }
    addSpell(isUp, length.nanoseconds - start)
  }

  private mutating func addSpell(_ isUp: Bool, _ nanoseconds: Int64) {
    if isUp { up.add(nanoseconds) } else { down.add(nanoseconds) }
  }

  /// Share of time with capacity.
  public var availability: Double { up.total.seconds / length.seconds }

  /// Falls to nothing a second.
  public var dropsPerSecond: Double { Double(drops) / length.seconds }

  /// Falls to nothing a day.
  public var dropsPerDay: Double { 86_400 * dropsPerSecond }
}
