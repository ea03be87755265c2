import Multicloud
import ServingEngine
import SimulationKernel

/// Finds where the requests of a level go: the gateway's own policy, asked about expected loads.
///
/// Each stream is cut into portions. A portion goes where the policy sends it; what quotas refuse of it
/// spills over, is tried elsewhere, waits or is lost, as in the simulation. Loads follow from the flows,
/// flows from the loads: portions are taken out and put in again one by one until both agree.
struct LevelSolver: ~Copyable {
  let world: World
  let streams: [StreamDemand]
  let endpoints: [EndpointModel]
  private let quotas: [QuotaModel]
  private var probe: GatewayProbe
  private let asks: [GatewayProbe.Ask]
  let candidates: [[DeploymentCandidates.Candidate]]
  let poolCount: Int
  let deploymentCount: Int
  private let tenantQuotas: [[Int]]

  /// Requests in flight a request a second makes where none is yet, by stream × deployments + deployment.
  private let unloaded: [Double]
  /// Whether the policy sees measured times to first token.
  private let readsLatency: Bool
  /// Whether a breaker leaves a deployment alone for as long as its quota says.
  private let avoidsThrottled: Bool

  /// By workload: share of requests whose conversation is warm at each deployment; empty where no provider
  /// caches. Set from outside it stays; otherwise each level finds its own.
  var conversations: [[Double]]
  var keepsConversations = false

  private static let portions = 24
  private static let sweeps = 3
  private static let rounds = 8
  private static let loopRounds = 16

  init(_ world: World, streams: [StreamDemand]) {
    self.world = world
    self.streams = streams
    poolCount = world.pools.count
    deploymentCount = world.deploymentCount
    endpoints = world.endpoints.map { EndpointModel($0) }
    avoidsThrottled =
      world.gateway.breaker.map { $0.opensOnThrottling && $0.honoursRetryAfter } ?? false
    readsLatency = ["contract-aware", "latency-band", "weighted-scores"].contains(
      world.gateway.policy)
    quotas = world.quotas.map { QuotaModel($0.rule) }
    let probe = GatewayProbe(world)
    let mine = streams.map { probe.candidates(workload: $0.workload, origin: $0.origin) }
    candidates = mine
    unloaded = streams.indices.flatMap { s in
      (0..<world.deploymentCount).map { d in
        mine[s].contains { $0.deployment == d } ? Self.unloaded(world, streams[s], d) : 0
      }
    }
    self.probe = probe
    conversations = world.workloads.map { _ in [] }
    asks = streams.map { stream in
      GatewayProbe.Ask(
        promptTokens: stream.promptTokens, outputTokens: stream.outputTokens,
        maximumOutputTokens: stream.maximumOutput,
        timeToFirstTokenLimit: world.workloads[stream.workload].objective.timeToFirstToken?.limit
          .seconds)
    }
    tenantQuotas = world.workloads.map { workload in
      workload.tenant < 0
        ? [] : world.lineage(ofTenant: workload.tenant).flatMap { world.tenants[$0].quotas }
    }
  }

  /// Share of a workload's requests whose conversation is warm when these many come a second.
  static func warmShare(_ cache: PromptCache, rate: Double) -> Double {
    1 - DeterministicMath.exp(-rate * cache.lifetime.seconds / Double(cache.conversations))
  }

  /// Where a request of a stream goes whose conversation is warm at a deployment (-1 for cold), with the
  /// loads of the level solved last.
  mutating func choice(_ stream: Int, cachedAt: Int, _ input: LevelInput) -> Int? {
    var portion = Portion(stream: stream, number: 0)
    portion.cachedAt = cachedAt
    let number = probe.choose(
      workload: streams[stream].workload, origin: streams[stream].origin, ask: ask(portion),
      draw: 0,
      isEligible: { candidate, _ in
        candidate.tier == 0 && !input.conditions[candidate.deployment].isDown
      })
    return number.map { candidates[stream][$0].deployment }
  }

  /// Tells the policy what contracts save, by deployment.
  func show(saved: [Double]) {
    for id in 0..<deploymentCount { probe.show(saved: saved[id], at: id) }
  }

