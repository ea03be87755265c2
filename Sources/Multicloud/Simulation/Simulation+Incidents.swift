import ServingEngine
import SimulationKernel

/// What goes wrong, and when it is over.
extension Simulation {
  mutating func beginIncident(_ id: Int) {
    let place = activeIncidents.firstIndex { $0 > id } ?? activeIncidents.count
    activeIncidents.insert(id, at: place)
    watch.begin(id, at: now)
    let before = (0..<deploymentCount).map { (deployments[$0].fails, deployments[$0].hangs) }
    applyIncidents()
    for (slot, number) in requestsInOrder() {
      // One that ended, or moved to another slot, when another's failure made room.
      guard fleet.isInUse(slot), records[slot].number == number else { continue }
      let deployment = Int(records[slot].deployment)
      guard deployment >= 0 else { continue }
      if deployments[deployment].fails, !before[deployment].0 {
        failAttempt(slot, .serverError)
      } else if deployments[deployment].hangs, !before[deployment].1 {
        silence(slot)
      }
    }
  }

  /// Requests under way in the order of their arrival; that of their slots is an accident of what else
  /// was under way before.
  private func requestsInOrder() -> [(slot: Int, number: UInt64)] {
    (0..<fleet.slotBound).filter { fleet.isInUse($0) }
      .map { (slot: $0, number: records[$0].number) }
      .sorted { $0.number < $1.number }
  }

  mutating func endIncident(_ id: Int) {
    activeIncidents.removeAll { $0 == id }
    watch.end(id)
    applyIncidents()
  }

  /// Works out from the incidents under way what they do to every deployment and quota.
  /// O(incidents × deployments).
  private mutating func applyIncidents() {
    for deployment in 0..<deploymentCount {
      deployments[deployment].fails = false
      deployments[deployment].hangs = false
      deployments[deployment].slowness = 1
      deployments[deployment].loss = nil
    }
    losesPackets = false
    defer { setStepTimes() }
    var shares = [Double](repeating: 1, count: world.quotas.count)
    for id in activeIncidents {
      let incident = incidents[id]
      if case .quota(let quota) = incident.target, case .cuts(let share) = incident.effect {
        shares[quota] = min(shares[quota], share)
      }
      for deployment in 0..<deploymentCount where world.hits(incident.target, deployment) {
        switch incident.effect {
        case .fails: deployments[deployment].fails = true
        case .hangs: deployments[deployment].hangs = true
        case .slows(let factor):
          deployments[deployment].slowness = min(
            Incident.mostSlowness, deployments[deployment].slowness * factor)
        case .cuts(let share):
          guard let endpoint = world.endpoint(ofDeployment: deployment) else { continue }
          for quota in endpoint.quotas { shares[quota] = min(shares[quota], share) }
        case .loses(let loss):
          losesPackets = true
          deployments[deployment].loss = deployments[deployment].loss?.combined(with: loss) ?? loss
        }
      }
    }
    for quota in shares.indices where shares[quota] != quotaShares[quota] {
      quotaShares[quota] = shares[quota]
      quotas.reduce(quota, toShare: shares[quota], at: now)
      // What begins on the edge of a minute belongs to the next.
      if now - minuteStart < Self.minute {
        let limit = quotas.reading(quota, at: now).effectiveLimit
        quotaMinutes[quota].effectiveLimit = min(quotaMinutes[quota].effectiveLimit, limit)
      }
    }
  }

  /// Lets the replicas of pools compute as fast as they may now, from the next step on.
  private mutating func setStepTimes() {
    for pool in 0..<poolCount where !brownOuts.profiles[pool].isEmpty {
      let factor = deployments[pool].slowness
      guard let slow = brownOuts.profiles[pool].first(where: { $0.factor == factor }) else {
        preconditionFailure("a factor for which no profile was made")
      }
      let first = pools[pool].firstReplica
      for replica in first..<(first + pools[pool].replicas) {
        fleet.setProfile(replica, to: slow.profile, at: now)
        boundaries.update(replica, to: fleet.key(of: replica))
      }
    }
  }

  /// A request in service at a deployment that falls silent gets no answer any more.
  private mutating func silence(_ slot: Int) {
    switch controls[slot].phase {
    case .atEndpoint: silenceEndpoint(slot)
    case .atPool: failAttempt(slot, .noAnswer)
    default: break
    }
  }
}

extension World {
  /// Whether what befalls a target befalls a deployment.
  public func hits(_ target: Incident.Target, _ deployment: Int) -> Bool {
    switch target {
    case .cloud(let id): regions[region(ofDeployment: deployment)].cloud == id
    case .region(let id): region(ofDeployment: deployment) == id
    case .zone(let id): regions[region(ofDeployment: deployment)].zone == id
    case .account(let id): account(ofDeployment: deployment) == id
    case .provider(let id): endpoint(ofDeployment: deployment)?.provider == id
    case .deployment(let id):
      deployment == id || deployment < pools.count && pools[deployment].role == .decode(of: id)
    case .quota: false
    case .link(let a, let b):
      // The gateway's end of the way is where requests enter; at the clients' edge it is in no cloud.
      network.ingress.map { gateway in
        let ends = (regions[gateway].cloud, regions[region(ofDeployment: deployment)].cloud)
        return ends == (a, b) || ends == (b, a)
      } ?? false
    }
  }
}
