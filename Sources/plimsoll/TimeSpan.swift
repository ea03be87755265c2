import ArgumentParser
import Foundation
import SimulationKernel

/// A length of time on the command line: `90s`, `15m`, `12h`, `30d`, `3y` (of 365 days).
struct TimeSpan: ExpressibleByArgument {
  var duration: Duration

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "y": 365 * 86_400]
    guard let last = argument.last, let unit = units[last],
      let count = Int64(argument.dropLast()), count >= 0, count <= 10_000_000_000 / unit
    else { return nil }
    duration = .seconds(count * unit)
  }
}

/// A part of a run on the command line: `30m..31m`.
struct TimeRange: ExpressibleByArgument {
  var from: Duration
  var until: Duration

  init(from: Duration, until: Duration) {
    self.from = from
    self.until = until
  }

  init?(argument: String) {
    guard let dots = argument.range(of: ".."),
      let from = TimeSpan(argument: String(argument[..<dots.lowerBound])),
      let until = TimeSpan(argument: String(argument[dots.upperBound...])),
      from.duration < until.duration
    else { return nil }
    self.init(from: from.duration, until: until.duration)
  }
}
