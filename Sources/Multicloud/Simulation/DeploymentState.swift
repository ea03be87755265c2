import SimulationKernel

/// What became of the attempts at a deployment.
public struct DeploymentTotals: Hashable, Sendable {
  /// Attempts that reached it.
  public var attempts: Int64 = 0
  /// Completed.
  public var completed: Int64 = 0
  /// Refused, by ``RequestRecord/Reason`` raw value.
  public var refused = [Int64](repeating: 0, count: RequestRecord.Reason.allCases.count)
  /// Given up by the client or the gateway.
  public var cancelled: Int64 = 0
  /// Still there when the run ended.
  public var inFlight: Int64 = 0
  /// Refused attempts that the provider sent on to another endpoint.
  public var spilledOut: Int64 = 0
  /// Attempts that came by spillover.
  public var spilledIn: Int64 = 0
  /// Prompt tokens of completed attempts.
  public var promptTokens: Int64 = 0
  /// Those of them that came from the cache.
  public var cachedTokens: Int64 = 0
  /// Output tokens of completed attempts.
  public var outputTokens: Int64 = 0
  /// What the tokens cost, picodollars.
  public var picodollars: Int128 = 0

  /// Nothing counted.
  public init() {}

  /// Refused for whatever reason, server errors among them.
  public var refusedTotal: Int64 { refused.reduce(0, +) }

  /// Refused attempts that end a request in this way: errors are those of ``RequestRecord/Status/failed``.
  public func total(_ status: RequestRecord.Status) -> Int64 {
    var sum: Int64 = 0
    for reason in RequestRecord.Reason.allCases where reason.status == status {
      sum += refused[Int(reason.rawValue)]
    }
    return sum
  }

  /// Whether nothing was lost and nothing came twice.
  public var isConserved: Bool { attempts == completed + refusedTotal + cancelled + inFlight }

  /// Counts since an earlier moment.
  func since(_ base: DeploymentTotals) -> DeploymentTotals {
    var sum = self
    sum.attempts -= base.attempts
    sum.completed -= base.completed
    for i in sum.refused.indices { sum.refused[i] -= base.refused[i] }
    sum.cancelled -= base.cancelled
    sum.inFlight -= base.inFlight
    sum.spilledOut -= base.spilledOut
    sum.spilledIn -= base.spilledIn
    sum.promptTokens -= base.promptTokens
    sum.cachedTokens -= base.cachedTokens
    sum.outputTokens -= base.outputTokens
    sum.picodollars -= base.picodollars
    return sum
  }
}

/// A deployment as the gateway's bookkeeping knows it.
struct DeploymentState: ~Copyable {
  /// Counts over the whole run.
  var totals = DeploymentTotals()
  /// Counts at the end of the warm-up and at the last end of a minute.
  var measuredBase = DeploymentTotals()
  var minuteBase = DeploymentTotals()
  /// Requests in flight, and their integral over time in the minute.
  var inFlight = 0
  var inFlightIntegral: Int128 = 0
  var measuredIntegral: Int128 = 0
  var minuteIntegral: Int128 = 0
  var lastChange: Int64 = 0
  var mostInFlight = 0
  var mostEver = 0
  /// What incidents do to it now.
  var fails = false
  var hangs = false
  var slowness = 1.0
  /// Completed requests and their tokens, and what was delivered of calls that were broken off, as
  /// requests say when they end; beside what the bill says.
  var used = UsageMeter.Sum(requests: 0)
  /// Packets lost on the way there and back; `nil` for none.
  var loss: PacketLoss?
  /// What probes say of it.
  var health = HealthState()
  /// Number of the circuit breaker it shares.
  var breaker: Int32 = -1
  /// Time to first token seen by the gateway, in this window and the one before.
  var window: Int64 = -1
  var latencySum: Int128 = 0
  var latencyCount: Int64 = 0
  var earlierLatencySum: Int128 = 0
  var earlierLatencyCount: Int64 = 0

  /// Counts a request in or out.
  @inline(__always)
  mutating func changeInFlight(_ change: Int, at now: Int64) {
    inFlightIntegral += Int128(inFlight) * Int128(now - lastChange)
    lastChange = now
    inFlight += change
    if inFlight > mostInFlight { mostInFlight = inFlight }
  }

  /// Takes down a time to first token; windows are of fixed length and the mean is over the present
  /// one and the one before.
  mutating func noteLatency(_ latency: Int64, at now: Int64, window length: Int64) {
    let present = now / length
    if present != window {
      let isNext = present == window + 1
      earlierLatencySum = isNext ? latencySum : 0
      earlierLatencyCount = isNext ? latencyCount : 0
      latencySum = 0
      latencyCount = 0
      window = present
    }
    latencySum += Int128(latency)
    latencyCount += 1
  }

  /// Mean time to first token lately, nanoseconds; -1 where none was seen in two windows.
  func latency(at now: Int64, window length: Int64) -> Int64 {
    let age = now / length - window
    if window < 0 || age > 1 { return -1 }
    let count = age == 1 ? latencyCount : latencyCount + earlierLatencyCount
    let sum = age == 1 ? latencySum : latencySum + earlierLatencySum
    return count == 0 ? -1 : Int64(sum / Int128(count))
  }
}
