import ServingEngine

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
/// When the replica dies, whatever is visible by then happened and the step in progress did not. Who is
/// there is dropped: the running in order of admission, then the waiting in order.
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
    /// From an admission until the first token after it.
    var isPrefilling = false
    var startedAt: Int64 = -1
    var firstTokenAt: Int64 = -1
    /// Finished, cancelled or lost.
    var isGone = false

    init(_ request: SmallRequest, entry: Int, at time: Int64, outputTokens: Int) {
      self.request = request
      self.entry = entry
      enteredAt = time
      self.outputTokens = outputTokens
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
  private var freeBlocks: Int
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
  }

  private mutating func runToTheEnd() {
    var stepEnd: Int128?
    while true {
      let boundary = stepEnd ?? toCome.first.map { Int128($0.time) * 1000 }
      let now = boundary.map { Int64(($0 + 999) / 1000) }
      if failuresPast < failures.count, failures[failuresPast].time < now ?? Int64.max {
        // Between two boundaries.
        let failure = failures[failuresPast]
        takeInArrivals(upTo: failure.isEarly ? failure.time - 1 : failure.time)
        integrate(to: failure.time)
        strike()
        stepEnd = nil
        continue
      }
      guard var boundary, let now else { break }
      seen.boundaries.append(now)

      takeInArrivals(upTo: now - 1)
      integrate(to: now)
      deliverOutputs(at: now)
      let past = failuresPast
      if isStruck(at: now, early: true) { strike() }
      takeInArrivals(upTo: now)
      if isStruck(at: now, early: false) { strike() }
      // Whatever a replica does after its death begins with the nanosecond of its death.
      if failuresPast > past { boundary = Int128(now) * 1000 }
      applyCancels(upTo: now)
      changeProfile(upTo: now)
      schedule(at: now)
      while scheduled.isEmpty && !(running.isEmpty && waiting.isEmpty) {
        seen.emptySchedules += 1
        schedule(at: now)
      }
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
    seen.freeBlocksAtEnd = freeBlocks
    precondition(freeBlocks == settings.kvBlocks, "blocks were lost")
    precondition(entered.allSatisfy { $0?.isGone ?? true }, "a request was forgotten")
  }

  // MARK: Arrivals

  private mutating func takeInArrivals(upTo now: Int64) {
    while let next = toCome.first, next.time <= now {
      toCome.removeFirst()
      let request = next.request
      if request.promptTokens >= settings.maxModelTokens {
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
    for live in running + waiting {
      freeBlocksOf(live)
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
    waiting = []
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
    seen.totals.runningIntegral += elapsed * Int64(running.count)
    seen.totals.waitingIntegral += elapsed * Int64(waiting.count)
  }

  private mutating func noteWaiting() {
    seen.totals.peakWaiting = max(seen.totals.peakWaiting, waiting.count)
  }

  // MARK: Outputs of the step that ends

  private mutating func deliverOutputs(at now: Int64) {
    let wereDecoding = scheduled.filter { !$0.live.isPrefilling }
    let werePrefilling = scheduled.filter { $0.live.isPrefilling }
    for each in scheduled {
      each.live.computed += each.tokens
      seen.tokensComputed += each.tokens
    }
    if !scheduled.isEmpty { seen.totals.steps += 1 }
    for each in wereDecoding {
      precondition(each.live.computed == each.live.tokens, "a decode computes the last token")
      yieldToken(each.live, at: now)
    }
    for each in werePrefilling {
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
    live.isPrefilling = false
    live.generated += 1
    seen.totals.outputTokens += 1
    if live.generated == 1 {
      live.firstTokenAt = now
      seen.events.append(EngineEvent(.firstToken, live.request.id, at: now))
    }
    if live.generated == live.outputTokens {
      seen.events.append(EngineEvent(.finished, live.request.id, at: now))
      running.removeAll { $0 === live }
      freeBlocksOf(live)
      live.isGone = true
    }
  }

  // MARK: Cancels

  private mutating func applyCancels(upTo now: Int64) {
    while cancelsApplied < cancels.count && cancels[cancelsApplied].time <= now {
      guard let live = nextCancelled() else { continue }
      running.removeAll { $0 === live }
      waiting.removeAll { $0 === live }
      freeBlocksOf(live)
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

  private mutating func schedule(at now: Int64) {
    scheduled = []
    if !settings.mixesPrefill {
      prefillApart(at: now)
      if !scheduled.isEmpty { return }
    }
    var budget = settings.maxBatchedTokens
    var somebodyWasPreempted = false

    // Phase A: those already running, in order.
    var index = 0
    phaseA: while index < running.count && budget > 0 {
      let live = running[index]
      let tokens = chunk(of: live.tokens - live.computed, budget: budget)
      while blocks(for: live.computed + tokens) - live.blocks > freeBlocks {
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
      takeBlocks(for: live.computed + tokens, of: live)
      scheduled.append(Scheduled(live: live, tokens: tokens))
      budget -= tokens
      index += 1
    }
    if somebodyWasPreempted { return }
    admitWaiting(budget, at: now)
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
    admitWaiting(budget, at: now)
  }

  /// Phase B: those waiting, until the head does not fit.
  private mutating func admitWaiting(_ budget: Int, at now: Int64) {
    var budget = budget
    while !waiting.isEmpty && budget > 0 && running.count < settings.maxSequences {
      let live = waiting[0]
      let tokens = chunk(of: live.tokens, budget: budget)
      let required = blocks(for: settings.reservesWholePrompt ? live.tokens : tokens)
      if required > freeBlocks { break }
      waiting.removeFirst()
      takeBlocks(for: tokens, of: live)
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
    seen.maxBlocksUsed = max(seen.maxBlocksUsed, settings.kvBlocks - freeBlocks)
  }

  private mutating func freeBlocksOf(_ live: Live) {
    freeBlocks += live.blocks
    live.blocks = 0
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
    for each in scheduled {
      let cached = each.live.computed
      if each.live.isPrefilling {
        prefills += 1
        prefillTokens += each.tokens
        doubledAttentionPairs += 2 * each.tokens * cached + each.tokens * each.tokens
        doubledContextTokens += 2 * cached + each.tokens
      } else {
        precondition(each.tokens == 1)
        decodes += 1
        decodeKVTokens += cached
      }
    }
    if prefills == 0 { return stepTime.decodeStep(batch: decodes, kvTokens: decodeKVTokens) }
    seen.mixedSteps += 1
    return stepTime.mixedStep(
      StepTimeModel.MixedStep(
        decodes: decodes, decodeKVTokens: decodeKVTokens, prefills: prefills,
        prefillTokens: prefillTokens, doubledAttentionPairs: doubledAttentionPairs,
        doubledContextTokens: doubledContextTokens))
  }

  // MARK: Promises

  private func checkPromises() {
    precondition(freeBlocks >= 0)
    precondition(running.reduce(freeBlocks) { $0 + $1.blocks } == settings.kvBlocks)
    precondition(waiting.allSatisfy { $0.blocks == 0 && $0.computed == 0 })
    precondition(running.count <= settings.maxSequences)
    precondition(scheduled.reduce(0) { $0 + $1.tokens } <= settings.maxBatchedTokens)
    for each in scheduled {
      precondition(each.tokens >= 1)
      precondition(each.live.blocks == blocks(for: each.live.computed + each.tokens))
    }
  }
}
