import Estimate
import Money
import Multicloud
import SimulationKernel
import Workload

/// The cheapest placement as a mixed-integer program.
///
/// Variables: instances of every pool and purchase option (one option a pool), units of every provisioned
/// endpoint, flows of every stream to every deployment that may serve it in every planning period, and what
/// commitments fall short. Everything is in dollars an hour: capacity, tokens at the mean of the periods, and
/// shortfalls spread over what is left of their term.
public struct PlacementModel: Sendable {
  /// The program.
  public private(set) var program = LinearProgram()
  /// Demand planned for.
  public let periods: [PlanningPeriod]
  private let world: World
  private let settings: PlanSettings
  private let streams: [StreamDemand]
  private let sizing: [DeploymentSizing]
  private var instances: [[(option: PurchaseOption, variable: Int, chosen: Int)]] = []
  private var units: [Int: Int] = [:]
  private var flows: [[[Int: Int]]] = []
  private var usage: [[LinearProgram.Term]] = []
  private var capacity: [[LinearProgram.Term]] = []

  /// Why a world cannot be planned for.
  public enum Problem: Error, Hashable, CustomStringConvertible {
    /// A workload has demand that no deployment may serve.
    case unservable(workload: String, origin: String)
    /// There is nothing to choose.
    case nothingToPlan

    /// What is wrong and what would do.
    public var description: String {
      switch self {
      case .unservable(let workload, let origin):
        "no deployment may serve '\(workload)' from \(origin): its models, its residency or their "
          + "context exclude all of them; add a pool or endpoint inside its residency"
      case .nothingToPlan:
        "there is nothing to plan: the scenario has no pools and no provisioned units"
      }
    }
  }

  /// Builds the program of a world.
  public init(
    _ world: World, _ grid: DemandGrid, _ settings: PlanSettings
  ) throws(Problem) {
    self.world = world
    self.settings = settings
    streams = grid.streams
    let streams = grid.streams
    periods = PlanningPeriod.periods(grid, count: settings.periods)
    sizing = (0..<world.deploymentCount).map {
      DeploymentSizing(world, streams, deployment: $0, ceiling: settings.ceiling)
    }
    guard !world.pools.isEmpty || world.endpoints.contains(where: { $0.units > 0 }) else {
      throw .nothingToPlan
    }
    addCapacity()
    try addFlows()
    addLimits()
    if settings.survives == .region { try addLosses() }
    addCommitments()
  }

  // MARK: Capacity

  /// Replicas that one instance of a pool's machines holds.
  func replicasPerInstance(_ pool: Int) -> Int {
    guard let machines = world.billing?.machines[pool], machines.instances > 0 else { return 1 }
    return max(1, world.pools[pool].replicas / machines.instances)
  }

  private func discount(_ d: Int, _ kind: ChargeKind) -> Double {
    guard let billing = world.billing else { return 1 }
    let account = billing.contracts.accounts[billing.accountOfDeployment[d]]
    return 1 - Double(account.discountMillionths[Int(kind.rawValue)]) / 1e6
  }

  private mutating func addCapacity() {
    usage = world.billing.map { $0.contracts.accounts.map { _ in [] } } ?? [[]]
    capacity = usage
    for id in world.pools.indices {
      let name = world.planName(id)
      let most = (Double(settings.stock[id]) / Double(replicasPerInstance(id))).rounded(.down)
      var options: [(PurchaseOption, Int, Int)] = []
      for option in PurchaseOption.allCases {
        guard let price = settings.prices[id][option] else { continue }
        let dollars = price.dollars * discount(id, .accelerators)
        let chosen = program.add("\(name) \(option.name)", to: 1, isInteger: true)
        let count = program.add(
          "instances of \(name), \(option.name)", cost: dollars, isInteger: true)
        program.require(
          "\(name): stock of instances", [.init(count, 1), .init(chosen, -most)], to: 0,
          unit: "instances", side: .supply)
        options.append((option, count, chosen))
        capacity[account(id)].append(.init(count, dollars))
      }
      program.require(
        "\(name): one way of buying", options.map { .init($0.2, 1) }, to: 1)
      instances.append(options.map { (option: $0.0, variable: $0.1, chosen: $0.2) })
    }
    for (id, endpoint) in world.endpoints.enumerated() where endpoint.units > 0 {
      addUnits(id, endpoint)
    }
    addPlans()
  }

