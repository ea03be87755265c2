import Estimate
import Multicloud
import SimulationKernel

/// The minute after the warm-up in which the most tokens were asked for, by expected lengths.
struct PeakMinute {
  /// Start of the minute, nanoseconds; `nil` where none was seen.
  private(set) var start: Int64?
  /// Requests that came in it, by workload.
  private(set) var arrivals: [Int64]
  private let tokens: [Double]
  private let measuredFrom: Int64
  private let last: Int64
  private var present: [Int64]
  private var presentStart: Int64 = -1
  private var most = 0.0

  init(_ world: World) {
    arrivals = world.workloads.map { _ in 0 }
    present = arrivals
    measuredFrom = world.warmup.nanoseconds
    // A minute that the run cuts short is none.
    last = world.horizon.nanoseconds - 60_000_000_000
    var tokens = [Double](repeating: 0, count: world.workloads.count)
    for stream in StreamDemand.streams(of: world) {
      tokens[stream.workload] = stream.promptTokens + stream.outputTokens
    }
    self.tokens = tokens
  }

  /// Looks at a minute; those of one time come in the order of workloads.
  mutating func look(at minute: borrowing TenantMinute) {
    guard minute.start >= measuredFrom, minute.start <= last else { return }
    if minute.start != presentStart {
      presentStart = minute.start
      for id in present.indices { present[id] = 0 }
    }
    present[minute.workload] = minute.arrivals
    guard minute.workload == present.count - 1 else { return }
    let sum = zip(present, tokens).reduce(0) { $0 + Double($1.0) * $1.1 }
    if sum > most {
      most = sum
      start = minute.start
      arrivals = present
    }
  }

  /// What is left of the world's capacity over its demand without the worst region or provider; `nil` where
  /// no minute was seen.
  func headroom(_ world: World) -> (start: Duration, headroom: Headroom)? {
    start.map { start in
      let rates = arrivals.map { Double($0) / 60 }
      return (Duration(nanoseconds: start), Headroom(world, rates: rates))
    }
  }
}
