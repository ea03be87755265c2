import Multicloud
import SimulationKernel
import Workload

/// A request stream of an estimate: one workload from one origin.
public struct StreamDemand: Sendable {
  /// Id of the workload in the world.
  public var workload: Int
  /// Id of the origin in the world.
  public var origin: Int
  /// Mean prompt tokens.
  public var promptTokens: Double
  /// Mean output tokens, cut off at what a request allows.
  public var outputTokens: Double
  /// Mean tokens in the cache of a decoding request, averaged over its steps: the mean of
  /// output × (prompt + output / 2) over the mean output.
  public var contextTokens: Double
  /// Output tokens that services reckon with: what a request allows, or the estimate.
  public var maximumOutput: Double
  /// Variance of the arrivals in a short time over that of a Poisson stream.
  public var dispersion: Double
  /// Clients that wait for their answers, whose rate follows from the latency; `nil` for a stream
  /// that comes whatever the answers.
  public var closedLoop: ClosedLoop?
  /// Prompt lengths of equally likely requests.
  var prompts: [Double]
  /// Output lengths of the same.
  var outputs: [Double]

  /// How many requests stand for all where a law is needed and not a mean.
  static let promptPoints = 64

  /// Clients that wait for their answers.
  public struct ClosedLoop: Sendable {
    /// Number of clients.
    public var clients: Double
    /// Mean seconds between an answer and the next request.
    public var thinkSeconds: Double
    /// Seconds between the requests of a client that keeps a pace; 0 for one that thinks.
    public var paceSeconds: Double

    /// Creates a closed loop.
    public init(clients: Double, thinkSeconds: Double, paceSeconds: Double = 0) {
      self.clients = clients
      self.thinkSeconds = thinkSeconds
      self.paceSeconds = paceSeconds
    }

    /// Requests a second when answers take `latency` seconds.
    func rate(latency: Double) -> Double {
      clients / max(1e-9, max(paceSeconds, thinkSeconds + latency))
    }
  }

  /// The streams of a world, by workload, then origin. O(rows) for a recording.
  public static func streams(of world: World) -> [StreamDemand] {
    var streams: [StreamDemand] = []
    for (id, workload) in world.workloads.enumerated() where workload.chain == nil {
      let facts = StreamDemand(workload: id, workload)
      // A chain's calls come from wherever the chain's clients are.
      let caller = workload.isCalled ? world.caller(ofWorkload: id) : nil
      let spec = caller.map { world.workloads[$0].spec } ?? workload.spec
      let total = spec.origins.reduce(0) { $0 + $1.share }
      for origin in spec.origins where origin.share > 0 {
        var stream = facts
        stream.origin = origin.origin
        if let loop = facts.closedLoop {
          stream.closedLoop?.clients = loop.clients * origin.share / total
        }
        streams.append(stream)
      }
    }
    return streams
  }

  private init(workload id: Int, _ workload: World.Demand) {
    let limit = workload.maximumOutputTokens.map { Int32(clamping: $0) } ?? Int32.max
    let sample = workload.spec.lengthSample()
    var sums = (prompt: 0.0, output: 0.0, context: 0.0)
    for (prompt, full) in zip(sample.prompts, sample.outputs) {
      let p = Double(prompt)
      let o = Double(min(full, limit))
      sums.prompt += p
      sums.output += o
      sums.context += o * (p + o / 2)
    }
    let n = Double(sample.count)
    self.workload = id
    origin = 0
    promptTokens = sums.prompt / n
    outputTokens = sums.output / n
    contextTokens = sums.context / max(1e-9, sums.output)
    maximumOutput =
      workload.maximumOutputTokens.map(Double.init) ?? workload.spec.lengthMoments.meanOutput
    dispersion = 1
    if case .gamma(_, let variation) = workload.spec.arrivals { dispersion = variation * variation }
    let points = workload.spec.lengthSample(count: Self.promptPoints)
    prompts = points.prompts.map(Double.init)
    outputs = points.outputs.map { Double(min($0, limit)) }
    switch workload.spec.arrivals {
    case .closedLoop(let clients, let thinkTime):
      closedLoop = ClosedLoop(clients: Double(clients), thinkSeconds: thinkTime.seconds)
    case .pacedLoop(let clients, let every):
      closedLoop = ClosedLoop(
        clients: Double(clients), thinkSeconds: 0, paceSeconds: every.seconds)
    default: closedLoop = nil
    }
  }
}

extension World {
  /// The chain that calls a workload; `nil` where none does.
  func caller(ofWorkload id: Int) -> Int? {
    workloads.firstIndex { demand in
      demand.chain?.stages.contains { stage in
        if case .call(let called) = stage.work { called == id } else { false }
      } ?? false
    }
  }

  /// How often one request of a chain calls a workload.
  func calls(ofWorkload id: Int, by chain: Int) -> Int {
    workloads[chain].chain?.stages.count { stage in
      if case .call(let called) = stage.work { called == id } else { false }
    } ?? 0
  }
}
