import ServingEngine
import SimulationKernel

/// A continuous-batching replica that walks every step and, in it, every sequence.
///
/// It is the yardstick for the real engine, so it is written to be read next to the scheduler's
/// rules (vLLM V1, `vllm/v1/core/sched/scheduler.py`) and believed: no closed forms, no state that
/// could be derived, and every promise checked on the way.
///
/// The clock is exact, in picoseconds. What happens at a boundary is visible at the next whole
/// nanosecond. One call of `schedule` in which everybody who was tried got preempted schedules
/// nobody; such a step takes no time, so scheduling is tried again at the same boundary.
///
/// A request whose prompt another engine has computed takes blocks for its first step when its turn in the
/// queue comes. Its cache is then copied into them, by itself, and from the moment it is there the request
/// joins the batch before all who wait. Blocks that stay taken after an end are given back later.
///
/// When the replica dies, whatever is visible by then happened and the step in progress did not. Who is
/// there is dropped: the running in order of admission, then those whose caches have come, those whose caches
/// are on their way, and the waiting in order.
struct StepByStepTwin {
  /// The log of `world`.
  static func run(_ world: SmallWorld) -> [EngineEvent] {
    observe(world).events
  }

  /// The log of `world` and the counters of the run.
  static func observe(_ world: SmallWorld) -> TwinObservation {
    precondition(world.isValid, "not a world: \(world)")
    var twin = StepByStepTwin(world)
    twin.runToTheEnd()
    return twin.seen
  }

  /// A request that was not rejected.
  private final class Live {
    let request: SmallRequest
    /// Its place among all who entered, those who came back included.
    let entry: Int
    /// Nanoseconds; a cancel that came before meant an earlier life of the request.
    let enteredAt: Int64
    /// Output tokens after which it is finished.
    let outputTokens: Int
    var generated = 0
    /// Tokens whose keys and values are in the cache.
    var computed = 0
    var blocks = 0
    /// Whether its cache is at another engine, and has no blocks here yet.
    var awaitsCache: Bool
    /// Where prefixes are cached, the blocks themselves, and the names of its full blocks.
    var held: [TwinBlock] = []
    var names: [Int] = []
    /// Whether it was looked up in the cache.
    var isLookedUp = false
    /// From an admission until the first token after it.
    var isPrefilling = false
    var startedAt: Int64 = -1
    var firstTokenAt: Int64 = -1
    /// Finished, cancelled or lost.
    var isGone = false
    /// Where the engine speculates.
    var pace: TwinPace

    init(_ request: SmallRequest, entry: Int, at time: Int64, outputTokens: Int) {
      self.request = request
      self.entry = entry
      enteredAt = time
      self.outputTokens = outputTokens
      awaitsCache = request.transfer != nil
      if request.transfer?.bringsFirstToken == true {
        generated = 1
        firstTokenAt = time
      }
      pace = TwinPace(outputTokens: request.outputTokens, decodeSteps: request.decodeSteps)
    }

    var tokens: Int { request.promptTokens + generated }

    /// Whether this one is better than `other` in priority order.
    func precedes(_ other: Live) -> Bool {
      (request.priority, entry) < (other.request.priority, other.entry)
    }
  }

  private struct Scheduled {
    var live: Live
    /// Tokens of it that this step computes.
    var tokens: Int
  }

  private let settings: SchedulerSettings
  private let stepTimes: [StepTimeModel]
  private let failures: [SmallFailure]
  private let profileChanges: [SmallProfileChange]
  private let comebackDelay: Int64?
  /// Who is still to come, by time; at one time those who come back follow the others.
  private var toCome: [(time: Int64, request: SmallRequest)]
  /// Cancels in the order they apply.
  private let cancels: [(time: Int64, id: Int)]

  /// Everyone who entered, by id; nil for those rejected or not yet arrived.
  private var entered: [Live?]
  private var entries = 0
  private var cancelsApplied = 0
  private var failuresPast = 0
  private var stepTime: StepTimeModel
  /// Whether the scheduled step is in progress.
  private var isBusy = false
  /// Until when the integrals reach.
  private var integratedTo: Int64 = 0
  private var waiting: [Live] = []
  private var running: [Live] = []
  private var scheduled: [Scheduled] = []
  /// Those whose caches are on their way, in order of reservation, and those whose caches have come.
  private var receiving: [Live] = []
  private var ready: [Live] = []
  /// Copies under way, by time: whose cache comes, or how many blocks are given back.
  private var copies: [(time: Int64, live: Live?, blocks: Int)] = []
  private var freeBlocks: Int
  private var adapters: TwinAdapters
  /// Loads that the step waits for, of adapters and of caches, picoseconds.
  private var loading: Int64 = 0
  private let prefixes: PrefixTree
  /// The blocks one by one; used where prefixes are cached.
  private var pool: TwinBlockPool
  private var seen = TwinObservation()

