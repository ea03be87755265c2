/// What goes on in bins of one level: demand and what incidents do.
struct LevelInput: Sendable {
  /// Requests a second, by stream.
  var rates: [Double]
  /// By deployment: what incidents do to it.
  var conditions: [Condition]
  /// By quota: what is left of its limit.
  var cuts: [Double]

  /// What incidents do to a deployment.
  struct Condition: Hashable, Sendable {
    var isDown = false
    var isSilent = false
    var slowness = 1.0
  }
}

/// Where requests go at a level, and what that does to deployments.
struct LevelState: Sendable {
  /// Requests a second, by stream: those of closed loops as they settle.
  var rates: [Double]
  /// First attempts, by stream × deployments + deployment, requests a second.
  var firstChoices: [Double]
  /// Attempts, by stream × deployments + deployment, attempts a second.
  var attempts: [Double]
  /// Requests served, by stream × deployments + deployment, a second.
  var served: [Double]
  /// Those of them that had waited as long as a quota said.
  var servedAfterWait: [Double]
  /// Those that came late, after pauses.
  var late: [Late] = []
  /// What moves on from a deployment to another, attempts a second, by stream, then from × deployments
  /// + to.
  var moves: [[Double]]
  /// Requests lost, by stream, a second.
  var lost: [Double]
  /// Spilled by the provider, by deployment: out and in, a second.
  var spilledOut: [Double]
  var spilledIn: [Double]
  /// Refused at an endpoint by quota or capacity or outage, by deployment, a second.
  var refused: [Double]
  /// Prompt tokens from a provider's cache, by stream × deployments + deployment, a request.
  var cached: [Double]
  /// Mean requests in flight, by deployment: in service and waiting.
  var inFlight: [Double]
  /// Pools' figures, by pool.
  var pools: [BatchChain.Figures]
  /// Pools' models under the requests that come; `nil` where none may.
  var models: [PoolModel?]
  /// Pools by rate, as the policy sees them.
  var curves: [PoolCurve?]
  /// Mean time to first token, by deployment, seconds, without the way.
  var firstToken: [Double]
  /// Mean seconds there and back of the requests served, by deployment.
  var wayBack: [Double]
  /// Quotas: what is asked over the limit, and the share refused.
  var offered: [Double]
  var quotaRefused: [QuotaModel.Refused]

  /// Requests served after a pause.
  struct Late: Sendable {
    var cell: Int
    /// Requests a second.
    var rate: Double
    /// Mean seconds of all pauses together.
    var seconds: Double
    /// Whether a quota said how long: anything up to twice the mean; else a backoff with its jitter.
    var isTold: Bool
  }

  /// Counts requests served after a pause.
  mutating func note(late rate: Double, after seconds: Double, cell: Int, isTold: Bool) {
    for place in late.indices
    where late[place].cell == cell && late[place].isTold == isTold
      && abs(late[place].seconds - seconds) <= 0.05 * seconds
    {
      late[place].rate += rate
      return
    }
    late.append(Late(cell: cell, rate: rate, seconds: seconds, isTold: isTold))
  }

  init(streams: Int, deployments: Int, pools: Int, quotas: Int, rates: [Double]) {
    let cells = streams * deployments
    self.rates = rates
    firstChoices = [Double](repeating: 0, count: cells)
    attempts = firstChoices
    served = firstChoices
    servedAfterWait = firstChoices
    cached = firstChoices
    moves = [[Double]](
      repeating: [Double](repeating: 0, count: deployments * deployments), count: streams)
    lost = [Double](repeating: 0, count: streams)
    spilledOut = [Double](repeating: 0, count: deployments)
    spilledIn = spilledOut
    refused = spilledOut
    inFlight = spilledOut
    firstToken = spilledOut
    wayBack = spilledOut
    self.pools = [BatchChain.Figures](repeating: BatchChain.Figures(), count: pools)
    curves = [PoolCurve?](repeating: nil, count: pools)
    models = [PoolModel?](repeating: nil, count: pools)
    offered = [Double](repeating: 0, count: quotas)
    quotaRefused = [QuotaModel.Refused](repeating: QuotaModel.Refused(), count: quotas)
  }
}
