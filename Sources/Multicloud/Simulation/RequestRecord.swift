import SimulationKernel
import Workload

/// What a simulation knows of one request, from its arrival to its end.
///
/// All times are nanoseconds since the start of the run; -1 where the moment never came.
public struct RequestRecord: Sendable {
  /// How a request ended.
  public enum Status: UInt8, CaseIterable, Sendable {
    /// Every output token was delivered.
    case completed
    /// It was turned away; see ``RequestRecord/reason``.
    case rejected
    /// Its client gave up.
    case cancelled
    /// It was lost to a fault: a server error, no answer, a stage that failed.
    case failed
    /// The run ended first.
    case inFlight
  }

  /// Id of the workload.
  public internal(set) var workload: Int32 = 0
  /// Id of the origin.
  public internal(set) var origin: Int32 = 0
  /// Number of the request in the run, in order of arrival.
  public internal(set) var number: UInt64 = 0
  /// Number of the request in its workload.
  public internal(set) var index: UInt64 = 0
  /// Client of a closed loop, else -1.
  public internal(set) var client: Int32 = -1
  /// Id of the deployment it was sent to last; -1 before one was chosen. Pools come first, then
  /// endpoints.
  public internal(set) var deployment: Int32 = -1
  /// Number of the replica in its pool; -1 before one was chosen.
  public internal(set) var replica: Int32 = -1
  /// Prompt tokens.
  public internal(set) var promptTokens: Int32 = 0
  /// Output tokens asked for by the demand; policies never see it.
  public internal(set) var outputTokens: Int32 = 0
  /// Output tokens delivered.
  public internal(set) var deliveredTokens: Int32 = 0
  /// What policies were told of the output.
  public internal(set) var estimatedOutputTokens: Int32 = 0
  /// Times it was preempted.
  public internal(set) var preemptions: Int32 = 0
  /// Prompt tokens that came from a provider's cache.
  public internal(set) var cachedTokens: Int32 = 0
  /// Times it was sent to a deployment.
  public internal(set) var attempts: Int16 = 0
  /// How it ended.
  public internal(set) var status = Status.inFlight
  /// Why it did not complete.
  public internal(set) var reason = Reason.none
  /// When the client sent it.
  public internal(set) var arrival: Int64 = 0
  /// When it reached the deployment that it was sent to last.
  public internal(set) var reachedDeployment: Int64 = -1
  /// When it first joined a batch.
  public internal(set) var started: Int64 = -1
  /// When its first token appeared at the replica.
  public internal(set) var firstToken: Int64 = -1
  /// When it left the replica.
  public internal(set) var ended: Int64 = -1
  /// Delay of the way back to the client.
  public internal(set) var wayBack: Int64 = 0
  /// What its tokens cost, picodollars.
  public internal(set) var picodollars: Int64 = 0
  /// Told apart from earlier requests in the same slot.
  var generation: UInt32 = 0
  /// Whether its client gave up before it reached a replica.
  var gaveUpEarly = false
  /// Whether a cancellation is on its way through the engine.
  var isCancelling = false

  /// Takes the slot for a request that is sent now; its generation moves on.
  mutating func begin(_ arrival: Arrival, number: UInt64, at now: Int64) {
    generation &+= 1
    self.number = number
    workload = arrival.workload
    origin = arrival.origin
    index = arrival.index
    client = arrival.client
    promptTokens = arrival.promptTokens
    outputTokens = arrival.outputTokens
    estimatedOutputTokens = arrival.estimatedOutputTokens
    self.arrival = now
    deployment = -1
    replica = -1
    deliveredTokens = 0
    preemptions = 0
    cachedTokens = 0
    attempts = 0
    picodollars = 0
    status = .inFlight
    reason = .none
    reachedDeployment = -1
    started = -1
    firstToken = -1
    ended = -1
    wayBack = 0
    gaveUpEarly = false
    isCancelling = false
  }

  /// Whether the moments that came did so in their order.
  @inline(__always)
  var isInOrder: Bool {
    if status == .completed {
      return arrival <= reachedDeployment && reachedDeployment <= started && started <= firstToken
        && firstToken <= ended
    }
    var latest = arrival
    if reachedDeployment >= 0 {
      if reachedDeployment < latest { return false }
      latest = reachedDeployment
    }
    if started >= 0 {
      if started < latest { return false }
      latest = started
    }
    if firstToken >= 0 {
      if firstToken < latest { return false }
      latest = firstToken
    }
    return latest <= ended
  }

  /// The moments, for whoever has to find out what went wrong with them.
  var moments: String {
    "request \(number) was sent at \(arrival) ns, was at deployment \(deployment) at "
      + "\(reachedDeployment), started at \(started), had a token at \(firstToken) and ended "
      + "\(status) at \(ended)"
  }

  /// A record of nothing yet.
  public init() {}

  /// Network delay there and back, nanoseconds; -1 where it never reached a deployment.
  public var network: Int64 { reachedDeployment < 0 ? -1 : reachedDeployment - arrival + wayBack }

  /// From reaching the deployment to first joining a batch, nanoseconds.
  public var queueing: Int64 { started < 0 ? -1 : started - reachedDeployment }

  /// Time to first token at the client, nanoseconds.
  public var timeToFirstToken: Int64 { firstToken < 0 ? -1 : firstToken - arrival + wayBack }

  /// Time to first token at the deployment, nanoseconds.
  public var serverTimeToFirstToken: Int64 { firstToken < 0 ? -1 : firstToken - reachedDeployment }

  /// End-to-end latency at the client of a completed request, nanoseconds.
  public var endToEnd: Int64 { status == .completed ? ended - arrival + wayBack : -1 }

  /// End-to-end latency at the deployment of a completed request, nanoseconds.
  public var serverEndToEnd: Int64 { status == .completed ? ended - reachedDeployment : -1 }

  /// Nanoseconds from the first token to the last of a completed request; divided by
  /// ``decodeSteps`` it is the time per output token.
  public var decodeTime: Int64 { status == .completed ? ended - firstToken : -1 }

  /// Output tokens after the first of a completed request; time per output token is not defined
  /// where it is 0.
  public var decodeSteps: Int64 { status == .completed ? Int64(deliveredTokens) - 1 : 0 }

  /// Time per output token, (last token − first token) / (output tokens − 1), nanoseconds rounded
  /// half up; -1 where not defined.
  public var timePerOutputToken: Int64 {
    decodeSteps < 1 ? -1 : (2 * decodeTime + decodeSteps) / (2 * decodeSteps)
  }
}
