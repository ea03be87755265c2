import Money
import Multicloud
import SimulationKernel
import Workload

/// Puts list prices to what meters counted: the lines a bill is made of.
///
/// Token prices are per token and meters count tokens, so token lines are exact sums of what requests
/// cost. Capacity is billed by whole seconds of the run; closings are on whole seconds, and of a
/// run that ends inside one the whole is billed.
struct UsagePricing {
  let world: World
  let billing: Billing

  /// A period's lines, in order of deployment, workload and kind, and who used shared capacity.
  struct Priced {
    var lines: [UsageLine] = []
    /// By deployment × tenants + tenant: tokens, output weighed as ``outputWeight``.
    var weights: [Int64]
  }

  /// Output tokens count this many times a prompt token where shared capacity is split between
  /// tenants: list prices of managed models ask 4 to 8 times as much for them (catalog, 2026-07).
  static let outputWeight: Int64 = 4

  init(_ world: World, _ billing: Billing) {
    self.world = world
    self.billing = billing
  }

  /// Whole seconds since the run began; one that was begun counts.
  static func seconds(_ nanoseconds: Int64) -> Int64 {
    (nanoseconds + 999_999_999) / 1_000_000_000
  }

  func price(_ period: borrowing UsagePeriod) -> Priced {
    let seconds = Self.seconds(period.end) - Self.seconds(period.start)
    var priced = Priced(weights: weights(period))
    for deployment in 0..<world.deploymentCount {
      if deployment < period.machines.count, world.pools[deployment].elastic != nil {
        priced.lines += world.capacityLines(ofPool: deployment, period.machines[deployment])
      } else if world.endpoint(ofDeployment: deployment)?.elastic != nil {
        let id = deployment - world.pools.count
        if let line = world.unitLine(ofEndpoint: id, unitSeconds: period.unitSeconds[id]) {
          priced.lines.append(line)
        }
      } else if let line = world.capacityLine(ofDeployment: deployment, seconds: seconds) {
        priced.lines.append(line)
      }
      for workload in world.workloads.indices {
        let cell = workload * world.deploymentCount + deployment
        addTokens(
          deployment, workload, period.tokens[cell], isLong: false, to: &priced.lines)
        addTokens(
          deployment, workload, period.longTokens[cell], isLong: true, to: &priced.lines)
      }
    }
    addTraining(period.jobSeconds, to: &priced.lines)
    addTransfers(period.transfers, to: &priced.lines)
    addStages(period.stageRuns, to: &priced.lines)
    return priced
  }

  // MARK: Weights

  private func weights(_ period: borrowing UsagePeriod) -> [Int64] {
    let tenants = world.tenants.count
    var weights = [Int64](repeating: 0, count: world.deploymentCount * tenants)
    for (id, workload) in world.workloads.enumerated() where workload.tenant >= 0 {
      for deployment in 0..<world.deploymentCount {
        let cell = id * world.deploymentCount + deployment
        for use in [period.tokens[cell], period.longTokens[cell]] {
          weights[deployment * tenants + workload.tenant] +=
            use.input + use.cached + use.written + Self.outputWeight * use.output
        }
      }
    }
    return weights
  }

  // MARK: Tokens

  private func addTokens(
    _ deployment: Int, _ workload: Int, _ use: TokenUse, isLong: Bool, to lines: inout [UsageLine]
  ) {
    guard use.requests > 0 else { return }
    let price = world.price(ofDeployment: deployment)
    if price == TokenPrice() { return }
    let rates =
      isLong
      ? price.long.map { ($0.input, $0.cachedInput, $0.cacheWrite, $0.output) }
      : (price.input, price.cachedInput, price.cacheWrite, price.output)
    guard let rates else { preconditionFailure("long prompts are counted where they have a price") }
    let meters: [(String, Int64, Int64)] = [
      ("input", use.input, rates.0), ("cached-input", use.cached, rates.1),
      ("cache-write", use.written, rates.2), ("output", use.output, rates.3),
    ]
    let endpoint = world.endpoint(ofDeployment: deployment)
    let model = world.models[world.model(ofDeployment: deployment)]
    for (meter, tokens, rate) in meters where tokens > 0 {
      var line = UsageLine(
        account: billing.accountOfDeployment[deployment],
        tenant: world.workloads[workload].tenant, deployment: deployment,
        region: world.region(ofDeployment: deployment),
        sku: "\(model)/\(endpoint?.type ?? "pool")/\(isLong ? "long-" : "")\(meter)",
        service: endpoint.map { "\(world.providers[$0.provider]) models" } ?? "models",
        kind: .tokens,
        isThirdParty: deployment >= world.pools.count
          && billing.isThirdParty[deployment - world.pools.count],
        quantity: tokens, unit: "tokens", list: Money(picodollars: Int128(tokens) * Int128(rate)))
      line.workload = workload
      lines.append(line)
    }
  }

  // MARK: Training

  private func addTraining(_ seconds: [Int64], to lines: inout [UsageLine]) {
    for (id, count) in seconds.enumerated() where count > 0 {
      let job = world.training[id]
      guard let machines = job.machines else { continue }
      let isSpot = world.markets[job.market].kind == .spot
      let share = world.markets[job.market].priceMillionths
      let list = machines.hourly.picodollars * Int128(share) * Int128(count) / (3600 * 1_000_000)
      lines.append(
        UsageLine(
          account: job.account, tenant: job.tenant, region: world.markets[job.market].region,
          sku: machines.instance, service: "training", kind: .accelerators,
          purchase: isSpot ? .spot : machines.purchase, quantity: count,
          unit: "instance-seconds", list: Money(picodollars: list)))
    }
  }

  // MARK: Chains

  private func addTransfers(_ bytes: [Int64], to lines: inout [UsageLine]) {
    let regions = world.regions.count
    guard !bytes.isEmpty else { return }
    for workload in world.workloads.indices {
      for from in 0..<regions {
        for to in 0..<regions {
          let count = bytes[(workload * regions + from) * regions + to]
          let price = billing.transferPerGigabyte[from * regions + to]
          guard count > 0, let account = account(ofRegion: from) else { continue }
          var line = UsageLine(
            account: account, tenant: world.workloads[workload].tenant, region: from,
            sku: "egress/\(world.regionName(from))/\(world.regionName(to))",
            service: "data transfer", kind: .transfer, quantity: count, unit: "bytes",
            list: price.prorated(count, over: 1_000_000_000))
          line.workload = workload
          lines.append(line)
        }
      }
    }
  }

  private func addStages(_ runs: [[Int64]], to lines: inout [UsageLine]) {
    for (workload, demand) in world.workloads.enumerated() {
      for (stage, count) in runs[workload].enumerated() where count > 0 {
        guard let chain = demand.chain, case .timed(let timed) = chain.stages[stage].work,
          timed.picodollarsPerRun > 0, let account = account(ofRegion: timed.region)
        else { continue }
        var line = UsageLine(
          account: account, tenant: demand.tenant, region: timed.region,
          sku: "\(demand.spec.name)/\(chain.stages[stage].name)",
          service: timed.kind == .app ? "application" : "storage",
          kind: timed.kind == .app ? .application : .storage, quantity: count, unit: "requests",
          list: Money(picodollars: Int128(count) * Int128(timed.picodollarsPerRun)))
        line.workload = workload
        lines.append(line)
      }
    }
  }

  /// The account that pays for what belongs to a region and to no deployment: the first of its cloud.
  private func account(ofRegion region: Int) -> Int? {
    let cloud = world.regions[region].cloud
    return billing.contracts.accounts.firstIndex { $0.cloud == cloud }
  }
}