  /// Units in steps of what can be bought; what is reserved is paid anyway and costs nothing more.
  private mutating func addUnits(_ id: Int, _ endpoint: Endpoint) {
    let d = world.pools.count + id
    let rule = world.provisionedRule(endpoint)
    let step = Double(max(1, rule?.unitIncrement ?? 1))
    let least = Double(max(1, rule?.minimumUnits ?? 1))
    let price = Double(endpoint.picodollarsPerUnitHour) / 1e12 * discount(d, .units)
    let name = world.planName(d)
    let most = Double(settings.unitStock[id])
    let steps = program.add("steps of units of \(name)", isInteger: true)
    let bought = program.add("\(name) is bought", to: 1, isInteger: true)
    let paid = program.add("units of \(name) paid by the hour", cost: price)
    let reserved = Double(world.reservedUnits(endpoint, deployment: d))
    program.require(
      "\(name): units beyond the reservation", [.init(paid, 1), .init(steps, -step)],
      from: -reserved)
    program.require(
      "\(name): stock of units", [.init(steps, step), .init(bought, -most)], to: 0, unit: "units",
      side: .supply)
    program.require(
      "\(name): least units", [.init(steps, step), .init(bought, -least)], from: 0, unit: "units")
    units[id] = steps
    capacity[account(d)].append(.init(paid, price))
  }

  /// A savings plan is paid in any case; up to its promise machines bought on demand cost nothing more.
  private mutating func addPlans() {
    guard let billing = world.billing else { return }
    for plan in billing.contracts.savingsPlans {
      var rated: [LinearProgram.Term] = []
      var saved: [Int] = []
      for id in world.pools.indices where billing.accountOfDeployment[id] == plan.account {
        guard let machines = billing.machines[id],
          let rate = plan.rates.first(where: { $0.instance == machines.instance }),
          plan.family.map({ $0.region == world.pools[id].region }) ?? true,
          let bought = instances[id].first(where: { $0.option == .onDemand }),
          let price = settings.prices[id][.onDemand]
        else { continue }
        let dollars = price.dollars * discount(id, .accelerators)
        let covered = program.add(
          "instances of \(world.planName(id)) under \(plan.name)", cost: -dollars)
        program.require(
          "\(plan.name) covers what there is", [.init(covered, 1), .init(bought.variable, -1)],
          to: 0)
        rated.append(.init(covered, price.dollars * Double(rate.millionths) / 1e6))
        saved.append(covered)
      }
      if !saved.isEmpty {
        program.require(
          "\(plan.name): its promise", rated, to: plan.hourly.dollars, unit: "USD/h")
      }
    }
  }

  private func account(_ d: Int) -> Int { world.billing?.accountOfDeployment[d] ?? 0 }

  // MARK: Flows

  private mutating func addFlows() throws(Problem) {
    for (p, period) in periods.enumerated() {
      flows.append([])
      for (s, stream) in streams.enumerated() {
        flows[p].append([:])
        guard period.rates[s] > 0 else { continue }
        let workload = world.workloads[stream.workload]
        let name = "\(workload.spec.name) from \(world.origins[stream.origin].name)"
        for d in 0..<world.deploymentCount where mayServe(stream, d) {
          let tokens = DeploymentCost(world, stream, deployment: d).dollars * discount(d, .tokens)
          let hourly = tokens * 3600
          let flow = program.add(
            "\(name) to \(world.planName(d)) at \(period.name)",
            cost: hourly * period.share + egress(stream, d) * 3600 * period.share)
          flows[p][s][d] = flow
          usage[account(d)].append(.init(flow, hourly * period.share))
        }
        guard !flows[p][s].isEmpty else {
          throw .unservable(
            workload: workload.spec.name, origin: world.origins[stream.origin].name)
        }
        program.require(
          "demand of \(name) at \(period.name)",
          flows[p][s].sorted { $0.key < $1.key }.map { .init($0.value, 1) },
          from: period.rates[s], to: period.rates[s], unit: "requests/s", side: .demand,
          group: "demand of \(name)")
      }
    }
  }

