import Glibc
import Report
import Synchronization

/// Progress of work in pieces on standard error: one line that is rewritten on a terminal, a plain line every
/// ten seconds elsewhere. Told from any thread.
final class CountLine: Sendable {
  private let noun: String
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let begin = ContinuousClock().now
  private let state = Mutex(State())

  private struct State {
    var total: Int?
    var done = 0
    var last = ContinuousClock().now
    var hasShown = false
  }

  init(_ noun: String, total: Int?, isQuiet: Bool) {
    self.noun = noun
    self.isQuiet = isQuiet
    isTerminal = isatty(2) == 1
    state.withLock { $0.total = total }
  }

  /// So many are to be done in all.
  func expect(_ total: Int) { state.withLock { $0.total = total } }

  /// One more is done.
  func count() {
    if isQuiet { return }
    state.withLock { state in
      state.done += 1
      let now = ContinuousClock().now
      guard now - state.last >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
      state.last = now
      let elapsed = (now - begin) / .seconds(1)
      var text = "  \(state.done) \(noun)"
      if let total = state.total, total > state.done {
        let left = elapsed * Double(total - state.done) / Double(state.done)
        text = "  \(state.done) of \(total) \(noun), \(Quantity.fixed(left, 0)) s left"
      }
      standardErrorRaw(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
      state.hasShown = true
    }
  }

  /// Takes the line away.
  func clear() {
    if isTerminal, state.withLock({ $0.hasShown }) { standardErrorRaw("\r\u{1B}[K") }
  }
}
