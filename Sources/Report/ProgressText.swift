import SimulationKernel

/// How far a run is, in one line.
public struct ProgressText: Sendable {
  /// Share of the horizon that is simulated.
  public var share: Double
  /// Simulated time.
  public var simulated: Duration
  /// Requests that have arrived.
  public var requests: Int64
  /// Seconds since the run began.
  public var elapsed: Double

  /// Creates the text of a moment.
  public init(share: Double, simulated: Duration, requests: Int64, elapsed: Double) {
    self.share = share
    self.simulated = simulated
    self.requests = requests
    self.elapsed = elapsed
  }

  /// The line in at most `width` columns; what matters least goes first.
  public func line(width: Int) -> String {
    let rate = elapsed > 0 ? Double(requests) / elapsed : 0
    let left = share > 0 ? elapsed * (1 - share) / share : nil
    let parts = [
      Quantity.percent(share), "\(Quantity.span(simulated)) simulated",
      "\(Quantity.grouped(requests)) requests", "\(Quantity.rate(rate)) requests/s",
      left.map { "\(Self.rough($0)) left" } ?? "",
    ]
    // In order of what is missed least: the count, the simulated time, the rate.
    for without in [[], [2], [2, 1], [2, 1, 3]] {
      let line =
        "  "
        + parts.indices.filter { !without.contains($0) && !parts[$0].isEmpty }.map { parts[$0] }
        .joined(separator: ", ")
      if line.displayWidth <= width { return line }
    }
    return Quantity.percent(share)
  }

  /// Seconds as one would guess them: `12 s`, `4 min`, `2.5 h`.
  private static func rough(_ seconds: Double) -> String {
    if seconds < 99.5 { return "\(Quantity.fixed(seconds, 0)) s" }
    if seconds < 5970 { return "\(Quantity.fixed(seconds / 60, 0)) min" }
    return "\(Quantity.fixed(seconds / 3600, 1)) h"
  }
}
