import SimulationKernel

/// Flow control: requests wait at the gateway while the deployments of their model are busy.
extension Simulation {
  /// Lets a request pass, holds it, or turns it away.
  mutating func hold(_ slot: Int) {
    guard let flow = world.gateway.flow else { preconditionFailure("no flow control") }
    let record = records + slot
    let workload = workloads + Int(record.pointee.workload)
    let band = min(workload.pointee.band, flow.ceilings.count - 1)
    let model = workload.pointee.model
    let load = models[model].load
    if band < flow.shedAt.count, load >= flow.shedAt[band] {
      controls[slot].failure = .shed
      turnAway(slot, .shed)
      return
    }
    let tokens = Int64(record.pointee.estimatedOutputTokens)
    let tenant = max(0, workload.pointee.rootTenant)
    if load < flow.ceilings[band], models[model].queue.count == 0 {
      models[model].queue.charge(
        tenant: tenant, input: Int64(record.pointee.promptTokens), output: tokens)
      decide(slot, .first)
      return
    }
    controls[slot].phase = .held
    controls[slot].serial &+= 1
    let limit = workload.pointee.timeToFirstTokenLimit
    let evicted = models[model].queue.push(
      slot: Int32(truncatingIfNeeded: slot), generation: controls[slot].serial, band: band,
      tenant: tenant,
      deadline: limit == .max ? .max : record.pointee.arrival + limit, estimate: tokens,
      cost: (input: Int64(record.pointee.promptTokens), output: tokens), at: now)
    if let evicted {
      controls[Int(evicted.slot)].failure = .shed
      turnAway(Int(evicted.slot), .shed)
    }
    release(model)
  }

  /// Sends on whoever waits for a model as long as there is room.
  mutating func release(_ model: Int) {
    while models[model].queue.count > 0,
      let next = models[model].queue.pop(saturation: models[model].load)
    {
      let slot = Int(next.slot)
      assert(controls[slot].phase == .held && controls[slot].serial == next.generation)
      decide(slot, .first)
    }
  }

  /// A request has left a deployment: there may be room for another.
  mutating func makeRoom(at deployment: Int) {
    guard isFlowControlled else { return }
    let model = modelOf(deployment)
    models[model].inFlight -= 1
    release(model)
  }

  func modelOf(_ deployment: Int) -> Int { Int(deploymentModels[deployment]) }
}

/// A model's deployments taken together, and who waits for them.
struct ModelState: ~Copyable {
  /// Requests the gateway has sent and not seen the end of.
  var inFlight = 0
  /// Requests its deployments can run at once.
  let slots: Int
  var queue: FlowQueue

  init(slots: Int, flow: FlowSettings, tenants: Int) {
    self.slots = slots
    queue = FlowQueue(
      ceilings: flow.ceilings, fairness: flow.fairness, order: flow.order, tenants: tenants,
      capacity: flow.capacity)
  }

  /// Requests in flight over slots.
  var load: Double { slots == 0 ? 1 : Double(inFlight) / Double(slots) }
}
