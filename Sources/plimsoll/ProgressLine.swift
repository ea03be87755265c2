import Glibc
import Multicloud
import Report
import SimulationKernel

/// Progress on standard error: one line that is rewritten on a terminal, a plain line every ten
/// seconds elsewhere.
final class ProgressLine {
  private let horizon: Duration
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var hasShown = false

  init(horizon: Duration, isQuiet: Bool) {
    self.horizon = horizon
    self.isQuiet = isQuiet
    isTerminal = isatty(2) == 1
    begin = clock.now
    last = begin
  }

  /// Shows how far a run is, where it is time to.
  func show(_ progress: Simulation.Progress) {
    if isQuiet { return }
    let now = clock.now
    guard now - last >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
    last = now
    let elapsed = seconds(now - begin)
    let share = progress.now.seconds / horizon.seconds
    let left = share > 0 ? elapsed * (1 - share) / share : 0
    let rate = Double(progress.requests) / elapsed
    let text =
      "  \(Quantity.percent(share))  \(Quantity.span(progress.now - .zero)) simulated, "
      + "\(Quantity.grouped(progress.requests)) requests, \(Quantity.rate(rate)) requests/s, "
      + "\(Quantity.fixed(left, 0)) s left"
    standardErrorRaw(isTerminal ? "\r\(text)\u{1B}[K" : text + "\n")
    hasShown = true
  }

  /// Takes the line away.
  func clear() {
    if hasShown, isTerminal { standardErrorRaw("\r\u{1B}[K") }
  }

  private func seconds(_ duration: Swift.Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