  private init(_ world: SmallWorld) {
    settings = world.settings
    stepTimes = world.stepTimes
    stepTime = world.stepTime
    failures = world.failures
    profileChanges = world.profileChanges
    comebackDelay = world.comebackDelay
    toCome = world.requests.map { (time: $0.arrival, request: $0) }
    cancels = world.requests
      .compactMap { request in request.cancelTime.map { (time: $0, id: request.id) } }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    entered = Array(repeating: nil, count: world.requests.count)
    freeBlocks = world.settings.kvBlocks
    adapters = TwinAdapters(world.settings.adapters)
    prefixes = world.prefixes
    pool = TwinBlockPool(
      blocks: world.settings.prefixCache ? world.settings.kvBlocks : 0,
      hostBlocks: world.settings.offload?.blocks ?? 0)
  }

  private mutating func runToTheEnd() {
    var stepEnd: Int128?
    while true {
      let boundary = stepEnd ?? wakeTime.map { Int128($0) * 1000 }
      let now = boundary.map { Int64(($0 + 999) / 1000) }
      if failuresPast < failures.count, failures[failuresPast].time < now ?? Int64.max {
        // Between two boundaries.
        let failure = failures[failuresPast]
        takeInArrivals(upTo: failure.isEarly ? failure.time - 1 : failure.time)
        integrate(to: failure.time)
        endCopies(upTo: failure.time)
        strike()
        stepEnd = nil
        continue
      }
      guard var boundary, let now else { break }
      seen.boundaries.append(now)

      takeInArrivals(upTo: now - 1)
      integrate(to: now)
      adapters.use(running.map(\.request.adapter), at: now)
      deliverOutputs(at: now)
      endCopies(upTo: now)
      let past = failuresPast
      if isStruck(at: now, early: true) { strike() }
      takeInArrivals(upTo: now)
      if isStruck(at: now, early: false) { strike() }
      // Whatever a replica does after its death begins with the nanosecond of its death.
      if failuresPast > past { boundary = Int128(now) * 1000 }
      applyCancels(upTo: now)
      changeProfile(upTo: now)
      var hasPreempted = schedule(at: now)
      while scheduled.isEmpty && hasPreempted {
        seen.emptySchedules += 1
        hasPreempted = schedule(at: now)
      }
      if scheduled.isEmpty && !waiting.isEmpty { seen.idleForBlocks += 1 }
      checkPromises()

      if leavesSomebodyOut { seen.leavingOut.append(now) }
      isBusy = !scheduled.isEmpty
      if scheduled.isEmpty {
        stepEnd = nil
      } else {
        let duration = Int128(durationOfStep())
        stepEnd = boundary + duration
        let end = Int64((boundary + duration + 999) / 1000)
        if profileChanges.contains(where: { $0.time > now && $0.time < end }) {
          seen.stepsInChange += 1
        }
        seen.steps += 1
        precondition(seen.steps < 10_000_000, "the twin makes no progress")
      }
    }
    seen.adapterLoads = adapters.loads
    seen.adaptersEvicted = adapters.evictions
    seen.freeBlocksAtEnd = freeBlocks
    precondition(freeBlocks == settings.kvBlocks, "blocks were lost")
    precondition(entered.allSatisfy { $0?.isGone ?? true }, "a request was forgotten")
  }

  /// When an idle replica has something to do; nil where it never has.
  private var wakeTime: Int64? {
    let cancel = cancels[cancelsApplied...].first { cancel in
      entered[cancel.id].map { !$0.isGone && $0.enteredAt <= cancel.time } ?? false
    }
    return [toCome.first?.time, copies.first?.time, cancel?.time].compactMap { $0 }.min()
  }

  // MARK: Caches that come and go

