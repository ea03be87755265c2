import Multicloud

/// What changes the number of a pool's replicas.
extension ScenarioShape {
  /// Keys of all policies; ``Autoscaler/reads`` says which policy takes which, and what is left out is
  /// ``Autoscaler/usual`` for it, so that no default stands here.
  static let autoscale = [
    Field(
      "policy", .word(PolicyRegistry.autoscalers.map { $0.name }), required: true,
      "Policy that decides; docs/autoscaling.md says which takes which keys, and their defaults"),
    Field(
      AutoscalerSetting.interval.rawValue, .duration(allowsZero: false), "Time between decisions"),
    Field(
      AutoscalerSetting.scrapeInterval.rawValue, .duration(allowsZero: false),
      "Time between readings of the metrics"),
    Field(
      AutoscalerSetting.scrapeDelay.rawValue, .duration(allowsZero: true),
      "How old a reading is before the policy sees it"),
    Field(
      AutoscalerSetting.lockWhileStarting.rawValue, .flag,
      "Leave a pool alone while a replica of it is starting"),
    Field(
      AutoscalerSetting.signal.rawValue, .word(AutoscalerSignal.allCases.map(\.rawValue)),
      "What it steers by: busy, slots or cache are shares, concurrency is requests a replica"),
    Field(
      AutoscalerSetting.target.rawValue, .load,
      "What a replica shall bear: a rate (target-rate, forecast), a share (busy, slots, cache) or "
        + "requests (concurrency)"),
    Field(
      AutoscalerSetting.window.rawValue, .duration(allowsZero: false),
      "Time over which load is averaged"),
    Field(
      AutoscalerSetting.toleranceUp.rawValue, .ratio(0...10),
      "Relative excess over the target that is left alone"),
    Field(
      AutoscalerSetting.toleranceDown.rawValue, .ratio(0...0.99),
      "Relative lack under the target that is left alone"),
    Field(
      AutoscalerSetting.upDelay.rawValue, .duration(allowsZero: true),
      "How long more must have been wanted"),
    Field(
      AutoscalerSetting.downDelay.rawValue, .duration(allowsZero: true),
      "How long less must have been wanted"),
    Field(
      AutoscalerSetting.maximumUpRate.rawValue, .number(1...1e6),
      "Factor by which replicas may grow at once"),
    Field(
      AutoscalerSetting.maximumDownRate.rawValue, .number(1...1e6),
      "Factor by which replicas may shrink at once"),
    Field(
      AutoscalerSetting.maximumUpStep.rawValue, .count(0...1_000_000),
      "Replicas that may be added whatever maximum-up-rate; provisioned-units: increments a step"),
    Field(
      AutoscalerSetting.ratePeriod.rawValue, .duration(allowsZero: false),
      "Time over which the rates and the step bound the change"),
    Field(
      AutoscalerSetting.panicWindow.rawValue, .duration(allowsZero: false),
      "Short window of stable-panic, at most the window"),
    Field(
      AutoscalerSetting.panicThreshold.rawValue, .ratio(1...1000),
      "Multiple of the ready replicas that it must need to panic"),
    Field(
      AutoscalerSetting.queueLimit.rawValue, .number(0.001...1e9),
      "Requests waiting a ready replica above which more are wanted"),
    Field(
      AutoscalerSetting.firstTokenLimit.rawValue, .duration(allowsZero: false),
      "Time to first token that shall be kept"),
    Field(
      AutoscalerSetting.firstTokenShare.rawValue, .share,
      "Share of first tokens that shall keep it"),
    Field(
      AutoscalerSetting.schedule.rawValue, .list(.mapping(scheduledSize)),
      "Sizes by time of day, times rising"),
    Field(
      AutoscalerSetting.season.rawValue, .duration(allowsZero: false),
      "Length of the season that a forecast repeats"),
    Field(
      AutoscalerSetting.lookAhead.rawValue, .duration(allowsZero: true),
      "How far ahead it looks: about the time a replica takes to come"),
    Field(
      AutoscalerSetting.planInterval.rawValue, .duration(allowsZero: false),
      "Time between plans, and the time each is for"),
    Field(
      AutoscalerSetting.headroom.rawValue, .ratio(0...10), "Share by which a forecast is raised"),
    Field(
      AutoscalerSetting.deviations.rawValue, .number(0...100),
      "Standard deviations of its error that are added to a forecast"),
    Field(
      AutoscalerSetting.bin.rawValue, .duration(allowsZero: false),
      "Length of the bins of a season, which they must fill; history brings its own"),
    Field(
      AutoscalerSetting.levelWeight.rawValue, .share,
      "Weight of the newest bin in the level of a forecast"),
    Field(
      AutoscalerSetting.trendWeight.rawValue, .share, "Weight of the newest bin in its trend"),
    Field(
      AutoscalerSetting.seasonWeight.rawValue, .share, "Weight of the newest bin in its season"),
    Field(
      AutoscalerSetting.startOfDay.rawValue, .timeOfDay,
      "Time of day at which the run begins; default that of starts, else 0:00"),
    Field(
      AutoscalerSetting.history.rawValue, .list(.scalar(.rate(allowsZero: true))),
      "Load by bin of the season before the run, from 0:00 on, equal bins"),
  ]

  private static let scheduledSize = [
    Field("from", .timeOfDay, required: true, "Time of day"),
    Field("replicas", .count(0...1_000_000), required: true, "Replicas from then on"),
  ]
}
