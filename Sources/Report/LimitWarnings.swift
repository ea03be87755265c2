import Estimate
import Money
import Multicloud
import Runner
import ServingEngine
import SimulationKernel
import Workload

/// What is close to a limit, or over it: what, where, how close, and what to do about it.
public struct LimitWarnings {
  /// One warning.
  public struct Warning: Hashable, Sendable {
    /// What is close to its limit.
    public var kind: Kind
    /// Name of the pool, quota, workload or commitment.
    public var place: String
    /// How close, in words.
    public var finding: String
    /// What to do.
    public var advice: String

    /// The warning as a sentence.
    public var text: String { "\(place) \(finding): \(advice)" }
  }

  /// What a warning is about.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A pool's load near what it can sustain.
    case load
    /// A pool that turned requests away.
    case turnedAway
    /// KV blocks of a pool nearly or wholly used.
    case blocks
    /// A queue that grows towards the end.
    case queue
    /// A quota nearly used up in its worst minute.
    case quota
    /// A latency target held by a hair.
    case target
    /// A commitment that may not be met.
    case commitment
    /// An elastic pool with fewer replicas than wanted.
    case gap
    /// An elastic pool that wants as many replicas as it may.
    case atMaximum
    /// A training job that missed its deadline.
    case deadline
  }

  /// Share of what a pool can sustain above which it is close to its limit. Waiting times of queues grow
  /// like 1 / (1 − load): beyond this they more than double by a tenth more demand.
  public static let load = 0.85
  /// Share of the KV blocks of the fullest replica.
  public static let blocks = 0.95
  /// Share of a quota in its worst minute.
  public static let quota = 0.9
  /// How far above its target an attainment may be and still be called close.
  public static let targetMargin = 0.01
  /// Probability of a shortfall at the next due date.
  public static let shortfall = 0.1
  /// How many times as many must wait in the last third of a run as in the one before.
  public static let queueGrowth = 1.5
  /// Waiting requests a replica, below which a queue is no queue.
  public static let queueLength = 1.0

  /// Share of an elastic pool's wanted replica time in which they were not ready.
  public static let gap = 0.05
  /// Share of its minutes in which an elastic pool wants all that it may.
  public static let atMaximum = 0.1

  private let world: World
  private let outcome: ScenarioRun.Outcome

  /// Looks at a run.
  public init(_ world: World, _ outcome: ScenarioRun.Outcome) {
    self.world = world
    self.outcome = outcome
  }

  /// The warnings: pools, quotas, targets, commitments, training jobs, each in order of their ids. O(world).
  public var all: [Warning] {
    world.pools.indices.flatMap(pool) + quotas + targets + commitments + deadlines
  }

  // MARK: Pools

  private func pool(_ id: Int) -> [Warning] {
    let work = outcome.result.pools[id].work
    let blocks = world.pools[id].scheduler.kvBlocks
    let estimate = outcome.estimates.first { $0.pool == id }
    let series = outcome.use.pools.indices.contains(id) ? outcome.use.pools[id] : nil
    let capacity = outcome.result.pools[id].capacity
    return [
      // The estimate is of the replicas of the start, which an elastic pool leaves.
      capacity == nil
        ? Self.load(
          of: world.poolName(id), peak: estimate?.peakLoad, replicas: world.pools[id].replicas)
        : nil,
      Self.blocks(
        of: world.poolName(id), peak: Double(work.peakBlocks) / Double(max(1, blocks)),
        preemptions: work.preemptions),
      Self.queue(
        of: world.poolName(id),
        replicas: capacity.map { max(1, $0.extremes.mostReady) } ?? world.pools[id].replicas,
        series?.waitingTowardsEnd),
      Self.turnedAway(by: world.poolName(id), outcome.result.pools[id].rejected),
    ].compactMap { $0 } + capacityWarnings(id)
  }

  static func load(of name: String, peak: Double?, replicas: Int) -> Warning? {
    guard let peak, peak > load else { return nil }
    if peak > 1 {
      let needed = Int64((peak / load * Double(replicas)).rounded(.up))
      return Warning(
        kind: .load, place: name,
        finding:
          "is asked for more than it can serve, \(Quantity.percent(peak)) in its busiest minute by "
          + "estimate",
        advice:
          "some \(Quantity.grouped(needed)) replicas in place of \(replicas) would do; or send it "
          + "less, or bound its queue (queue-limit)")
    }
    return Warning(
      kind: .load, place: name,
      finding:
        "is close to its limit, estimated load \(Quantity.percent(peak)) in its busiest minute",
      advice: "add replicas or send it less")
  }

  static func blocks(of name: String, peak: Double, preemptions: Int64) -> Warning? {
    guard peak > blocks || preemptions > 0 else { return nil }
    let finding =
      preemptions > 0
      ? "ran out of KV blocks, \(Quantity.grouped(preemptions)) preemptions"
      : "used \(Quantity.percent(peak)) of a replica's KV blocks"
    return Warning(
      kind: .blocks, place: name, finding: finding,
      advice: "add replicas, or lower the most sequences a replica runs at once")
  }

  static func queue(
    of name: String, replicas: Int, _ waiting: (before: Double, last: Double)?
  ) -> Warning? {
    guard let waiting, replicas > 0 else { return nil }
    let last = waiting.last / Double(replicas)
    let before = waiting.before / Double(replicas)
    guard last >= queueLength, last >= queueGrowth * before else { return nil }
    return Warning(
      kind: .queue, place: name,
      finding:
        "has a growing queue, \(Quantity.fixed(last, 1)) waiting a replica in the last third "
        + "of the run after \(Quantity.fixed(before, 1))",
      advice: "it cannot keep up; add replicas, or simulate longer to see where it ends")
  }

  static func turnedAway(by name: String, _ count: Int64) -> Warning? {
    guard count > 0 else { return nil }
    return Warning(
      kind: .turnedAway, place: name, finding: "turned away \(Quantity.grouped(count)) requests",
      advice: "add replicas, or let more wait")
  }

  // MARK: Elastic pools

  private func capacityWarnings(_ id: Int) -> [Warning] {
    guard let capacity = outcome.result.pools[id].capacity,
      let elastic = world.pools[id].elastic
    else { return [] }
    let markets = elastic.markets.filter { world.markets[$0].quota != nil }
    let series = outcome.use.capacity.indices.contains(id) ? outcome.use.capacity[id] : nil
    return [
      Self.gap(
        of: world.poolName(id), capacity, accelerators: world.pools[id].acceleratorsPerReplica,
        limited: markets.map { world.markets[$0].name }, isHarmless: isHarmless),
      isHarmless
        ? nil
        : Self.atMaximum(
          world.poolName(id), elastic.maximum, minutes: series?.minutesAtMaximum ?? 0,
          of: series?.measuredMinutes ?? 0),
    ].compactMap { $0 }
  }

  /// Whether every workload has targets and holds them, and nothing was lost.
  private var isHarmless: Bool {
    world.workloads.indices.allSatisfy { id in
      let s = outcome.result.workloads[id]
      let objective = world.workloads[id].objective
      let held = [
        (objective.timeToFirstToken, s.goodTimeToFirstToken),
        (objective.timePerOutputToken, s.goodTimePerOutputToken),
        (objective.endToEnd, s.goodEndToEnd),
      ].allSatisfy { $0.0?.isHeld(good: $0.1, of: s.ended) ?? true }
      return objective != Objective() && held && s.lostTotal == 0
    }
  }

  /// - Parameters:
  ///   - limited: Names of the pool's markets in which the account has a quota.
  ///   - isHarmless: Whether service did not suffer: then a gap is what replicas take to come and no more,
  ///     unless scale-ups failed or replicas did.
  static func gap(
    of name: String, _ capacity: CapacityStatistics, accelerators: Int, limited: [String],
    isHarmless: Bool
  ) -> Warning? {
    let share = Double(capacity.gapTime) / Double(max(1, capacity.wantedTime))
    guard share > gap else { return nil }
    if isHarmless, capacity.failedScaleUps == 0, capacity.failures == 0 { return nil }
    let hours = Double(capacity.gapTime) / 3.6e12 * Double(accelerators)
    var finding =
      "was short of replicas, \(Quantity.fixed(hours, 1)) accelerator-hours or "
      + "\(Quantity.percent(share)) of what was wanted"
    if capacity.failedScaleUps > 0 {
      finding +=
        ", \(Quantity.grouped(capacity.failedScaleUps)) scale-ups failed "
        + "(\(CapacitySummary.reasons(capacity)))"
    }
    return Warning(
      kind: .gap, place: name, finding: finding, advice: advice(on: capacity, limited: limited))
  }

  /// What helps against a gap depends on what makes it.
  private static func advice(on capacity: CapacityStatistics, limited: [String]) -> String {
    if 2 * capacity.failedTime > capacity.gapTime {
      return
        "keep spare replicas (elastic.minimum), or mend machines sooner (elastic.failures.repair)"
    }
    if capacity.quotaFailures > 0, capacity.quotaFailures >= capacity.supplyFailures {
      let keys = limited.prefix(2).map { "markets.\($0).quota" }.joined(separator: ", ")
      return "ask for a higher quota (\(keys.isEmpty ? "markets" : keys))"
    }
    if capacity.supplyFailures > 0 {
      return "name more markets (elastic.markets), or keep more replicas (elastic.minimum)"
    }
    return
      "ask earlier (autoscale), keep more replicas (elastic.minimum), or shorten elastic.provisioning "
      + "and elastic.loading"
  }

  static func atMaximum(_ name: String, _ maximum: Int, minutes: Int, of measured: Int) -> Warning?
  {
    let share = Double(minutes) / Double(max(1, measured))
    guard share > atMaximum else { return nil }
    return Warning(
      kind: .atMaximum, place: name,
      finding: "wanted all of its \(maximum) replicas in \(Quantity.percent(share)) of the minutes",
      advice: "raise elastic.maximum")
  }

  // MARK: Training

  private var deadlines: [Warning] {
    zip(world.training, outcome.result.training).compactMap { job, result in
      Self.deadline(job, result, end: outcome.result.end.nanoseconds)
    }
  }

  static func deadline(_ job: TrainingJob, _ result: TrainingOutcome, end: Int64) -> Warning? {
    guard job.isDeadlineMet(result, at: end) == false else { return nil }
    let done = Double(result.saved) / Double(job.work.nanoseconds)
    let state =
      result.ended >= 0
      ? "ended at \(Quantity.clock(Duration(nanoseconds: result.ended)))"
      : "is \(Quantity.percent(done)) done"
    let advice: String
    if let deadline = job.deadline, job.submitted + job.work > deadline {
      advice = "its work alone takes longer: submit it earlier (at), or ask for it later (deadline)"
    } else if result.waited > result.held {
      advice = "it waited most of the time: give its market more, or submit it earlier (at)"
    } else if 2 * result.lost > job.work.nanoseconds {
      advice = "it lost much of its work: save more often (checkpoint.every)"
    } else {
      advice = "submit it earlier (at), or put it first (priority)"
    }
    return Warning(
      kind: .deadline, place: "training job \(job.name)",
      finding: "missed its deadline, \(state)", advice: advice)
  }

  // MARK: Quotas

  private var quotas: [Warning] {
    world.quotas.indices.compactMap { id in
      guard outcome.use.quotas.indices.contains(id) else { return nil }
      let series = outcome.use.quotas[id]
      return Self.quota(world.quotas[id], peak: series.peak, refused: series.refused)
    }
  }

  static func quota(_ spec: QuotaSpec, peak: UseOverTime.Peak?, refused: Int64) -> Warning? {
    guard let peak, peak.value > quota else { return nil }
    var advice = "ask for more, or spread the calls"
    if case .provisionedBucket = spec.rule { advice = "buy more units, or let the rest spill over" }
    let tail = refused > 0 ? ", \(Quantity.grouped(refused)) calls refused in all" : ""
    return Warning(
      kind: .quota, place: "quota \(spec.name)",
      finding: "was used to \(Quantity.percent(peak.value)) in its worst minute, "
        + "\(Quantity.clock(peak.start))\(tail)",
      advice: advice)
  }

  // MARK: Targets

  private var targets: [Warning] {
    world.workloads.indices.flatMap { id -> [Warning] in
      let s = outcome.result.workloads[id]
      let objective = world.workloads[id].objective
      return [
        ("TTFT", objective.timeToFirstToken, s.goodTimeToFirstToken),
        ("TPOT", objective.timePerOutputToken, s.goodTimePerOutputToken),
        ("end-to-end", objective.endToEnd, s.goodEndToEnd),
      ].compactMap { name, target, good in
        Self.target("\(world.workloads[id].spec.name) \(name)", target, good: good, of: s.ended)
      }
    }
  }

  static func target(
    _ name: String, _ target: Objective.Target?, good: Int64, of ended: Int64
  ) -> Warning? {
    guard let target, ended > 0, target.isHeld(good: good, of: ended) else { return nil }
    let share = Double(good) / Double(ended)
    // A target of 99.5 % or more is within a point of all there is: half its own room counts then.
    let margin = min(targetMargin, (1 - target.quantile) / 2)
    guard share - target.quantile < margin else { return nil }
    return Warning(
      kind: .target, place: name,
      finding: "holds its target by a hair, \(Quantity.percent(share)) of requests within it where "
        + "\(Quantity.percent(target.quantile)) must be",
      advice: "try another seed and more demand before you rely on it")
  }

  // MARK: Commitments

  private var commitments: [Warning] {
    (outcome.money?.bill.commitments ?? []).compactMap { commitment in
      let promise = commitment.ledger.commitment
      // Without the next date there is nothing left to miss.
      guard let due = commitment.ledger.next else { return nil }
      return Self.commitment(
        promise.name, due: "\(due.date)", probability: commitment.probabilityOfShortfall,
        middle: commitment.middle.shortfall > .zero
          ? MoneySummary.large(commitment.middle.shortfall) : nil,
        isSteered: world.gateway.policy == "contract-aware")
    }
  }

  static func commitment(
    _ name: String, due: String, probability: Double, middle: String?, isSteered: Bool
  ) -> Warning? {
    guard probability > shortfall || middle != nil else { return nil }
    let term = middle.map { ", \($0) short over its term in the middle case" } ?? ""
    return Warning(
      kind: .commitment, place: "commitment \(name)",
      finding: "may miss \(due) with a probability of \(Quantity.percent(probability))\(term)",
      advice: isSteered
        ? "move more demand or capacity to it, or promise less"
        : "try route: contract-aware, move more demand to it, or promise less")
  }
}