  private mutating func endCopies(upTo now: Int64) {
    while let copy = copies.first, copy.time <= now {
      copies.removeFirst()
      if let live = copy.live, !live.isGone {
        receiving.removeAll { $0 === live }
        ready.append(live)
      } else {
        freeBlocks += copy.blocks
      }
    }
  }

  private mutating func add(copyEnding time: Int64, of live: Live?, blocks: Int) {
    let place = copies.firstIndex { $0.time > time } ?? copies.count
    copies.insert((time, live, blocks), at: place)
  }

  // MARK: Arrivals

  private mutating func takeInArrivals(upTo now: Int64) {
    while let next = toCome.first, next.time <= now {
      toCome.removeFirst()
      let request = next.request
      let came = request.transfer?.bringsFirstToken == true ? 1 : 0
      if request.promptTokens + came >= settings.maxModelTokens {
        seen.events.append(EngineEvent(.rejected, request.id, at: next.time))
        continue
      }
      integrate(to: next.time)
      let room = settings.maxModelTokens - request.promptTokens
      if request.outputTokens > room { seen.truncated += 1 }
      let live = Live(
        request, entry: entries, at: next.time, outputTokens: min(request.outputTokens, room))
      entries += 1
      entered[request.id] = live
      waiting.append(live)
      noteWaiting()
      if settings.order == .priority { waiting.sort { $0.precedes($1) } }
    }
  }

  // MARK: Failures and changes of profile

  private func isStruck(at now: Int64, early: Bool) -> Bool {
    failuresPast < failures.count && failures[failuresPast].time == now
      && failures[failuresPast].isEarly == early
  }

  /// The replica dies of the next failure: everybody there is dropped, some to come back later.
  private mutating func strike() {
    let failure = failures[failuresPast]
    failuresPast += 1
    var beingCancelled: Set<Int> = []
    while cancelsApplied < cancels.count,
      cancels[cancelsApplied].time <= (failure.isEarly ? failure.time - 1 : failure.time)
    {
      if let live = nextCancelled() { beingCancelled.insert(live.request.id) }
    }
    if !scheduled.isEmpty { seen.stepsLost += 1 }
    if leavesSomebodyOut { seen.stepsLostLeavingOut += 1 }
    scheduled = []
    isBusy = false
    seen.lostInTransfer += receiving.count + ready.count
    copies = []
    freeBlocks = settings.kvBlocks
    for live in running + ready + receiving + waiting {
      live.isGone = true
      if beingCancelled.contains(live.request.id) {
        seen.events.append(EngineEvent(.cancelled, live.request.id, at: failure.time))
        continue
      }
      seen.events.append(
        EngineEvent(
          .lost, live.request.id, at: failure.time,
          EngineEvent.Progress(
            generated: live.generated, startedAt: live.startedAt,
            firstTokenAt: live.firstTokenAt)))
      if let comebackDelay {
        let time = failure.time + comebackDelay
        let place = toCome.firstIndex { $0.time > time } ?? toCome.count
        toCome.insert((time: time, request: live.request), at: place)
      }
    }
    running = []
    ready = []
    receiving = []
    waiting = []
    adapters.clear()
    if settings.prefixCache {
      pool = TwinBlockPool(
        blocks: settings.kvBlocks, hostBlocks: settings.offload?.blocks ?? 0)
    }
    loading = 0
  }

  /// Whether the step computes something, but not for everybody who decodes.
  private var leavesSomebodyOut: Bool {
    if scheduled.isEmpty { return false }
    return running.contains { live in
      !live.isPrefilling && !scheduled.contains { $0.live === live }
    }
  }

  private mutating func changeProfile(upTo now: Int64) {
    if let change = profileChanges.last(where: { $0.time <= now }) {
      stepTime = stepTimes[change.profile]
    }
  }

  // MARK: Totals

  private mutating func integrate(to time: Int64) {
    let elapsed = time - integratedTo
    precondition(elapsed >= 0)
    integratedTo = time
    if isBusy { seen.totals.busyNanoseconds += elapsed }
    seen.totals.runningIntegral += Int128(elapsed) * Int128(running.count)
    seen.totals.waitingIntegral += Int128(elapsed) * Int128(waiting.count)
  }

  private mutating func noteWaiting() {
    seen.totals.peakWaiting = max(seen.totals.peakWaiting, waiting.count)
  }

