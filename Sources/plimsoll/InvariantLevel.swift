import ArgumentParser
import Multicloud

/// When a run checks the simulator's own laws.
enum InvariantLevel: String, CaseIterable, ExpressibleByArgument {
  /// When it ends, beside what is checked as it happens.
  case end
  /// After every event.
  case everyEvent = "every-event"

  /// The same for the simulation.
  var watch: InvariantWatch {
    switch self {
    case .end: .end
    case .everyEvent: .everyEvent
    }
  }
}
