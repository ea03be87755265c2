import Foundation
import Multicloud
import Report
import SimulationKernel
import Synchronization

/// Ends the program with a message before the kernel would end it without one.
///
/// Simulations look at it every 65,536 events and stop by themselves, so that what they have begun is removed.
/// A thread looks at it besides, for whatever else takes memory: reading a trace, expecting a contract. What
/// does not stop by itself is ended there, and leaves what a process leaves that is killed: nothing that looks
/// whole.
enum MemoryWatch {
  private struct State {
    var limit = MemoryLimit(bytes: nil)
    /// Bytes held when the limit was passed.
    var passedAt: Int?
    var place = ""
    var isWatched = false
  }

  private static let state = Mutex(State())
  /// The limit again, for those who look often; `Int.max` for none.
  private static let limit = Atomic<Int>(.max)

  /// How long the work may take to stop by itself, seconds, while it takes little more.
  private static let grace = 60.0

  /// Sets the limit, in the place of any before.
  static func begin(_ wanted: MemoryLimit) {
    let isFirst = state.withLock { state in
      state.limit = wanted
      defer { state.isWatched = true }
      return !state.isWatched
    }
    limit.store(wanted.bytes ?? .max, ordering: .relaxed)
    if isFirst { Thread.detachNewThread { watch() } }
  }

  /// Whether the program holds no more than it may; once it has, the answer stays no. Microseconds; from any
  /// thread.
  static var isWithinLimit: Bool {
    let most = limit.load(ordering: .relaxed)
    if most == .max { return true }
    let held = MachineMemory.resident
    return state.withLock { state in
      if state.passedAt == nil, held > most { state.passedAt = held }
      return state.passedAt == nil
    }
  }

  /// The same, and keeps how far a run is, for the message.
  static func isWithinLimit(_ progress: Simulation.Progress, horizon: Duration) -> Bool {
    if isWithinLimit { return true }
    state.withLock { state in
      let (arrived, waiting) = (progress.requests, progress.inFlight)
      state.place =
        ": \(Quantity.grouped(waiting)) of \(Quantity.grouped(arrived)) requests were in flight after "
        + "\(Quantity.span(progress.now - .zero)) of \(Quantity.span(horizon))"
      // A served fleet holds what arrives in seconds; a tenth of everything is a queue that grows.
      if waiting > 100_000, waiting > arrived / 10 {
        state.place +=
          ", so more arrives than is served: add capacity, let clients give up (timeout) "
          + "or the gateway refuse (queue limits), or ask for less demand; else"
      }
    }
    return false
  }

  /// Why the program stopped; `nil` where memory was not the reason.
  static var problem: String? {
    state.withLock { state in
      guard let held = state.passedAt, let most = state.limit.bytes else { return nil }
      let origin = state.limit.isDefault ? "nine tenths of what there is" : "--max-memory"
      return
        "the run holds \(MemoryLimit.text(held)), more than \(MemoryLimit.text(most)) (\(origin))"
        + state.place + (state.place.hasSuffix("else") ? " " : "; ")
        + "shorten the horizon, write fewer tables (--tables summary, --sample 1/100), use fewer "
        + "--threads, or raise --max-memory"
    }
  }

  private static func watch() {
    var since: ContinuousClock.Instant?
    while true {
      usleep(50_000)
      if isWithinLimit { continue }
      let now = ContinuousClock.now
      let begin = since ?? now
      since = begin
      let seconds = (now - begin) / .seconds(1)
      let most = limit.load(ordering: .relaxed)
      let beyond = MachineMemory.resident - most
      // An array that grows takes its double at once, so a moment is left to stop even then. Beyond a tenth of
      // much, or twice of little, the kernel might be faster.
      let isFar =
        beyond > max(most / 20, 200_000_000) && seconds > 2
        || beyond > max(most / 10, min(most, 1 << 30))
      guard isFar || seconds > grace, let problem else { continue }
      standardError("error: memory: \(problem)")
      _exit(3)
    }
  }
}