  // MARK: Outputs of the step that ends

  private mutating func deliverOutputs(at now: Int64) {
    let wereDecoding = scheduled.filter { !$0.live.isPrefilling }
    let werePrefilling = scheduled.filter { $0.live.isPrefilling }
    if !scheduled.isEmpty { seen.totals.steps += 1 }
    for each in wereDecoding {
      let tokens = settings.speculation.isOn ? each.live.pace.next() : 1
      precondition(tokens >= 1 && tokens <= each.tokens, "some of the drafts are right")
      if tokens > 1 { seen.draftsAccepted += tokens - 1 }
      for _ in 0..<tokens {
        each.live.computed += 1
        seen.tokensComputed += 1
        precondition(each.live.computed == each.live.tokens, "a decode computes the last token")
        yieldToken(each.live, at: now)
      }
    }
    for each in werePrefilling {
      each.live.computed += each.tokens
      seen.tokensComputed += each.tokens
      seen.totals.prefillTokens += Int64(each.tokens)
      if each.live.computed == each.live.tokens {
        yieldToken(each.live, at: now)
      } else {
        seen.partialChunks += 1
      }
    }
    scheduled = []
  }

  private mutating func yieldToken(_ live: Live, at now: Int64) {
    live.generated += 1
    if live.isPrefilling {
      live.pace.begin(left: live.outputTokens - live.generated, cached: live.computed)
    }
    live.isPrefilling = false
    seen.totals.outputTokens += 1
    if live.generated == 1 {
      live.firstTokenAt = now
      seen.events.append(EngineEvent(.firstToken, live.request.id, at: now))
    }
    if live.generated == live.outputTokens {
      seen.events.append(EngineEvent(.finished, live.request.id, at: now))
      running.removeAll { $0 === live }
      if let keepsFor = live.request.keepsFor {
        add(copyEnding: now + keepsFor, of: nil, blocks: live.blocks)
      } else {
        freeBlocksOf(live)
      }
      live.isGone = true
    }
  }

  // MARK: Cancels

  private mutating func applyCancels(upTo now: Int64) {
    while cancelsApplied < cancels.count && cancels[cancelsApplied].time <= now {
      guard let live = nextCancelled() else { continue }
      running.removeAll { $0 === live }
      waiting.removeAll { $0 === live }
      ready.removeAll { $0 === live }
      if receiving.contains(where: { $0 === live }) {
        // Its blocks are being written to, and are given back when that ends.
        receiving.removeAll { $0 === live }
        seen.cancelledInTransfer += 1
      } else {
        freeBlocksOf(live)
      }
      live.isGone = true
      seen.events.append(EngineEvent(.cancelled, live.request.id, at: now))
    }
  }

  /// Whom the next cancel meets; nil where it comes too late, or before its request came back.
  private mutating func nextCancelled() -> Live? {
    let (time, id) = cancels[cancelsApplied]
    cancelsApplied += 1
    if let live = entered[id], !live.isGone, live.enteredAt <= time { return live }
    seen.cancelsIgnored += 1
    return nil
  }

  // MARK: Scheduling

  /// Forms the batch; says whether somebody was preempted.
  private mutating func schedule(at now: Int64) -> Bool {
    scheduled = []
    if !settings.mixesPrefill {
      prefillApart(at: now)
      if !scheduled.isEmpty { return false }
    }
    var budget = settings.maxBatchedTokens
    var somebodyWasPreempted = false

    if settings.prefillsFirst {
      admitWaiting(at: now, &budget)
      if !scheduled.isEmpty { return false }
    }

    // Phase A: those already running, in order.
    var index = 0
    phaseA: while index < running.count && budget > 0 {
      let live = running[index]
      let tokens =
        live.isPrefilling
        ? chunk(of: live.tokens - live.computed, budget: budget)
        : settings.speculation.tokensPerStep
      precondition(tokens <= budget, "the budget reaches for who decodes")
      while blocks(for: slots(of: live, computing: tokens)) - live.blocks > freeBlocks {
        let victim = victimOfPreemption()
        running.removeAll { $0 === victim }
        if let place = scheduled.firstIndex(where: { $0.live === victim }) {
          budget += scheduled.remove(at: place).tokens
          index -= 1
          seen.victimsAlreadyScheduled += 1
        }
        preempt(victim, at: now)
        somebodyWasPreempted = true
        if victim === live { break phaseA }
      }
      takeBlocks(for: slots(of: live, computing: tokens), of: live)
      scheduled.append(Scheduled(live: live, tokens: tokens))
      budget -= tokens
      index += 1
    }
    if somebodyWasPreempted { return true }
    if settings.prefillsFirst { return false }

    // Those whose caches have come: one token each, for which they have the blocks.
    while !ready.isEmpty && budget > 0 && running.count < settings.maxSequences {
      let live = ready.removeFirst()
      live.computed = live.tokens - 1
      running.append(live)
      scheduled.append(Scheduled(live: live, tokens: 1))
      budget -= 1
      live.startedAt = now
      seen.events.append(EngineEvent(.started, live.request.id, at: now))
    }
    admitWaiting(at: now, &budget)
    return false
  }

