import Experiment
import Glibc
import Report
import Synchronization

/// Progress of a sweep on standard error: one line that is rewritten on a terminal, a plain line every
/// ten seconds elsewhere. May be told from any thread.
final class SweepProgressLine: Sendable {
  private struct State {
    var begin: ContinuousClock.Instant
    var last: ContinuousClock.Instant
    var hasShown = false
  }

  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state: Mutex<State>

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = isatty(2) == 1
    let now = ContinuousClock.now
    state = Mutex(State(begin: now, last: now))
  }

  /// Shows how far a sweep is, where it is time to.
  func show(_ progress: SweepRun.Progress) {
    if isQuiet { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if progress.computed == 0 {
        state.begin = now
        guard !isTerminal || progress.left == 0 else { return put(progress, nil, &state) }
        if progress.skipped + progress.halfWritten > 0 { put(progress, nil, &state) }
        return
      }
      guard now - state.last >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
      state.last = now
      put(progress, now - state.begin, &state)
    }
  }

  private func put(
    _ progress: SweepRun.Progress, _ elapsed: Swift.Duration?, _ state: inout State
  ) {
    let done = progress.total - progress.left
    var text =
      "  \(Quantity.grouped(Int64(done))) of \(Quantity.grouped(Int64(progress.total))) cells"
    if let elapsed {
      let seconds =
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
      let rate = Double(progress.computed) / max(seconds, 1e-9)
      text +=
        ", \(Quantity.rate(rate)) cells/s, \(Quantity.fixed(Double(progress.left) / rate, 0)) s left"
    } else {
      if progress.skipped > 0 { text += " are there" }
      if progress.halfWritten > 0 { text += ", \(progress.halfWritten) half-written" }
    }
    standardErrorRaw(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
    state.hasShown = true
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.hasShown, isTerminal { standardErrorRaw("\r\u{1B}[K") }
    }
  }
}
