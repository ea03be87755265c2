import Estimate
import Money
import Multicloud
import SimulationKernel

/// The bill that is expected: the same books as a simulation's, fed with expected usage rounded to whole
/// tokens, so that every rule of every contract holds in an estimate too.
struct ExpectedBooks {
  let world: World
  let billing: Billing

  /// Edges of billing periods over a horizon, seconds from the start, the end of the horizon included: every
  /// closing of the accounts, or, over more than a month, one a day.
  static func periods(_ contracts: Contracts, horizon: Duration) -> [Double] {
    let start = contracts.starts
    let end = start.adding(seconds: (horizon.nanoseconds + 999_999_999) / 1_000_000_000)
    let isLong = horizon.seconds > 31 * 86_400
    var edges: [Double] = []
    var now = start
    while now < end {
      edges.append(Double(now.seconds - start.seconds))
      now =
        isLong ? contracts.nextDay(after: now) : contracts.nextClosing(after: now)
    }
    return edges + [horizon.seconds]
  }

  /// Closes the books over an estimate's usage.
  func bill(_ estimate: WorldEstimate, edges: [Double]) -> Books.Closing {
    precondition(estimate.usage.count == edges.count - 1, "every period has its usage")
    do {
      let books = try Books(world, billing, in: nil)
      for (at, usage) in estimate.usage.enumerated() {
        books.take(period(usage, from: edges[at], to: edges[at + 1]), isEven: true)
      }
      return try books.closing()
    } catch {
      preconditionFailure("books without tables write nothing: \(error)")
    }
  }

  private func period(_ usage: UsageEstimate, from: Double, to: Double) -> UsagePeriod {
    func whole(_ value: Double) -> Int64 { Int64(max(0, value).rounded()) }
    let cells = usage.requests.count
    var tokens = [TokenUse](repeating: TokenUse(), count: cells)
    var longTokens = tokens
    for cell in 0..<cells where usage.requests[cell] > 0 {
      let cached = whole(usage.cachedTokens[cell])
      let written = whole(usage.writtenTokens[cell])
      let prompt = whole(usage.promptTokens[cell] - usage.longPromptTokens[cell])
      tokens[cell].requests = max(1, whole(usage.requests[cell] - usage.longRequests[cell]))
      tokens[cell].cached = min(prompt, cached)
      tokens[cell].written = min(prompt - tokens[cell].cached, written)
      tokens[cell].input = prompt - tokens[cell].cached - tokens[cell].written
      tokens[cell].output = whole(usage.outputTokens[cell] - usage.longOutputTokens[cell])
      guard usage.longRequests[cell] > 0 else { continue }
      longTokens[cell].requests = max(1, whole(usage.longRequests[cell]))
      longTokens[cell].input = whole(usage.longPromptTokens[cell])
      longTokens[cell].output = whole(usage.longOutputTokens[cell])
    }
    let regions = world.regions.count
    var stageRuns: [[Int64]] = []
    var transfers = [Int64](repeating: 0, count: 0)
    if world.workloads.contains(where: { $0.chain != nil }) {
      transfers = [Int64](repeating: 0, count: world.workloads.count * regions * regions)
    }
    for (id, workload) in world.workloads.enumerated() {
      let runs = whole(usage.arrived[id])
      stageRuns.append([Int64](repeating: runs, count: workload.chain?.stages.count ?? 0))
      guard let chain = workload.chain else { continue }
      for (stage, from, to) in chain.crossings(world, usage, workload: id) {
        let bytes = whole(Double(chain.stages[stage].bytesOut) * from.share * to.share)
        transfers[(id * regions + from.region) * regions + to.region] += bytes * runs
      }
    }
    return UsagePeriod(
      start: Int64((from * 1e9).rounded()), end: Int64((to * 1e9).rounded()), tokens: tokens,
      longTokens: longTokens, joules: usage.joules, transfers: transfers, stageRuns: stageRuns)
  }
}

/// A region and the share of requests that are there.
struct RegionShare {
  var region: Int
  var share: Double
}

extension Chain {
  /// Every pair of different regions between which a stage's bytes go, with the share of requests.
  func crossings(
    _ world: World, _ usage: UsageEstimate, workload: Int
  ) -> [(stage: Int, from: RegionShare, to: RegionShare)] {
    let places = stages.map { stage -> [RegionShare] in
      switch stage.work {
      case .timed(let timed): return [RegionShare(region: timed.region, share: 1)]
      case .call(let called):
        let count = world.deploymentCount
        var shares = [Double](repeating: 0, count: world.regions.count)
        for d in 0..<count {
          shares[world.region(ofDeployment: d)] += usage.requests[called * count + d]
        }
        let total = shares.reduce(0, +)
        return total > 0
          ? shares.indices.filter { shares[$0] > 0 }.map {
            RegionShare(region: $0, share: shares[$0] / total)
          } : []
      }
    }
    var crossings: [(Int, RegionShare, RegionShare)] = []
    for (number, stage) in stages.enumerated() {
      for before in stage.after {
        for from in places[before] {
          for to in places[number] where from.region != to.region {
            crossings.append((before, from, to))
          }
        }
      }
    }
    return crossings
  }
}
