import Multicloud
import Report
import SimulationKernel

/// Progress on standard error: one line that is rewritten on a terminal, a plain line every ten
/// seconds elsewhere.
final class ProgressLine {
  private let horizon: Duration
  private let isQuiet: Bool
  private let isRewritten: Bool
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var hasShown = false

  init(horizon: Duration, isQuiet: Bool) {
    self.horizon = horizon
    self.isQuiet = isQuiet
    isRewritten = Terminal.canRewriteErrors
    begin = clock.now
    last = begin
  }

  /// Shows how far a run is, where it is time to.
  func show(_ progress: Simulation.Progress) {
    if isQuiet { return }
    let now = clock.now
    guard now - last >= (isRewritten ? .milliseconds(100) : .seconds(10)) else { return }
    last = now
    let text = ProgressText(
      share: progress.now.seconds / horizon.seconds, simulated: progress.now - .zero,
      requests: progress.requests, elapsed: seconds(now - begin))
    if isRewritten {
      // The last column stays free: some terminals break the line as soon as it is full.
      standardErrorRaw("\r\(text.line(width: Terminal.width(of: 2) - 1))\u{1B}[K")
    } else {
      standardError(text.line(width: TerminalLayout.plain.width))
    }
    hasShown = true
  }

  /// Takes the line away.
  func clear() {
    if hasShown, isRewritten { standardErrorRaw("\r\u{1B}[K") }
  }

  private func seconds(_ duration: Swift.Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