  private func mayServe(_ stream: StreamDemand, _ d: Int) -> Bool {
    let workload = world.workloads[stream.workload]
    guard workload.models.contains(world.model(ofDeployment: d)),
      world.isInside(workload.residency, deployment: d)
    else { return false }
    return stream.promptTokens + stream.maximumOutput
      <= Double(world.contextTokens(ofDeployment: d))
  }

  /// Dollars of bytes between regions that a chain's call of a deployment moves, a request.
  private func egress(_ stream: StreamDemand, _ d: Int) -> Double {
    guard let billing = world.billing, world.workloads[stream.workload].isCalled else { return 0 }
    let region = world.region(ofDeployment: d)
    let regions = world.regions.count
    var dollars = 0.0
    for demand in world.workloads {
      guard let chain = demand.chain else { continue }
      for (number, stage) in chain.stages.enumerated() {
        guard case .call(let called) = stage.work, called == stream.workload else { continue }
        for before in stage.after {
          guard case .timed(let timed) = chain.stages[before].work else { continue }
          dollars +=
            Double(chain.stages[before].bytesOut) / 1e9
            * billing.transferPerGigabyte[timed.region * regions + region].dollars
        }
        for (later, next) in chain.stages.enumerated()
        where later != number && next.after.contains(number) {
          guard case .timed(let timed) = next.work else { continue }
          dollars +=
            Double(stage.bytesOut) / 1e9
            * billing.transferPerGigabyte[region * regions + timed.region].dollars
        }
      }
    }
    return dollars
  }

  // MARK: Limits

  private mutating func addLimits() {
    for (p, period) in periods.enumerated() {
      for d in 0..<world.deploymentCount {
        let terms = flowTerms(p, d) { sizing[d].work($0) }
        addLimit(d, terms, period.name)
      }
      addQuotas(p, period.name)
    }
  }

  private func flowTerms(
    _ p: Int, _ d: Int, _ coefficient: (StreamDemand) -> Double
  ) -> [LinearProgram.Term] {
    streams.indices.compactMap { s in
      flows[p][s][d].map { .init($0, coefficient(streams[s])) }
    }
  }

  /// What a deployment can do within the targets.
  private mutating func addLimit(_ d: Int, _ terms: [LinearProgram.Term], _ period: String) {
    guard !terms.isEmpty else { return }
    let load = sizing[d].sustainableLoad
    if d < world.pools.count {
      let each = Double(replicasPerInstance(d))
      program.require(
        "\(world.planName(d)) at \(period): load within targets (\(Int(load * 100)) %)",
        terms + instances[d].map { .init($0.variable, -load * each) }, to: 0, unit: "replicas")
    } else {
      let slots = Double(world.slots(ofDeployment: d))
      program.require(
        "\(world.planName(d)) at \(period): concurrency within targets", terms, to: load * slots,
        unit: "requests in flight", side: .supply, group: "concurrency of \(world.planName(d))")
    }
  }

  /// Headroom for what a minute's or second's demand is above its mean.
  private static let headroom = 0.9

  private mutating func addQuotas(_ p: Int, _ period: String) {
    for (q, quota) in world.quotas.enumerated() {
      let mine = world.endpoints.indices.filter { world.endpoints[$0].quotas.contains(q) }
      guard !mine.isEmpty else { continue }
      var terms: [LinearProgram.Term] = []
      for id in mine {
        terms += flowTerms(p, world.pools.count + id) { quota.rule.tokensPerRequest($0) * 60 }
      }
      if let rule = quota.rule.provisioned, let steps = units[mine[0]] {
        let perStep =
          Double(max(1, rule.unitIncrement)) * Double(rule.inputTokensPerMinutePerUnit)
        program.require(
          "\(quota.name) at \(period): units", terms + [.init(steps, -Self.headroom * perStep)],
          to: 0, unit: "tokens/min")
      } else if let limit = quota.rule.perMinute {
        program.require(
          "quota \(quota.name) at \(period)", terms, to: Self.headroom * limit,
          unit: "tokens/min", side: .supply, group: "quota \(quota.name)")
      }
    }
  }