  /// Schedules prompts only, unless a partial one lacks blocks.
  private mutating func prefillApart(at now: Int64) {
    var budget = settings.maxBatchedTokens
    var plans: [(live: Live, tokens: Int)] = []
    var required = 0
    for live in running where live.isPrefilling {
      let tokens = chunk(of: live.tokens - live.computed, budget: budget)
      required += blocks(for: live.computed + tokens) - live.blocks
      budget -= tokens
      if tokens > 0 { plans.append((live, tokens)) }
    }
    if required > freeBlocks { return }
    for (live, tokens) in plans {
      takeBlocks(for: live.computed + tokens, of: live)
      scheduled.append(Scheduled(live: live, tokens: tokens))
    }
    admitWaiting(at: now, &budget)
  }

  /// Phase B: those waiting, until the head does not fit.
  private mutating func admitWaiting(at now: Int64, _ budget: inout Int) {
    var passedOver: [Live] = []
    defer { waiting = passedOver + waiting }
    while !waiting.isEmpty && budget > 0 && running.count < settings.maxSequences {
      let live = waiting[0]
      if live.awaitsCache {
        if blocks(for: live.tokens) > freeBlocks { break }
        waiting.removeFirst()
        takeBlocks(for: live.tokens, of: live)
        live.awaitsCache = false
        receiving.append(live)
        add(
          copyEnding: now + live.request.transfer!.delay, of: live, blocks: live.blocks)
        seen.events.append(EngineEvent(.reserved, live.request.id, at: now))
        continue
      }
      // The different adapters of the step so far, which leave no room for one more.
      let inStep = Set(scheduled.map(\.live.request.adapter)).subtracting([-1])
      if settings.adapters.isOn, live.request.adapter >= 0,
        inStep.count == settings.adapters.resident, !inStep.contains(live.request.adapter)
      {
        passedOver.append(waiting.removeFirst())
        seen.passedOver += 1
        continue
      }
      let hit = settings.prefixCache ? cachedBlocks(of: live) : []
      let loaded = settings.offload != nil ? loadableBlocks(of: live, after: hit.count) : 0
      let cached = (hit.count + loaded) * settings.blockTokens
      let tokens = chunk(of: live.tokens - cached, budget: budget)
      if settings.prefillsFirst && tokens < live.tokens { break }
      let required =
        blocks(for: settings.reservesWholePrompt ? live.tokens : cached + tokens) - hit.count
        + hit.count(where: { $0.holders == 0 })
      if required > freeBlocks - settings.watermarkBlocks {
        if required <= freeBlocks { seen.waitedForWatermark += 1 }
        break
      }
      waiting.removeFirst()
      for block in hit {
        if block.holders == 0 { freeBlocks -= 1 }
        pool.touch(block)
        live.held.append(block)
        live.blocks += 1
      }
      live.computed = cached
      if let offload = settings.offload, loaded > 0 {
        for place in hit.count..<(hit.count + loaded) { pool.load(name(of: place, in: live)) }
        loading += offload.loadLatency + Int64(loaded) * offload.loadPerBlock
        seen.totals.loadedTokens += Int64(loaded * settings.blockTokens)
      }
      if live.isLookedUp, cached > 0 { seen.hitsAfterPreemption += 1 }
      if settings.prefixCache && !live.isLookedUp {
        live.isLookedUp = true
        seen.totals.lookedUpTokens += Int64(live.request.promptTokens)
        seen.totals.hitTokens += Int64(cached)
      }
      takeBlocks(for: cached + tokens, of: live)
      if !passedOver.isEmpty { seen.admittedPast += 1 }
      if settings.adapters.isOn, live.request.adapter >= 0 {
        loading += adapters.bring(live.request.adapter, running: running.map(\.request.adapter))
      }
      live.isPrefilling = true
      running.append(live)
      scheduled.append(Scheduled(live: live, tokens: tokens))
      budget -= tokens
      if live.startedAt < 0 {
        live.startedAt = now
        seen.events.append(EngineEvent(.started, live.request.id, at: now))
      }
    }
  }