  /// Seconds of a request at a deployment with little else to do.
  private static func unloaded(_ world: World, _ stream: StreamDemand, _ d: Int) -> Double {
    if let endpoint = world.endpoint(ofDeployment: d) {
      return EndpointModel(endpoint).seconds(stream, cached: 0, inFlight: 0, slowness: 1)
    }
    let model = PoolModel(world.pools[d], mix: RequestMix(stream))
    let half = max(1, model.chain.cap / 4)
    return model.chain.steps[half] * stream.outputTokens
  }

  // MARK: A level

  /// One portion's way: what it adds to the flows.
  private struct Leg {
    var deployment: Int
    var attempts: Double
    var served: Double
    var waited: Bool
    var delay: Double
    var from: Int
    var isCached: Bool
  }

  private struct Portion {
    var stream: Int
    var number: Int
    /// Deployment whose provider holds its conversations' prompts; -1 for none.
    var cachedAt = -1
    var legs: [Leg] = []
    var lost = 0.0
    /// Lost after a refusal by a tenant's own limits; nothing was tried.
    var spills: [(from: Int, to: Int, rate: Double)] = []
  }

  /// Where the requests of a level go. O(rounds × portions × candidates).
  mutating func solve(_ input: LevelInput) -> LevelState {
    var state = LevelState(
      streams: streams.count, deployments: deploymentCount, pools: poolCount,
      quotas: world.quotas.count, rates: input.rates)
    var portions: [Portion] = []
    for s in streams.indices {
      let count = candidates[s].count > 1 ? Self.portions : 1
      for number in 0..<count { portions.append(Portion(stream: s, number: number)) }
    }
    // All streams fill up together, as they arrive together.
    portions.sort {
      let a = Double($0.number) / Double(candidates[$0.stream].count > 1 ? Self.portions : 1)
      let b = Double($1.number) / Double(candidates[$1.stream].count > 1 ? Self.portions : 1)
      return (a, $0.stream) < (b, $1.stream)
    }
    let hasLoops = streams.contains { $0.closedLoop != nil }
    guard hasLoops else {
      settle(&portions, input, &state, rounds: Self.rounds)
      return state
    }
    // Clients that wait for their answers send the faster the sooner these come: halve the range of
    // their common pace until what they send is what the answers allow.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<Self.loopRounds {
      let pace = (low + high) / 2
      for (s, stream) in streams.enumerated() {
        if let loop = stream.closedLoop { state.rates[s] = pace * loop.rate(latency: 0) }
      }
      settle(&portions, input, &state, rounds: 3)
      let (sent, allowed) = loops(state)
      if sent < allowed { low = pace } else { high = pace }
    }
    return state
  }

  /// Goes round until flows and loads agree.
  private mutating func settle(
    _ portions: inout [Portion], _ input: LevelInput, _ state: inout LevelState, rounds: Int
  ) {
    for round in 0..<rounds {
      let before = state.served
      var book = LoadBook(world, streams, state, unloaded: unloaded)
      route(&portions, input, state, &book, isFirst: round == 0)
      collect(portions, input, into: &state)
      noteConversations(state)
      follow(input, &state)
      if round > 1, isSettled(before, state.served, state.rates) { break }
    }
  }

  private func isSettled(_ before: [Double], _ after: [Double], _ rates: [Double]) -> Bool {
    let total = rates.reduce(0, +)
    let change = zip(before, after).reduce(0) { $0 + abs($1.0 - $1.1) }
    return change <= 2e-3 * total
  }

  private mutating func route(
    _ portions: inout [Portion], _ input: LevelInput, _ state: LevelState, _ book: inout LoadBook,
    isFirst: Bool
  ) {
    for id in 0..<deploymentCount { showLatency(id, state, book, isFirst: isFirst) }
    if isFirst {
      book.clear()
      for id in 0..<deploymentCount { probe.show(load: 0, at: id) }
    } else {
      for id in 0..<deploymentCount { probe.show(load: book.load(id), at: id) }
    }
    for sweep in 0..<(isFirst ? 1 : Self.sweeps) {
      for place in portions.indices {
        let stream = portions[place].stream
        let count = candidates[stream].count > 1 ? Self.portions : 1
        if sweep > 0 && count == 1 { continue }
        for leg in portions[place].legs where leg.served > 0 {
          book.add(stream, leg.deployment, -leg.served)
          probe.show(load: book.load(leg.deployment), at: leg.deployment)
          showLatency(leg.deployment, state, book, isFirst: isFirst)
        }
        portions[place].legs.removeAll(keepingCapacity: true)
        portions[place].spills.removeAll(keepingCapacity: true)
        portions[place].lost = 0
        portions[place].cachedAt = cachedAt(portions[place], of: count)
        let mass = state.rates[stream] / Double(count)
        if mass > 0 { follow(&portions[place], mass, input, state) }
        for leg in portions[place].legs where leg.served > 0 {
          book.add(stream, leg.deployment, leg.served)
          probe.show(load: book.load(leg.deployment), at: leg.deployment)
          showLatency(leg.deployment, state, book, isFirst: isFirst)
        }
      }
    }
  }

  /// Shows what the gateway would measure at a deployment with the requests of the book.
  private func showLatency(_ id: Int, _ state: LevelState, _ book: LoadBook, isFirst: Bool) {
    guard readsLatency else { return }
    if id < poolCount, !isFirst, let curve = state.curves[id] {
      probe.show(latency: curve.seconds(rate: book.rate(id)) + state.wayBack[id], at: id)
    } else {
      probe.show(latency: isFirst ? nil : state.firstToken[id] + state.wayBack[id], at: id)
    }
  }

  /// Where the conversations of a portion were last, as they are spread over deployments.
  private func cachedAt(_ portion: Portion, of count: Int) -> Int {
    let spread = conversations[streams[portion.stream].workload]
    guard !spread.isEmpty else { return -1 }
    // Portions take their place in the law in another order than they are poured.
    var left = (Double(portion.number * 7 % count) + 0.5) / Double(count)
    for d in spread.indices {
      left -= spread[d]
      if left < 0 { return d }
    }
    return -1
  }

  private func ask(_ portion: Portion) -> GatewayProbe.Ask {
    var ask = asks[portion.stream]
    guard portion.cachedAt >= poolCount,
      let cache = world.workloads[streams[portion.stream].workload].promptCache
    else { return ask }
    ask.cachedAt = portion.cachedAt
    ask.cachedTokens = cache.share * ask.promptTokens
    return ask
  }

  /// Follows a portion through refusals, spillover, retries and failover to its end.
  private mutating func follow(
    _ portion: inout Portion, _ mass: Double, _ input: LevelInput, _ state: LevelState
  ) {
    let stream = portion.stream
    let workload = world.workloads[streams[stream].workload]
    let retry = world.gateway.retry
    let clientRetry = workload.clientRetry
    let least = mass * 1e-4
    var rest = mass
    var waited = false
    var delay = 0.0
    // Part of what was turned away last that its tenant's own limits turned away.
    var tenantShare = 0.0
    var from = -1
    let tiers = (candidates[stream].map(\.tier).max() ?? 0) + 1
    for client in 0..<clientRetry.attempts {
      if client > 0 {
        if rest < least { break }
        let told = quotaWait(stream, portion, state, isTenant: tenantShare > 0.5)
        waited = clientRetry.honoursRetryAfter && !avoidsThrottled && told > 0
        let pause = min(
          clientRetry.maximum.seconds,
          clientRetry.initial.seconds
            * DeterministicMath.pow(clientRetry.factor, Double(client - 1)))
        delay += waited ? max(told, pause) : pause
      }
      let refusedByTenant = tenantQuotas[streams[stream].workload].reduce(1.0) { kept, quota in
        let refused = state.quotaRefused[quota]
        return kept * (1 - (waited ? refused.waited : refused.first))
      }
      var turned = rest * (1 - refusedByTenant)
      rest -= turned
      for tier in 0..<tiers {
        if rest < least { break }
        var tried: Set<Int> = []
        var refusing: Set<Int> = []
        var tries = 0
        while tries < retry.attempts, rest >= least {
          guard
            let number = probe.choose(
              workload: streams[stream].workload, origin: streams[stream].origin,
              ask: ask(portion), draw: UInt64(portion.number) << 8 | UInt64(tries),
              isEligible: { candidate, number in
                candidate.tier == tier && !tried.contains(number)
                  && !(input.conditions[candidate.deployment].isDown
                    && world.gateway.breaker != nil)
              })
          else {
            if tried.isEmpty { break }
            // All were tried: wait, then once more, unless a breaker keeps what refused closed.
            if avoidsThrottled { break }
            tried = []
            refusing = []
            waited = true
            if !retry.retriesThrottling { break }
            delay += max(
              retry.honoursRetryAfter ? quotaWait(stream, portion, state, isTenant: false) : 0,
              retry.initial.seconds)
            continue
          }
          let deployment = candidates[stream][number].deployment
          attempt(
            &portion, deployment, &rest, input, state, waited: waited, delay: delay, from: &from,
            refusing: &refusing)
          tried.insert(number)
          tries += 1
        }
        if !world.gateway.failsOver { break }
      }
      tenantShare = turned + rest > 0 ? turned / (turned + rest) : 0
      turned += rest
      rest = turned
    }
    portion.lost += rest
  }

  /// One attempt, and the provider's spillover after it.
  private func attempt(
    _ portion: inout Portion, _ first: Int, _ rest: inout Double, _ input: LevelInput,
    _ state: LevelState, waited: Bool, delay: Double, from: inout Int, refusing: inout Set<Int>
  ) {
    var deployment = first
    var isSpilled = false
    while true {
      let refused = refusedShare(deployment, input, state, waited: waited, &refusing)
      let served = rest * (1 - refused)
      portion.legs.append(
        Leg(
          deployment: deployment, attempts: rest, served: served, waited: waited, delay: delay,
          from: from, isCached: portion.cachedAt == deployment))
      rest -= served
      from = deployment
      guard !isSpilled, rest > 0,
        let target = world.endpoint(ofDeployment: deployment)?.spillover
      else { return }
      portion.spills.append((deployment, target + poolCount, rest))
      isSpilled = true
      deployment = target + poolCount
    }
  }

  /// How long the last that refused says to wait, on average; 0 where none said.
  private func quotaWait(
    _ stream: Int, _ portion: Portion, _ state: LevelState, isTenant: Bool
  ) -> Double {
    if isTenant {
      return tenantQuotas[streams[stream].workload].map { state.quotaRefused[$0].wait }.max() ?? 0
    }
    let last = portion.legs.last.flatMap { world.endpoint(ofDeployment: $0.deployment)?.quotas }
    return last?.map { state.quotaRefused[$0].wait }.max() ?? 0
  }

  /// The share of attempts a deployment refuses. A quota that has refused once refuses again at once.
  private func refusedShare(
    _ deployment: Int, _ input: LevelInput, _ state: LevelState, waited: Bool,
    _ refusing: inout Set<Int>
  ) -> Double {
    if input.conditions[deployment].isDown || input.conditions[deployment].isSilent { return 1 }
    guard let endpoint = world.endpoint(ofDeployment: deployment) else { return 0 }
    var kept = 1.0
    for quota in endpoint.quotas {
      let refused = state.quotaRefused[quota]
      let share =
        refusing.contains(quota) && !waited ? 1 : (waited ? refused.waited : refused.first)
      if share > 0 { refusing.insert(quota) }
      kept *= 1 - share
    }
    let slots = endpoints[deployment - poolCount].slots
    if state.inFlight[deployment] > slots { kept *= slots / state.inFlight[deployment] }
    return 1 - kept
  }

  // MARK: Flows and loads

  private func collect(_ portions: [Portion], _ input: LevelInput, into state: inout LevelState) {
    var next = LevelState(
      streams: streams.count, deployments: deploymentCount, pools: poolCount,
      quotas: world.quotas.count, rates: state.rates)
    for portion in portions {
      let row = portion.stream * deploymentCount
      for leg in portion.legs {
        let cell = row + leg.deployment
        next.attempts[cell] += leg.attempts
        if leg.from < 0 {
          next.firstChoices[cell] += leg.attempts
        } else {
          next.moves[portion.stream][leg.from * deploymentCount + leg.deployment] += leg.attempts
        }
        next.served[cell] += leg.served
        if leg.waited { next.servedAfterWait[cell] += leg.served }
        if leg.isCached, leg.deployment >= poolCount,
          let cache = world.workloads[streams[portion.stream].workload].promptCache
        {
          next.cached[cell] += leg.served * cache.share * streams[portion.stream].promptTokens
        }
        if leg.delay > 0 {
          next.note(late: leg.served, after: leg.delay, cell: cell, isTold: leg.waited)
        }
        next.refused[leg.deployment] += leg.attempts - leg.served
      }
      for spill in portion.spills {
        next.spilledOut[spill.from] += spill.rate
        next.spilledIn[spill.to] += spill.rate
      }
      next.lost[portion.stream] += portion.lost
    }
    for cell in next.cached.indices where next.served[cell] > 0 {
      next.cached[cell] /= next.served[cell]
    }
    next.inFlight = state.inFlight
    next.pools = state.pools
    next.models = state.models
    next.curves = state.curves
    next.wayBack = state.wayBack
    next.firstToken = state.firstToken
    next.offered = state.offered
    next.quotaRefused = state.quotaRefused
    state = next
  }

  /// Loads, latencies and refusals that follow from the flows.
  private func follow(_ input: LevelInput, _ state: inout LevelState) {
    for d in 0..<deploymentCount { state.wayBack[d] = way(d, state) }
    for pool in 0..<poolCount { settlePool(pool, input, &state) }
    for endpoint in endpoints.indices { settleEndpoint(endpoint, input, &state) }
    settleQuotas(input, &state)
  }

  /// Mean seconds there and back of the requests a deployment serves; of the nearest where it has none.
  private func way(_ d: Int, _ state: LevelState) -> Double {
    var (sum, served, least) = (0.0, 0.0, Double.infinity)
    for s in streams.indices {
      guard let candidate = candidates[s].first(where: { $0.deployment == d }) else { continue }
      let seconds = 2 * candidate.oneWay.seconds
      sum += state.served[s * deploymentCount + d] * seconds
      served += state.served[s * deploymentCount + d]
      least = min(least, seconds)
    }
    return served > 0 ? sum / served : least.isFinite ? least : 0
  }

  /// Conversations are where their last requests were served.
  private mutating func noteConversations(_ state: LevelState) {
    guard !keepsConversations else { return }
    for (id, workload) in world.workloads.enumerated() {
      guard let cache = workload.promptCache else { continue }
      var served = [Double](repeating: 0, count: deploymentCount)
      for s in streams.indices where streams[s].workload == id {
        for d in 0..<deploymentCount { served[d] += state.served[s * deploymentCount + d] }
      }
      let all = served.reduce(0, +)
      guard all > 0 else { continue }
      let warm = Self.warmShare(cache, rate: all)
      conversations[id] = served.map { warm * $0 / all }
    }
  }

  /// The model of a pool under the requests that come, or may come where none do.
  func poolModel(_ pool: Int, _ input: LevelInput, _ state: LevelState) -> PoolModel? {
    var slowed = world.pools[pool]
    let slowness = input.conditions[pool].slowness
    if slowness > 1 { slowed.stepTime = slowed.stepTime.scaled(by: slowness) }
    let weights = streams.indices.map { state.served[$0 * deploymentCount + pool] }
    if let mix = RequestMix(streams, weights: weights) {
      return PoolModel(slowed, mix: mix)
    }
    let may = streams.indices.map { s in
      candidates[s].contains { $0.deployment == pool } ? 1.0 : 0
    }
    return RequestMix(streams, weights: may).map { PoolModel(slowed, mix: $0) }
  }

  private func settlePool(_ pool: Int, _ input: LevelInput, _ state: inout LevelState) {
    guard world.pools[pool].replicas > 0, let model = poolModel(pool, input, state) else { return }
    let rate = streams.indices.reduce(0) { $0 + state.served[$1 * deploymentCount + pool] }
    let figures = model.figures(rate: rate)
    state.pools[pool] = figures
    let slots = Double(world.slots(ofDeployment: pool))
    state.inFlight[pool] =
      figures.waiting.isFinite ? figures.running + figures.waiting : 2 * slots * figures.load
    state.models[pool] = model
    state.firstToken[pool] = model.meanFirstToken(figures)
    if state.curves[pool] == nil { state.curves[pool] = PoolCurve(model) }
  }

  private func settleEndpoint(_ id: Int, _ input: LevelInput, _ state: inout LevelState) {
    let deployment = poolCount + id
    let slowness = input.conditions[deployment].slowness
    var inFlight = 0.0
    var first = 0.0
    var served = 0.0
    for (s, stream) in streams.enumerated() {
      let cell = s * deploymentCount + deployment
      guard state.served[cell] > 0 else { continue }
      inFlight +=
        state.served[cell]
        * endpoints[id].seconds(
          stream, cached: state.cached[cell], inFlight: state.inFlight[deployment],
          slowness: slowness)
      served += state.served[cell]
    }
    first = endpoints[id].point(inFlight: inFlight).seconds * slowness
    state.inFlight[deployment] =
      state.inFlight[deployment] == 0 ? inFlight : (state.inFlight[deployment] + inFlight) / 2
    state.firstToken[deployment] = first
  }

  private func settleQuotas(_ input: LevelInput, _ state: inout LevelState) {
    guard !quotas.isEmpty else { return }
    var loads = [QuotaModel.Load](repeating: QuotaModel.Load(), count: quotas.count)
    for (s, stream) in streams.enumerated() {
      let workload = streams[s].workload
      for quota in tenantQuotas[workload] {
        let seconds = meanSeconds(s, state)
        loads[quota].add(
          stream, rate: state.rates[s], waited: 0, cached: 0, seconds: seconds)
      }
      for (id, endpoint) in world.endpoints.enumerated() where !endpoint.quotas.isEmpty {
        let cell = s * deploymentCount + poolCount + id
        // What a quota of another endpoint has refused asks this one in vain, where it is the same.
        let asked = state.attempts[cell] - vain(s, id, state)
        guard asked > 0 else { continue }
        let waitedShare =
          state.served[cell] > 0 ? state.servedAfterWait[cell] / state.served[cell] : 0
        let seconds = endpoints[id].seconds(
          stream, cached: state.cached[cell], inFlight: state.inFlight[poolCount + id], slowness: 1)
        for quota in endpoint.quotas {
          loads[quota].add(
            stream, rate: asked * (1 - waitedShare), waited: asked * waitedShare,
            cached: state.cached[cell], seconds: seconds)
        }
      }
    }
    for id in quotas.indices {
      state.offered[id] = quotas[id].offered(loads[id]) / max(1e-9, input.cuts[id])
      let refused = quotas[id].refused(loads[id], cut: input.cuts[id])
      // Half way from the last, so that flows and refusals meet.
      state.quotaRefused[id].first = (state.quotaRefused[id].first + refused.first) / 2
      state.quotaRefused[id].waited = (state.quotaRefused[id].waited + refused.waited) / 2
      state.quotaRefused[id].wait = refused.wait
    }
  }

  /// Attempts at an endpoint that come at once from another with a quota in common.
  private func vain(_ stream: Int, _ id: Int, _ state: LevelState) -> Double {
    var sum = 0.0
    let mine = Set(world.endpoints[id].quotas)
    for (other, endpoint) in world.endpoints.enumerated()
    where other != id && !mine.isDisjoint(with: endpoint.quotas) {
      sum +=
        state.moves[stream][
          (poolCount + other) * deploymentCount + poolCount + id]
    }
    return sum
  }
}
