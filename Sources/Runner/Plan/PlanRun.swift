import Estimate
import Money
import Multicloud
import Plan
import SimulationKernel
import Statistics

/// Finds the cheapest placements and asks the simulation what they are worth.
public struct PlanRun {
  /// The world, with the placement somebody wrote.
  public var world: World
  /// What may be chosen and must hold.
  public var settings: PlanSettings
  /// Seeds of each simulation.
  public var seeds: Int

  /// Creates a plan.
  public init(_ world: World, settings: PlanSettings, seeds: Int) {
    self.world = world
    self.settings = settings
    self.seeds = seeds
  }

  /// A placement, planned and simulated.
  public struct Candidate: Sendable {
    /// `present`, or the highest load it was planned for.
    public var name: String
    /// Replicas, units and purchases.
    public var plan: PlannedPlacement
    /// Dollars an hour by the program; `nil` for the present placement.
    public var plannedCost: Double?
    /// Dollars of the window by simulation, by seed.
    public var costs: [Double] = []
    /// Share of requests within all their targets, by seed.
    public var good: [Double] = []
    /// Share lost, by seed.
    public var lost: [Double] = []
    /// Whether every target of every workload holds under every seed.
    public var holds = true
    /// Share of requests within their targets at 1.5 times the demand.
    public var goodAtMore = 0.0
    /// Share of requests within their targets with the worst region gone.
    public var goodWithoutWorst = 0.0

    /// Mean dollars of the window.
    public var cost: Double { costs.isEmpty ? 0 : costs.reduce(0, +) / Double(costs.count) }
    /// Mean share within targets.
    public var goodShare: Double { good.isEmpty ? 0 : good.reduce(0, +) / Double(good.count) }
  }

  /// The value of one more of what a constraint allows.
  public struct Price: Sendable {
    /// The constraint.
    public var constraint: String
    /// Dollars an hour saved by one more.
    public var dollarsPerHour: Double
    /// Unit of its side.
    public var unit: String
  }

  /// What a plan comes to.
  public struct Outcome: Sendable {
    /// Candidates, the best first; the present placement is among them.
    public var candidates: [Candidate]
    /// Place of the present placement.
    public var present: Int
    /// Mean saving of the best against the present one over the window, and the half-width of its 95 %
    /// interval, paired by seed.
    public var saving: (mean: Double, halfWidth: Double)
    /// Values of constraints that bind, the highest first.
    public var prices: [Price]
    /// Nodes of the searches.
    public var nodes: Int
    /// Whether all were proven.
    public var isProven: Bool

    /// The best candidate.
    public var best: Candidate { candidates[0] }
  }

  /// Plans and simulates.
  public func run(progress: (String) -> Void = { _ in }) throws -> Outcome {
    let grid = DemandGrid(world, binWidth: .seconds(60), horizon: world.horizon)
    var candidates = [
      Candidate(name: "present", plan: PlannedPlacement(present: world), plannedCost: nil)
    ]
    var nodes = 0
    var isProven = true
    var prices: [Price] = []
    // Plans for more and for less load: the simulation says which of them holds.
    for ceiling in [settings.ceiling, settings.ceiling - 0.1, settings.ceiling - 0.25]
    where ceiling > 0.05 {
      progress("planning for a load of \(Int((ceiling * 100).rounded())) %")
      var own = settings
      own.ceiling = ceiling
      let model = try PlacementModel(world, grid, own)
      guard let solution = try solve(model, isNeeded: ceiling == settings.ceiling) else { continue }
      nodes += solution.nodes
      isProven = isProven && solution.isProven
      let plan = model.placement(solution.values)
      if ceiling == settings.ceiling { prices = try self.prices(model, solution) }
      guard !candidates.contains(where: { $0.plan == plan }) else { continue }
      candidates.append(
        Candidate(
          name: "load up to \(Int((ceiling * 100).rounded())) %", plan: plan,
          plannedCost: solution.cost))
    }
    for place in candidates.indices {
      progress("simulating: \(candidates[place].name)")
      try simulate(&candidates[place])
    }
    let present = candidates[0]
    // Those that hold what the present one holds, by cost; then the others, by what they hold.
    candidates.sort { a, b in
      let (x, y) = (a.holds || !present.holds, b.holds || !present.holds)
      if x != y { return x }
      return x ? a.cost < b.cost : a.goodShare > b.goodShare
    }
    let best = candidates[0]
    let differences = zip(present.costs, best.costs).map { $0 - $1 }
    return Outcome(
      candidates: candidates, present: candidates.firstIndex { $0.name == "present" } ?? 0,
      saving: Self.interval(differences), prices: prices, nodes: nodes, isProven: isProven)
  }

  /// The cheapest by the program; where it is not needed, `nil` if there is none: what can be had at the
  /// highest load may not be enough at a lower one.
  private func solve(
    _ model: PlacementModel, isNeeded: Bool
  ) throws(BranchAndCut.Problem) -> BranchAndCut.Solution? {
    if isNeeded { return try settings.search.solve(model.program) }
    return try? settings.search.solve(model.program)
  }

