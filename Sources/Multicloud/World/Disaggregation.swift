import SimulationKernel

/// What a pool's replicas do for a request.
public enum PoolRole: Hashable, Sendable {
  /// All of it.
  case whole
  /// They compute prompts; the output is produced elsewhere.
  case prefill(Disaggregation)
  /// They produce output for the pool with this id, which computes the prompts. Only that pool sends
  /// requests here: to the gateway this one is closed.
  case decode(of: Int)
}

/// What joins a pool that prefills to one that decodes.
///
/// A request goes through both, as with vLLM and its NIXL connector: a replica of the first pool computes
/// the prompt and keeps its blocks; a replica of the second is chosen, takes blocks for the prompt when the
/// request's turn comes, and fetches the cache over the link.
public struct Disaggregation: Hashable, Sendable {
  /// Whose first token the client sees.
  public enum FirstToken: String, CaseIterable, Sendable {
    /// That of the replica that prefilled, at the end of the prompt: DistServe, Splitwise.
    case prefill
    /// That of the replica that decodes, which computes the last prompt token once more when the cache is
    /// there: vLLM's proxy, whose prefill answers with a token that is thrown away.
    case decode
  }

  /// Id of the pool that decodes; it comes after the one that prefills.
  public var decodePool: Int
  /// What caches travel over.
  public var link: CacheLink
  /// Bytes of one KV block, over all ranks of a replica that decodes.
  public var blockBytes: Int64
  /// Whose first token counts.
  public var firstToken: FirstToken

  /// Creates a join.
  public init(
    decodePool: Int, link: CacheLink, blockBytes: Int64, firstToken: FirstToken = .prefill
  ) {
    precondition(blockBytes >= 1)
    self.decodePool = decodePool
    self.link = link
    self.blockBytes = blockBytes
    self.firstToken = firstToken
  }
}

/// The network between the replicas that prefill and those that decode.
///
/// Every replica has one interface of this bandwidth each way, all adapters of its accelerators together; the
/// fabric between them carries whatever they send. An interface serves one copy at a time: whenever one gets
/// free, the copy that was reserved first among those whose sender and receiver are both free begins. Nothing is
/// shared or split, so that the end of a copy is known, to the nanosecond, when it begins.
public struct CacheLink: Hashable, Sendable {
  /// Bytes per second of a replica's interface, one way, at least 1.
  public var bytesPerSecond: Int64
  /// From the last byte sent until the copy can be used: the way, and the notice. It takes up no interface.
  public var latency: Duration

  /// Creates a link.
  public init(bytesPerSecond: Int64, latency: Duration = .zero) {
    precondition(bytesPerSecond >= 1 && latency >= .zero)
    self.bytesPerSecond = bytesPerSecond
    self.latency = latency
  }

  /// Nanoseconds an interface takes to send so many bytes, rounded up; at least 1.
  public func sendingTime(_ bytes: Int64) -> Int64 {
    let rate = Int128(bytesPerSecond)
    return Int64(max(1, (Int128(bytes) * 1_000_000_000 + rate - 1) / rate))
  }
}

extension Pool {
  /// What joins it to the pool that decodes for it; `nil` where it does not prefill for another.
  public var disaggregation: Disaggregation? {
    if case .prefill(let join) = role { join } else { nil }
  }

  /// Whether it decodes for another pool, which alone sends requests to it.
  public var isDecodeRole: Bool {
    if case .decode = role { true } else { false }
  }
}

extension World {
  /// Whether a pool has its prompts computed apart from its output.
  public var isDisaggregated: Bool { pools.contains { $0.role != .whole } }

  /// Why a method that reckons with whole pools says nothing of this world; `nil` where all are.
  public var disaggregationProblem: String? {
    guard let pool = pools.first(where: { $0.disaggregation != nil }) else { return nil }
    return "pool '\(pool.name)' is disaggregated: prompts and output are computed by different "
      + "replicas"
  }
}