  /// Tokens of one sequence that one step computes.
  private func chunk(of tokens: Int, budget: Int) -> Int {
    var chunk = min(tokens, budget)
    if settings.longPrefillThreshold > 0 { chunk = min(chunk, settings.longPrefillThreshold) }
    return chunk
  }

  /// Tokens that must have a place when a step computes `tokens` of a running sequence: the drafts and
  /// the drafter's lookahead too, where it decodes, but none beyond the model's context.
  private func slots(of live: Live, computing tokens: Int) -> Int {
    if live.isPrefilling { return live.computed + tokens }
    return min(
      live.computed + tokens + settings.speculation.lookaheadTokens, settings.maxModelTokens)
  }

  private func victimOfPreemption() -> Live {
    switch settings.order {
    case .firstComeFirstServed:
      return running[running.count - 1]
    case .priority:
      var worst = running[0]
      for live in running where worst.precedes(live) { worst = live }
      return worst
    }
  }

  private mutating func preempt(_ victim: Live, at now: Int64) {
    freeBlocksOf(victim)
    victim.computed = 0
    seen.events.append(EngineEvent(.preempted, victim.request.id, at: now))
    seen.totals.preemptions += 1
    waiting.insert(victim, at: 0)
    noteWaiting()
    if settings.order == .priority { waiting.sort { $0.precedes($1) } }
  }

  // MARK: Blocks

  private func blocks(for tokens: Int) -> Int {
    (tokens + settings.blockTokens - 1) / settings.blockTokens
  }

  private mutating func takeBlocks(for tokens: Int, of live: Live) {
    let needed = blocks(for: tokens) - live.blocks
    precondition(needed >= 0 && needed <= freeBlocks)
    live.blocks += needed
    freeBlocks -= needed
    if settings.prefixCache {
      for _ in 0..<needed { live.held.append(pool.allocate()) }
      for place in 0..<(tokens / settings.blockTokens) where live.held[place].name == nil {
        live.held[place].isOwn = isOwn(place, in: live)
        let copies = pool.give(live.held[place], name: name(of: place, in: live))
        seen.mostCopies = max(seen.mostCopies, copies)
      }
    }
    seen.maxBlocksUsed = max(seen.maxBlocksUsed, settings.kvBlocks - freeBlocks)
  }

  private mutating func freeBlocksOf(_ live: Live) {
    if settings.prefixCache {
      pool.release(live.held)
      live.held = []
      freeBlocks = pool.free.count
    } else {
      freeBlocks += live.blocks
    }
    live.blocks = 0
  }

  // MARK: Prefixes

  /// The longest chain of blocks that are there, from the first on; at least one token is computed.
  private mutating func cachedBlocks(of live: Live) -> [TwinBlock] {
    var hit: [TwinBlock] = []
    while (hit.count + 1) * settings.blockTokens <= live.tokens - 1,
      let block = pool.block(named: name(of: hit.count, in: live))
    {
      hit.append(block)
    }
    return hit
  }

  /// How many blocks after the first `count` the host's memory has.
  private mutating func loadableBlocks(of live: Live, after count: Int) -> Int {
    var loaded = 0
    while (count + loaded + 1) * settings.blockTokens <= live.tokens - 1,
      pool.host.contains(name(of: count + loaded, in: live))
    { loaded += 1 }
    return loaded
  }

  private mutating func name(of place: Int, in live: Live) -> Int {
    while live.names.count <= place {
      let start = live.names.count * settings.blockTokens
      let tokens = (start..<(start + settings.blockTokens)).flatMap { token(at: $0, of: live) }
      live.names.append(pool.name(after: live.names.last ?? -1, tokens: tokens))
    }
    return live.names[place]
  }

