/// What must hold of every run, whatever the scenario: the simulator's own laws.
///
/// They are checked by the run itself, never by whoever reads its tables. What costs nothing beside
/// the event (the clock, a request's moments, a quota's limit) is checked as it happens; sums are
/// checked at the end of the run, or after every event with ``InvariantWatch/everyEvent``.
///
/// The list follows the named invariants of BLIS (inference-sim, 2026) and the conservation laws of
/// `docs/architecture.md`; `docs/invariants.md` says where each is checked.
public enum Invariant: String, CaseIterable, Sendable {
  /// Arrived = completed + rejected + failed + cancelled + under way, by workload.
  case requestsAreConserved = "requests-conserved"
  /// Attempts = completed + refused + cancelled + under way, by deployment.
  case attemptsAreConserved = "attempts-conserved"
  /// Tokens that replicas produced = tokens that requests took away; tokens computed from prompts
  /// cover the prompts.
  case tokensAreConserved = "tokens-conserved"
  /// Blocks held and free = blocks there are; who left holds none.
  case blocksAreConserved = "kv-blocks-conserved"
  /// Busy time fits into serving time, and requests × time is the same counted by requests and by
  /// replicas.
  case timeIsConserved = "gpu-seconds-conserved"
  /// Charges add up the same by account, tenant and invoice.
  case moneyIsConserved = "money-conserved"
  /// Requests and tokens metered for the bill = those that requests used.
  case billsTrace = "bills-trace"
  /// Simulated time never goes back.
  case clockIsMonotone = "monotone-clock"
  /// A request is sent, reaches its deployment, starts, yields a token and ends, in this order.
  case causality = "causality"
  /// No replica rests while somebody waits who could be served, and none works for nobody.
  case workIsConserved = "work-conserving"
  /// A quota admits nothing beyond its limit but what its rule's documentation lets overshoot.
  case quotaIsKept = "quota-kept"
  /// No request is at a deployment where its data must not be.
  case residencyIsKept = "residency-kept"
  /// Policies are told estimates, never how long an output will really be.
  case oracleBoundary = "oracle-boundary"

  /// The law in one sentence.
  public var statement: String {
    switch self {
    case .requestsAreConserved:
      "arrived requests are completed, rejected, failed, cancelled or under way, each once"
    case .attemptsAreConserved:
      "attempts at a deployment are completed, refused, cancelled or under way, each once"
    case .tokensAreConserved: "tokens that replicas produce are those that requests take away"
    case .blocksAreConserved: "KV blocks held and free are all there are"
    case .timeIsConserved: "requests times time is the same counted by requests and by replicas"
    case .moneyIsConserved: "money adds up the same by account, tenant and invoice"
    case .billsTrace: "what is metered for the bill is what requests used"
    case .clockIsMonotone: "simulated time never goes back"
    case .causality: "a request's moments come in their order"
    case .workIsConserved: "nobody waits beside a replica that rests, and none works for nobody"
    case .quotaIsKept: "a quota admits no more than its limit and its documented overshoot"
    case .residencyIsKept: "no request is where its data must not be"
    case .oracleBoundary: "policies never see how long an output will really be"
    }
  }
}