  // MARK: Losses

  /// Without any one region, the peak must still be served: up to 95 % of what each can sustain.
  private mutating func addLosses() throws(Problem) {
    let used = Set((0..<world.deploymentCount).map { world.region(ofDeployment: $0) })
    for region in used.sorted() {
      let name = "peak without \(world.planRegion(region))"
      var lost: [[Int: Int]] = []
      for (s, stream) in streams.enumerated() {
        lost.append([:])
        guard periods[0].rates[s] > 0 else { continue }
        for d in flows[0][s].keys.sorted() where world.region(ofDeployment: d) != region {
          lost[s][d] = program.add(
            "\(world.workloads[stream.workload].spec.name) to \(world.planName(d)) at \(name)")
        }
        let terms = lost[s].sorted { $0.key < $1.key }.map { LinearProgram.Term($0.value, 1) }
        program.require(
          "demand of \(world.workloads[stream.workload].spec.name) from "
            + "\(world.origins[stream.origin].name) at \(name)",
          terms, from: periods[0].rates[s], unit: "requests/s", side: .demand)
      }
      for d in 0..<world.deploymentCount where world.region(ofDeployment: d) != region {
        let terms = streams.indices.compactMap { s in
          lost[s][d].map { LinearProgram.Term($0, sizing[d].work(streams[s])) }
        }
        guard !terms.isEmpty else { continue }
        if d < world.pools.count {
          let each = 0.95 * Double(replicasPerInstance(d))
          program.require(
            "\(world.planName(d)) at \(name)",
            terms + instances[d].map { .init($0.variable, -each) }, to: 0, unit: "replicas")
        } else {
          program.require(
            "\(world.planName(d)) at \(name)", terms,
            to: 0.95 * Double(world.slots(ofDeployment: d)), unit: "requests in flight",
            side: .supply, group: "concurrency of \(world.planName(d))")
        }
      }
    }
  }

  // MARK: Commitments

  /// What is not spent is paid anyway: a shortfall, spread over the hours that are left.
  private mutating func addCommitments() {
    guard let billing = world.billing else { return }
    for commitment in billing.contracts.commitments {
      let outlook = CommitmentNeed(commitment, billing)
      guard outlook.hours > 0, outlook.missing > 0 else { continue }
      let shortfall = program.add(
        "shortfall of \(commitment.name), USD an hour", cost: 1)
      var terms = [LinearProgram.Term(shortfall, 1)]
      for account in commitment.contributors {
        if commitment.counts.contains(.tokens) {
          terms += usage[account].map { .init($0.variable, $0.coefficient * outlook.growth) }
        }
        if commitment.counts.contains(.accelerators) { terms += capacity[account] }
      }
      program.require(
        "commitment \(commitment.name)", terms, from: outlook.missing / outlook.hours,
        unit: "USD/h")
    }
  }

  // MARK: The answer

  /// The placement and purchases that values of the variables stand for.
  public func placement(_ values: [Double]) -> PlannedPlacement {
    var placement = Placement(world)
    var options: [PurchaseOption?] = []
    for id in world.pools.indices {
      let counts = instances[id].map { (option: $0.option, count: values[$0.variable]) }
      let best = counts.max { $0.count < $1.count }
      placement.replicas[id] =
        Int((best?.count ?? 0).rounded()) * replicasPerInstance(id)
      options.append((best?.count ?? 0) > 0.5 ? best?.option : nil)
    }
    for (id, steps) in units {
      let rule = world.provisionedRule(world.endpoints[id])
      placement.units[id] = Int(values[steps].rounded()) * Int(max(1, rule?.unitIncrement ?? 1))
    }
    return PlannedPlacement(placement: placement, purchases: options)
  }

  /// The program with its whole numbers fixed at values: its rows' prices say what one more of each is
  /// worth.
  public func fixed(at values: [Double]) -> LinearProgram {
    var program = program
    for place in program.variables.indices where program.variables[place].isInteger {
      program.fix(place, at: values[place])
    }
    return program
  }
}
