import Multicloud
import SimulationKernel

/// What changes the number of a pool's replicas.
extension WorldBuilder {
  /// The settings of an autoscaler: what is written, and the policy's usual ones for the rest. `nil` where
  /// something is wrong, which is reported.
  ///
  /// - Parameter item: A mapping of the shape ``ScenarioShape/autoscale``.
  func autoscalerSettings(_ item: Item) -> AutoscalerSettings? {
    guard let type = PolicyRegistry.autoscaler(named: item.required("policy").text) else {
      preconditionFailure("the schema promised a policy of the registry")
    }
    guard areAllRead(item, type) else { return nil }
    var settings = type.usual
    settings.startOfDay = startOfDay
    var isRight = true
    for setting in AutoscalerSetting.allCases {
      guard let value = item[setting.rawValue] else { continue }
      if !read(setting, value, into: &settings, type) { isRight = false }
    }
    return isRight && isConsistent(item, settings) ? settings : nil
  }

  /// Whether the policy reads every setting that is written, and is given those it must have.
  private func areAllRead(_ item: Item, _ type: any Autoscaler.Type) -> Bool {
    let known = type.reads + AutoscalerSetting.ofAll
    var isRight = true
    for entry in item.entries where entry.key != "policy" {
      if known.contains(where: { $0.rawValue == entry.key }) { continue }
      let names = known.map(\.rawValue).joined(separator: ", ")
      diagnostics.report(
        entry.mark, "autoscale: policy \(type.name) does not know '\(entry.key)'; it knows \(names)"
      )
      isRight = false
    }
    for setting in type.requires where item[setting.rawValue] == nil {
      diagnostics.report(
        item.mark,
        "autoscale: policy \(type.name) needs \(setting.rawValue), such as "
          + Self.example(of: setting, type))
      isRight = false
    }
    return isRight
  }

  private static func example(of setting: AutoscalerSetting, _ type: any Autoscaler.Type) -> String
  {
    switch setting {
    case .schedule: "schedule: [ { from: 8:00, replicas: 6 }, { from: 20:00, replicas: 2 } ]"
    case .target: "target: " + LoadUnit(type, type.usual.signal).example
    default: "\(setting.rawValue): …"
    }
  }

  /// Time of day at which the run begins: that of `starts`, in UTC.
  private var startOfDay: Duration {
    guard let seconds = root["starts"]?.whole else { return .zero }
    let day: Int64 = 86_400
    return .seconds((seconds % day + day) % day)
  }

  // MARK: Single settings

  private func read(
    _ setting: AutoscalerSetting, _ value: Item, into settings: inout AutoscalerSettings,
    _ type: any Autoscaler.Type
  ) -> Bool {
    switch setting {
    case .target:
      let unit = LoadUnit(type, settings.signal)
      switch ScalarParser.parse(value.text, as: unit.kind) {
      case .success(.number(let number)) where number > 0: settings.target = number
      case .success:
        diagnostics.report(value.mark, "autoscale.target: give a load above zero")
        return false
      case .failure(let problem):
        diagnostics.report(
          value.mark, "autoscale.target: \(problem.message); \(unit.reason(type, settings.signal))")
        return false
      }
    case .signal: settings.signal = AutoscalerSignal(rawValue: value.text) ?? settings.signal
    case .lockWhileStarting: settings.locksWhileStarting = value.flag
    case .maximumUpStep: settings.maximumUpStep = value.integer
    case .schedule: return readSchedule(value, into: &settings)
    case .startOfDay: settings.startOfDay = Self.timeOfDay(value)
    case .history: settings.history = value.items.map(\.number)
    case .interval, .scrapeInterval, .scrapeDelay, .window, .upDelay, .downDelay, .ratePeriod,
      .panicWindow, .firstTokenLimit, .season, .lookAhead, .planInterval, .bin:
      settings[keyPath: Self.durations(setting)] = value.duration
    case .toleranceUp, .toleranceDown, .maximumUpRate, .maximumDownRate, .panicThreshold,
      .queueLimit, .firstTokenShare, .headroom, .deviations, .levelWeight, .trendWeight,
      .seasonWeight:
      settings[keyPath: Self.numbers(setting)] = value.number
    }
    return true
  }

  private func readSchedule(_ value: Item, into settings: inout AutoscalerSettings) -> Bool {
    settings.schedule = value.items.map {
      AutoscalerSettings.ScheduledSize(
        from: Self.timeOfDay($0.required("from")), replicas: $0.required("replicas").integer)
    }
    if settings.schedule.isEmpty {
      diagnostics.report(value.mark, "autoscale.schedule: is empty; give at least one size")
      return false
    }
    for (place, size) in settings.schedule.enumerated().dropFirst()
    where size.from <= settings.schedule[place - 1].from {
      diagnostics.report(
        value.items[place].mark,
        "autoscale.schedule: times of day must rise; put the entry from "
          + "\(value.items[place].required("from").written) in its place")
      return false
    }
    return true
  }

  private static func timeOfDay(_ item: Item) -> Duration {
    .seconds(Int64((item.number * 60).rounded()) * 60)
  }

