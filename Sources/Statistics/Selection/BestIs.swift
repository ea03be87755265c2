/// Which of several means is the best one.
public enum BestIs: String, Hashable, Sendable, CaseIterable {
  /// The least: a cost, a latency.
  case smallest
  /// The greatest: a share of requests in time.
  case largest

  /// A value turned so that more is better.
  func merit(_ value: Double) -> Double { self == .largest ? value : -value }
}
