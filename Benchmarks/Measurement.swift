import Glibc
import Multicloud
import Tables

/// One timed run.
struct Measurement {
  var name: String
  var requests: Int64
  var events: Int64
  var seconds: Double
  /// Mean sequences running per replica.
  var meanBatch: Double
  /// Peak resident memory of the process so far, bytes.
  var peakMemory: Int

  var requestsPerSecond: Double { Double(requests) / seconds }
  var eventsPerRequest: Double { Double(events) / Double(requests) }
  var nanosecondsPerEvent: Double { seconds * 1e9 / Double(events) }
  var nanosecondsPerRequest: Double { seconds * 1e9 / Double(requests) }

  /// The best of several runs of one core's CPU time: a busy machine only ever adds to it.
  static func best(
    _ name: String, of times: Int, _ run: () throws -> SimulationResult
  ) rethrows -> Measurement {
    var best: Measurement?
    for _ in 0..<times {
      let begin = cpuSeconds()
      let result = try run()
      let seconds = cpuSeconds() - begin
      if seconds < best?.seconds ?? .infinity {
        best = Measurement(
          name: name, requests: result.requests, events: result.events, seconds: seconds,
          meanBatch: result.meanBatch,
          peakMemory: peakMemory())
      }
    }
    guard let best else { preconditionFailure("nothing was measured") }
    return best
  }

  /// CPU seconds of this process.
  static func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ t: timeval) -> Double { Double(t.tv_sec) + Double(t.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// Peak resident memory of this process, bytes.
  static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

extension SimulationResult {
  /// Sequences running, averaged over time and replicas that ever ran.
  var meanBatch: Double {
    let busy = pools.reduce(0.0) { $0 + Double($1.work.busy) }
    return pools.reduce(0.0) { $0 + Double($1.work.runningIntegral) } / max(1, busy)
  }
}