  private static func durations(
    _ setting: AutoscalerSetting
  ) -> WritableKeyPath<AutoscalerSettings, Duration> {
    switch setting {
    case .interval: \.interval
    case .scrapeInterval: \.scrapeInterval
    case .scrapeDelay: \.scrapeDelay
    case .window: \.window
    case .upDelay: \.upDelay
    case .downDelay: \.downDelay
    case .ratePeriod: \.ratePeriod
    case .panicWindow: \.panicWindow
    case .firstTokenLimit: \.firstTokenLimit
    case .season: \.season
    case .lookAhead: \.lookAhead
    case .planInterval: \.planInterval
    case .bin: \.bin
    default: preconditionFailure("\(setting.rawValue) is no duration")
    }
  }

  private static func numbers(
    _ setting: AutoscalerSetting
  ) -> WritableKeyPath<AutoscalerSettings, Double> {
    switch setting {
    case .toleranceUp: \.toleranceUp
    case .toleranceDown: \.toleranceDown
    case .maximumUpRate: \.maximumUpRate
    case .maximumDownRate: \.maximumDownRate
    case .panicThreshold: \.panicThreshold
    case .queueLimit: \.queueLimit
    case .firstTokenShare: \.firstTokenShare
    case .headroom: \.headroom
    case .deviations: \.deviations
    case .levelWeight: \.levelWeight
    case .trendWeight: \.trendWeight
    case .seasonWeight: \.seasonWeight
    default: preconditionFailure("\(setting.rawValue) is no number")
    }
  }

  // MARK: Settings together

  private func isConsistent(_ item: Item, _ settings: AutoscalerSettings) -> Bool {
    var isRight = true
    func refuse(_ settings: [AutoscalerSetting], _ message: String) {
      let mark = settings.lazy.compactMap { item[$0.rawValue]?.mark }.first ?? item.mark
      diagnostics.report(mark, "autoscale.\(message)")
      isRight = false
    }
    switch settings.policy {
    case "stable-panic":
      if settings.panicWindow > settings.window {
        refuse([.panicWindow, .window], "panic-window: is longer than the window")
      }
      if settings.maximumUpRate == 1 || settings.maximumDownRate == 1 {
        refuse(
          [.maximumUpRate, .maximumDownRate],
          "maximum-up-rate and maximum-down-rate: with 1 nothing may change; give more than 1")
      }
    case "tolerance-band":
      if settings.maximumUpRate == 1 || settings.maximumDownRate == 1 {
        refuse(
          [.maximumUpRate, .maximumDownRate],
          "maximum-up-rate and maximum-down-rate: with 1 nothing may change; give more than 1")
      }
    case "target-utilization":
      if settings.maximumUpRate == 1, settings.maximumUpStep == 0 {
        refuse(
          [.maximumUpStep, .maximumUpRate],
          "maximum-up-step: with 0, and maximum-up-rate 1, nothing may be added")
      }
    case "provisioned-units":
      if settings.maximumUpStep == 0 {
        refuse([.maximumUpStep], "maximum-up-step: with 0 nothing may be added; give at least 1")
      }
    case "forecast": checkSeason(item, settings, refuse)
    default: break
    }
    return isRight
  }

  /// Most bins of a season: a leap year of minutes.
  private static let mostBins: Int64 = 366 * 1440

  private func checkSeason(
    _ item: Item, _ settings: AutoscalerSettings,
    _ refuse: ([AutoscalerSetting], String) -> Void
  ) {
    let season = settings.season.nanoseconds
    if item["history"] != nil {
      let count = Int64(settings.history.count)
      if count == 0 || season % count != 0 {
        refuse(
          [.history],
          "history: \(count) bins do not fill the season of \(Self.text(settings.season)) with whole "
            + "nanoseconds; give one for each hour, or any other number that does")
      }
      if item["bin"] != nil {
        refuse([.bin], "bin: history brings its own bins, season / \(count); leave bin out")
      }
      return
    }
    let bin = settings.bin.nanoseconds
    if season % bin != 0 {
      refuse(
        [.bin, .season],
        "bin: \(Self.text(settings.bin)) does not fill the season of \(Self.text(settings.season)) a "
          + "whole number of times")
    } else if season / bin > Self.mostBins {
      refuse(
        [.bin, .season],
        "bin: a season of more than \(Self.mostBins) bins; give a longer bin or a shorter season")
    }
  }

  private static func text(_ duration: Duration) -> String {
    let seconds = duration.seconds
    return seconds == seconds.rounded() && seconds < 1e15 ? "\(Int(seconds))s" : "\(seconds)s"
  }
}

/// What a target is measured in.
private enum LoadUnit {
  case rate
  case share
  case requests

  init(_ type: any Autoscaler.Type, _ signal: AutoscalerSignal) {
    switch (type.name, signal) {
    case ("target-rate", _), ("forecast", _): self = .rate
    case ("provisioned-units", _): self = .share
    case (_, .concurrency): self = .requests
    default: self = .share
    }
  }

  var kind: ScalarKind {
    switch self {
    case .rate: .rate(allowsZero: false)
    case .share: .share
    case .requests: .number(0...1e9)
    }
  }

  var example: String {
    switch self {
    case .rate: "2.5/s"
    case .share: "60%"
    case .requests: "8"
    }
  }

  /// Why it is this one.
  func reason(_ type: any Autoscaler.Type, _ signal: AutoscalerSignal) -> String {
    switch self {
    case .rate: "\(type.name) has a target of requests a second for a replica, such as \(example)"
    case .requests: "signal concurrency counts requests at a replica, such as \(example)"
    case .share where type.reads.contains(.signal):
      "signal \(signal.rawValue) is a share, such as \(example)"
    case .share: "\(type.name) has a share for a target, such as \(example)"
    }
  }
}
