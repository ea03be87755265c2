import Experiment
import Multicloud
import Report
import Runner
import SimulationKernel

/// A year of a service with 26 million requests a day on 1,000 replicas in 12 regions, request by request: some
/// of its 365 days are simulated, side by side, and the year is worked out from them.
struct YearMeasurement {
  /// Days simulated.
  var days: Int
  var threads: Int
  var requests: Int64
  var wallSeconds: Double
  /// Peak resident memory, bytes.
  var peakMemory: Int
  /// What a year adds to that in proportion: of so many days all but one were walked through ahead.
  var walkSeconds: Double

  static let daysOfYear = 365

  /// Requests of the whole year.
  var requestsOfYear: Double { Double(requests) / Double(days) * Double(Self.daysOfYear) }
  /// Wall seconds of the whole year.
  var secondsOfYear: Double {
    wallSeconds * Double(Self.daysOfYear) / Double(days) + walkSeconds
  }

  var line: String {
    "a year in days: \(Quantity.grouped(requests)) requests of \(days) days in "
      + "\(Quantity.fixed(wallSeconds, 1)) s on \(threads) threads "
      + "(\(Quantity.rate(Double(requests) / wallSeconds)) requests/s), "
      + "\(Quantity.fixed(Double(peakMemory) / 1e6, 0)) MB; the year of "
      + "\(Quantity.fixed(requestsOfYear / 1e9, 2)) billion: \(Quantity.fixed(secondsOfYear / 60, 1)) min"
  }

  static func run(_ world: World, days: Int, threads: Int) throws -> YearMeasurement {
    let plan = try SlicePlan(world, count: daysOfYear, overlap: .seconds(300))
    precondition(plan.count == daysOfYear, "a year has its days")
    let study = SlicedStudy(world, plan: plan, pool: WorkPool(threads: threads))
    let clock = ContinuousClock()
    let begin = clock.now
    guard let slices = try study.slices(0..<days) else { preconditionFailure("nobody stops it") }
    let wall = (clock.now - begin) / .seconds(1)
    let requests = slices.reduce(Int64(0)) { sum, slice in
      sum + slice.result.workloads.reduce(0) { $0 + $1.arrived }
    }
    // The demand of all measured days but the last was walked through; of a year it is of nearly all.
    let walkBegin = clock.now
    var walk = try DemandWalk(world)
    _ = walk.start(at: plan.start(1))
    let walkOfDay = (clock.now - walkBegin) / .seconds(1)
    return YearMeasurement(
      days: days, threads: threads, requests: requests, wallSeconds: wall,
      peakMemory: Measurement.peakMemory(),
      walkSeconds: walkOfDay * Double(daysOfYear) / Double(days) / Double(threads))
  }
}

/// What a second core is worth to replications.
struct ThreadMeasurement {
  /// Wall seconds by number of threads, 1 and 2.
  var wallSeconds: [Double]

  var speedup: Double { wallSeconds[0] / wallSeconds[1] }

  var line: String {
    "8 replications: \(Quantity.fixed(wallSeconds[0], 2)) s on one thread, "
      + "\(Quantity.fixed(wallSeconds[1], 2)) s on two: \(Quantity.fixed(speedup, 2))x"
  }

  /// The best of `times` of each, in turn.
  static func run(_ world: World, times: Int) throws -> ThreadMeasurement {
    var best = [Double.infinity, Double.infinity]
    let clock = ContinuousClock()
    for _ in 0..<times {
      for threads in [1, 2] {
        let begin = clock.now
        _ = try Replications(world, pool: WorkPool(threads: threads)).run(0..<8)
        best[threads - 1] = min(best[threads - 1], (clock.now - begin) / .seconds(1))
      }
    }
    return ThreadMeasurement(wallSeconds: best)
  }
}