  /// Mean and half-width of the 95 % interval.
  static func interval(_ values: [Double]) -> (mean: Double, halfWidth: Double) {
    let sample = SampleMoments(values)
    return (sample.mean, ConfidenceInterval(sample)?.halfWidth ?? 0)
  }

  private func prices(
    _ model: PlacementModel, _ solution: BranchAndCut.Solution
  ) throws -> [Price] {
    let fixed = model.fixed(at: solution.values)
    guard let linear = try LinearSolver().solve(fixed) else { return [] }
    // Where all variables are fixed a price says nothing.
    let all = zip(model.program.rows, linear.prices).filter { row, price in
      row.side != nil && abs(price) > 1e-6
        && row.terms.contains { !fixed.variables[$0.variable].isInteger }
    }
    let prices = all.map {
      Price(constraint: $0.0.name, dollarsPerHour: -$0.1, unit: $0.0.unit)
    }
    return prices.filter { $0.dollarsPerHour > 0 }
      .sorted { ($0.dollarsPerHour, $1.constraint) > ($1.dollarsPerHour, $0.constraint) }
  }

  // MARK: Simulation

  private func simulate(_ candidate: inout Candidate) throws {
    let placed = world.planned(candidate.plan, prices: settings.prices)
    for seed in 0..<seeds {
      var own = placed
      own.seed = world.seed &+ UInt64(seed)
      let run = try SimulatedRun(own)
      candidate.costs.append(run.cost)
      candidate.good.append(run.goodShare)
      candidate.lost.append(run.lostShare)
      candidate.holds = candidate.holds && run.holdsTargets(own)
    }
    let more = placed.window(
      from: .zero, length: placed.horizon, warmup: placed.warmup,
      factors: placed.workloads.map { _ in 1.5 })
    candidate.goodAtMore = try SimulatedRun(more).goodShare
    var without = placed
    without.incidents.append(
      Incident(
        target: .region(placed.worstRegion), effect: .fails, start: .zero,
        duration: placed.horizon))
    candidate.goodWithoutWorst = try SimulatedRun(without).goodShare
  }
}

extension SimulatedRun {
  /// Share of all ended requests that were within their targets.
  var goodShare: Double {
    let served = result.workloads.filter { !$0.isChain }
    let ended = served.reduce(Int64(0)) { $0 + $1.ended }
    return ended > 0 ? Double(served.reduce(Int64(0)) { $0 + $1.good }) / Double(ended) : 0
  }

  /// Share of ended requests that were lost.
  var lostShare: Double {
    let served = result.workloads.filter { !$0.isChain }
    let ended = served.reduce(Int64(0)) { $0 + $1.ended }
    return ended > 0
      ? Double(served.reduce(Int64(0)) { $0 + $1.lostTotal + $1.cancelled }) / Double(ended) : 0
  }

  /// Whether every target of every workload holds, and no more than a thousandth is lost.
  func holdsTargets(_ world: World) -> Bool {
    for (id, workload) in world.workloads.enumerated() {
      let s = result.workloads[id]
      let targets = [
        (workload.objective.timeToFirstToken, s.goodTimeToFirstToken),
        (workload.objective.timePerOutputToken, s.goodTimePerOutputToken),
        (workload.objective.endToEnd, s.goodEndToEnd),
      ]
      for (target, good) in targets {
        if let target, !target.isHeld(good: good, of: s.ended) { return false }
      }
    }
    return true
  }
}

extension PlannedPlacement {
  /// The placement a world has, bought as it is.
  public init(present world: World) {
    self.init(
      placement: Placement(world),
      purchases: world.pools.indices.map { world.billing?.machines[$0]?.purchase })
  }
}

extension World {
  /// The world with a planned placement: replicas, units, machines and how they are bought.
  public func planned(
    _ plan: PlannedPlacement, prices: [[PurchaseOption: Money]]
  ) -> World {
    var world = placed(plan.placement)
    for id in pools.indices {
      guard let option = plan.purchases[id], let price = prices[id][option] else { continue }
      world.billing?.machines[id]?.purchase = option
      world.billing?.machines[id]?.hourly = price
    }
    return world
  }

  /// The region with the most capacity, by sequence slots of its pools; of endpoints where there are none.
  var worstRegion: Int {
    var slots = [Double](repeating: 0, count: regions.count)
    for d in 0..<deploymentCount {
      // An endpoint's slots stand for no machines of one's own: a thousandth breaks ties.
      slots[region(ofDeployment: d)] +=
        Double(self.slots(ofDeployment: d)) * (d < pools.count ? 1 : 1e-3)
    }
    return slots.indices.max { (slots[$0], -$0) < (slots[$1], -$1) } ?? 0
  }
}