  /// Whether a block's last token is of nobody else's text.
  private func isOwn(_ place: Int, in live: Live) -> Bool {
    token(at: (place + 1) * settings.blockTokens - 1, of: live)[0] == 2
  }

  /// What stands at a place of a request's text, as three numbers that no other text has there.
  private func token(at place: Int, of live: Live) -> [Int] {
    let request = live.request
    var node = request.prefix
    if place < min(request.promptTokens, prefixes.endTokens(of: node)) {
      while prefixes.endTokens(of: Int(prefixes.nodes[node].parent)) > place {
        node = Int(prefixes.nodes[node].parent)
      }
      return [0, node, place]
    }
    // A prompt that ends within the shared text goes on with an answer of its own.
    if request.session != 0, prefixes.endTokens(of: node) <= request.promptTokens {
      return [1, request.session * 1000 + node, place]
    }
    return [2, live.entry, place]
  }

  // MARK: Step time

  /// Picoseconds.
  private mutating func durationOfStep() -> Int64 {
    var decodes = 0
    var decodeKVTokens = 0
    var prefills = 0
    var prefillTokens = 0
    var doubledAttentionPairs = 0
    var doubledContextTokens = 0
    var attention: Int64 = 0
    for each in scheduled {
      let cached = each.live.computed
      if each.live.isPrefilling {
        prefills += 1
        prefillTokens += each.tokens
        doubledAttentionPairs += 2 * each.tokens * cached + each.tokens * each.tokens
        doubledContextTokens += 2 * cached + each.tokens
      } else {
        precondition(each.tokens == settings.speculation.tokensPerStep)
        if settings.speculation.isOn {
          attention += each.live.pace.attention(perKVToken: stepTime.perKVToken)
        }
        decodes += 1
        decodeKVTokens += cached
      }
    }
    let more = timeOfAdapters()
    if prefills == 0, settings.speculation.isOn {
      return stepTime.decodeBase[decodes] + attention + more
    }
    if prefills == 0 {
      return stepTime.decodeStep(batch: decodes, kvTokens: decodeKVTokens) + more
    }
    seen.mixedSteps += 1
    return more
      + stepTime.mixedStep(
        StepTimeModel.MixedStep(
          decodes: decodes, decodeKVTokens: decodeKVTokens, prefills: prefills,
          prefillTokens: prefillTokens, doubledAttentionPairs: doubledAttentionPairs,
          doubledContextTokens: doubledContextTokens))
  }

  /// What adapters add to the step: loads, and what different ones and their tokens cost.
  private mutating func timeOfAdapters() -> Int64 {
    var time = loading
    loading = 0
    let served = scheduled.filter { $0.live.request.adapter >= 0 }
    if settings.adapters.isOn, !served.isEmpty {
      let different = Set(served.map(\.live.request.adapter)).count
      time += stepTime.adapters.perStep + Int64(different) * stepTime.adapters.perAdapter
      for each in served { time += Int64(each.tokens) * stepTime.adapters.perToken }
    }
    return time
  }

  // MARK: Promises

  private mutating func checkPromises() {
    precondition(freeBlocks >= 0)
    if settings.prefixCache {
      let held = Set(running.flatMap { $0.held.map(ObjectIdentifier.init) })
      precondition(held.count + freeBlocks == settings.kvBlocks)
      precondition(freeBlocks == pool.free.count)
      let sessions = running.map(\.request.session).filter { $0 != 0 }
      if Set(sessions).count < sessions.count { seen.sharedSessions += 1 }
      for live in running { precondition(live.held.count == live.blocks) }
    } else {
      // Blocks of copies that go, or whose request has gone, are in nobody's hands.
      let lent = copies.filter { $0.live?.isGone ?? true }.reduce(0) { $0 + $1.blocks }
      precondition(
        (running + ready + receiving).reduce(freeBlocks + lent) { $0 + $1.blocks }
          == settings.kvBlocks)
    }
    precondition(waiting.allSatisfy { $0.blocks == 0 && $0.computed == 0 })
    precondition(running.count <= settings.maxSequences)
    precondition(scheduled.reduce(0) { $0 + $1.tokens } <= settings.maxBatchedTokens)
    for each in scheduled {
      precondition(each.tokens >= 1)
      precondition(
        each.live.blocks == blocks(for: slots(of: each.live, computing: each.tokens)))
    }
  }
}
