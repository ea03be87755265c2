import Multicloud
import SimulationKernel
import Workload

/// Rows and totals are two tellings of one run.
struct RowsAgree: Law {
  let name = "rows-agree"
  let statement = "rows of requests, decisions, attempts and minutes add up to the totals"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    let world = try player.world(draft.yaml)
    if seen.repeated > 0 { return "\(seen.repeated) requests have two rows" }
    if seen.requests.count != Int(seen.result.requests) {
      return "\(seen.result.requests) requests arrived, \(seen.requests.count) have a row"
    }
    if seen.decisionNumbers != seen.attemptedDecisions.sorted() {
      return "\(seen.decisionNumbers.count) decisions, \(seen.attemptedDecisions.count) attempts"
    }
    for (key, request) in seen.requests where Int(request.attempts) != seen.attempts[key] ?? 0 {
      return "request \(key) has \(request.attempts) attempts and \(seen.attempts[key] ?? 0) rows"
    }
    for key in Set(seen.decisions.keys).union(seen.attempts.keys)
    where seen.decisions[key] != seen.attempts[key] {
      return "request \(key) has \(seen.decisions[key] ?? 0) decisions and "
        + "\(seen.attempts[key] ?? 0) attempts"
    }
    return byStatus(seen, world) ?? byMinute(seen) ?? byPool(seen, world) ?? byMoney(seen, world)
  }

  private func byStatus(_ seen: Observation, _ world: World) -> String? {
    for (id, workload) in world.workloads.enumerated() {
      let rows = seen.requests.filter { $0.key.workload == workload.spec.name }.map(\.value)
      func count(_ status: RequestRecord.Status) -> Int64 {
        Int64(rows.count { $0.status == status })
      }
      var totals = SimulationResult.Totals()
      totals.arrived = Int64(rows.count)
      totals.completed = count(.completed)
      totals.rejected = count(.rejected)
      totals.failed = count(.failed)
      totals.cancelled = count(.cancelled)
      totals.inFlight = count(.inFlight)
      if totals != seen.result.totals[id] {
        return "'\(workload.spec.name)' by rows: \(totals), by totals: \(seen.result.totals[id])"
      }
    }
    return nil
  }

  private func byMinute(_ seen: Observation) -> String? {
    for (id, deployment) in seen.result.deployments.enumerated() {
      var totals = deployment.totals
      totals.inFlight = 0
      totals.spilledIn = 0
      totals.spilledOut = 0
      let minutes = seen.minuteTotals[id] ?? DeploymentTotals()
      if minutes != totals { return "deployment \(id) by minutes: \(minutes), in all: \(totals)" }
    }
    return seen.limitsRaised == 0 ? nil : "a cut raised the limit of a quota"
  }

  private func byPool(_ seen: Observation, _ world: World) -> String? {
    for (id, pool) in world.pools.enumerated() {
      let minutes = seen.poolMinutes[id] ?? Observation.PoolSums()
      let totals = seen.result.pools[id]
      // Totals leave out the warm-up, minutes do not.
      let isWhole = world.warmup == .zero
      func agree<Number: Comparable>(_ minutes: Number, _ total: Number) -> Bool {
        isWhole ? minutes == total : minutes >= total
      }
      guard agree(minutes.outputTokens, totals.work.outputTokens),
        agree(minutes.busy, totals.work.busy), agree(minutes.arrivals, totals.arrived)
      else {
        return "pool '\(pool.name)' by minutes: \(minutes), in all: \(totals.arrived) arrived, "
          + "\(totals.work.outputTokens) output tokens, \(totals.work.busy) busy"
      }
    }
    return nil
  }

  private func byMoney(_ seen: Observation, _ world: World) -> String? {
    let chains = Set(world.workloads.filter { $0.chain != nil }.map(\.spec.name))
    let spent = seen.result.deployments.reduce(Int128(0)) { $0 + $1.totals.picodollars }
    let paid = seen.requests.reduce(Int128(0)) {
      $0 + (chains.contains($1.key.workload) ? 0 : Int128($1.value.picodollars))
    }
    return spent == paid
      ? nil : "deployments took \(spent) picodollars, requests paid \(paid)"
  }
}
