/// A number of ``AutoscalerSettings`` that a scenario may give, by its key there.
public enum AutoscalerSetting: String, CaseIterable, Hashable, Sendable {
  /// ``AutoscalerSettings/interval``.
  case interval
  /// ``AutoscalerSettings/scrapeInterval``.
  case scrapeInterval = "scrape-interval"
  /// ``AutoscalerSettings/scrapeDelay``.
  case scrapeDelay = "scrape-delay"
  /// ``AutoscalerSettings/locksWhileStarting``.
  case lockWhileStarting = "lock-while-starting"
  /// ``AutoscalerSettings/signal``.
  case signal
  /// ``AutoscalerSettings/target``.
  case target
  /// ``AutoscalerSettings/window``.
  case window
  /// ``AutoscalerSettings/toleranceUp``.
  case toleranceUp = "tolerance-up"
  /// ``AutoscalerSettings/toleranceDown``.
  case toleranceDown = "tolerance-down"
  /// ``AutoscalerSettings/upDelay``.
  case upDelay = "up-delay"
  /// ``AutoscalerSettings/downDelay``.
  case downDelay = "down-delay"
  /// ``AutoscalerSettings/maximumUpRate``.
  case maximumUpRate = "maximum-up-rate"
  /// ``AutoscalerSettings/maximumDownRate``.
  case maximumDownRate = "maximum-down-rate"
  /// ``AutoscalerSettings/maximumUpStep``.
  case maximumUpStep = "maximum-up-step"
  /// ``AutoscalerSettings/ratePeriod``.
  case ratePeriod = "rate-period"
  /// ``AutoscalerSettings/panicWindow``.
  case panicWindow = "panic-window"
  /// ``AutoscalerSettings/panicThreshold``.
  case panicThreshold = "panic-threshold"
  /// ``AutoscalerSettings/queueLimit``.
  case queueLimit = "queue-limit"
  /// ``AutoscalerSettings/firstTokenLimit``.
  case firstTokenLimit = "first-token-limit"
  /// ``AutoscalerSettings/firstTokenShare``.
  case firstTokenShare = "first-token-share"
  /// ``AutoscalerSettings/schedule``.
  case schedule
  /// ``AutoscalerSettings/season``.
  case season
  /// ``AutoscalerSettings/lookAhead``.
  case lookAhead = "look-ahead"
  /// ``AutoscalerSettings/planInterval``.
  case planInterval = "plan-interval"
  /// ``AutoscalerSettings/headroom``.
  case headroom
  /// ``AutoscalerSettings/deviations``.
  case deviations
  /// ``AutoscalerSettings/bin``.
  case bin
  /// ``AutoscalerSettings/levelWeight``.
  case levelWeight = "level-weight"
  /// ``AutoscalerSettings/trendWeight``.
  case trendWeight = "trend-weight"
  /// ``AutoscalerSettings/seasonWeight``.
  case seasonWeight = "season-weight"
  /// ``AutoscalerSettings/startOfDay``.
  case startOfDay = "start-of-day"
  /// ``AutoscalerSettings/history``.
  case history

  /// What no policy reads, because the simulation keeps to it: when samples are taken and decisions
  /// are made.
  public static let ofAll: [AutoscalerSetting] = [
    .interval, .scrapeInterval, .scrapeDelay, .lockWhileStarting,
  ]
}
