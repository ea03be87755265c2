import ArgumentParser
import Report
import Scenario
import SimulationKernel

/// A length of time on the command line: `90s`, `15m`, `12h`, `30d`, `3y` (of 365 days).
struct TimeSpan: ExpressibleByArgument {
  var duration: Duration

  init?(argument: String) {
    guard let duration = ArgumentText.span(argument) else { return nil }
    self.duration = duration
  }

  var defaultValueDescription: String { Quantity.span(duration) }
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
    guard let range = ArgumentText.range(argument) else { return nil }
    self.init(from: range.from, until: range.until)
  }
}
