/// In which order events of the same instant happen.
///
/// What ends comes before what begins, so that capacity freed at an instant can be used at that
/// instant; engines form their next batch last, so that a request that arrives exactly on a step
/// boundary is in the batch that starts there, as in a real engine whose loop drains its inbox
/// before it schedules.
@frozen
public enum EventPhase: UInt8, Comparable, Sendable {
  /// Work ends and what it held is released.
  case completion = 0
  /// Capacity appears, changes or goes.
  case capacity = 1
  /// Everything that needs no place of its own.
  case general = 2
  /// Requests arrive somewhere.
  case arrival = 3
  /// Clients give up.
  case cancellation = 4
  /// Periodic observation, after everything that changes state.
  case tick = 5
  /// Engines form their next batch.
  case schedule = 6

  /// Whether `a` comes first within an instant.
  @inlinable
  public static func < (a: EventPhase, b: EventPhase) -> Bool { a.rawValue < b.rawValue }
}

/// A future-event list with the tie contract (time, phase, sequence): earlier first, then by phase,
/// then in order of scheduling.
///
/// An entry is 16 bytes: a `UInt64` time and a `UInt64` of 3 bits of phase, 37 bits of sequence and
/// 24 bits of payload slot, compared as one 128-bit number, in a plain binary heap over raw memory.
/// Of the event lists measured (four-ary, pairing, calendar, ladder, min-max and array heaps) this
/// one was the fastest or near it up to 65,000 pending events and has no cliff.
///
/// - Complexity: `push` and `pop` O(log pending); `nextTime` O(1).
public struct EventQueue: ~Copyable {
  // Raw memory for the reason given at WinnerTree.
  @usableFromInline var entries: UnsafeMutablePointer<UInt128>
  @usableFromInline var capacity: Int
  @usableFromInline var sequence: UInt64

  /// Number of pending events.
  public private(set) var count: Int

  /// Number of payload slots an event may name.
  public static let slotLimit = 1 << 24

  /// Creates an empty queue.
  public init(minimumCapacity: Int = 64) {
    capacity = max(minimumCapacity, 16)
    entries = .allocate(capacity: capacity)
    count = 0
    sequence = 0
  }

  deinit { entries.deallocate() }

  /// An event taken from the queue.
  @frozen
  public struct Event: Equatable, Sendable {
    /// When it happens.
    public var time: SimTime
    /// Its place among events of the same instant.
    public var phase: EventPhase
    /// The payload slot it was pushed with.
    public var slot: Int
  }

  /// The time of the next event; ``SimTime/never`` when there is none.
  public var nextTime: SimTime {
    count == 0
      ? .never
      : SimTime(nanoseconds: Int64(bitPattern: UInt64(truncatingIfNeeded: entries[0] >> 64)))
  }

  /// The phase of the next event; meaningless when there is none.
  public var nextPhase: EventPhase {
    EventPhase(rawValue: UInt8(truncatingIfNeeded: entries[0] >> 61) & 7) ?? .general
  }

  /// Time and phase of the next event as `nanoseconds << 3 | phase`, comparable with a fleet's
  /// keys; `UInt64.max` when there is none.
  public var nextKey: UInt64 {
    count == 0
      ? UInt64.max
      : UInt64(truncatingIfNeeded: entries[0] >> 64) << 3
        | (UInt64(truncatingIfNeeded: entries[0]) >> 61)
  }

  /// Adds an event.
  ///
  /// - Precondition: `time` is not negative, `slot` is below ``slotLimit``, and fewer than 2^37
  ///   events were pushed before.
  public mutating func push(at time: SimTime, phase: EventPhase, slot: Int) {
    precondition(time.nanoseconds >= 0 && slot >= 0 && slot < Self.slotLimit)
    precondition(sequence < 1 << 37, "more than 137 billion events in one queue")
    let low = UInt64(phase.rawValue) << 61 | sequence << 24 | UInt64(slot)
    sequence += 1
    if count == capacity { grow() }
    let entry = UInt128(UInt64(time.nanoseconds)) << 64 | UInt128(low)
    var hole = count
    count += 1
    while hole > 0 {
      let parent = (hole - 1) >> 1
      let above = entries[parent]
      if entry >= above { break }
      entries[hole] = above
      hole = parent
    }
    entries[hole] = entry
  }

  /// Takes the next event.
  ///
  /// - Precondition: the queue is not empty.
  public mutating func pop() -> Event {
    precondition(count > 0, "an empty event queue has no next event")
    let first = entries[0]
    count -= 1
    if count > 0 { siftDown(entries[count]) }
    let low = UInt64(truncatingIfNeeded: first)
    return Event(
      time: SimTime(nanoseconds: Int64(bitPattern: UInt64(truncatingIfNeeded: first >> 64))),
      phase: EventPhase(rawValue: UInt8(low >> 61)) ?? .general,
      slot: Int(low & (1 << 24 - 1)))
  }

  private mutating func siftDown(_ entry: UInt128) {
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      var below = entries[child]
      if child + 1 < count {
        let right = entries[child + 1]
        if right < below {
          below = right
          child += 1
        }
      }
      if entry <= below { break }
      entries[hole] = below
      hole = child
    }
    entries[hole] = entry
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt128>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }
}
