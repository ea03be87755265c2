import SimulationKernel

/// The requests of all workloads in order of time, made one by one as they are asked for.
///
/// - Ties: requests of the same nanosecond come in order of workload id, then of copy, client or
///   generation.
/// - Memory: O(workloads + copies + clients) beside the traces themselves, whatever the horizon.
/// - Random draws: everything about a request but its time is a function of the seed, the workload's
///   name and the request's ``Arrival/index``. Gaps come from one generator per workload. So no
///   workload's requests depend on which others there are, and policies see the same requests.
public struct DemandStream: Sendable {
  /// When the next request comes; `SimTime.never` where none does, which in a closed loop may
  /// change with the next answer.
  public private(set) var nextTime: SimTime = .never

  private enum Kind {
    case poisson
    case renewal
    case curve
    case course
    case courseRenewal
    case bursts
    case closedLoop
    case replay
  }

  /// One workload: the kind of its source and the source's place among those of its kind.
  private struct Head {
    var kind: Kind
    var slot: Int
    /// Requests at or after it never come, nanoseconds.
    var end: Int64
    /// The attributes all its requests have in common; zero where they differ.
    var common: CommonAttributes
    /// The profile that gives origins by time, where there is one.
    var diurnal: Int
    /// The sessions that its arrivals begin, where they do.
    var sessions = -1
  }

  // Sources lie in arrays by kind, not in an enum, so that they are changed in place; heads hold plain
  // numbers only, so that reading one counts no references.
  private var poissons: [PoissonSource] = []
  private var renewals: [RenewalSource] = []
  private var curves: [CurveSource] = []
  private var courses: [CourseSource] = []
  private var courseRenewals: [CourseRenewalSource] = []
  private var bursts: [BurstSource] = []
  private var closedLoops: [ClosedLoopSource] = []
  private var replays: [ReplaySource] = []
  private var diurnals: [DiurnalProfile] = []
  private var sessions: [SessionBook] = []
  private var gapTables: [Double: GammaGapTable] = [:]
  private var heads: [Head] = []
  private var attributes: [RequestAttributes] = []
  private var order: MergeTree

  /// Creates the stream of `workloads` from the start of the run to `horizon`.
  ///
  /// A workload's id is its place in `workloads`.
  ///
  /// - Throws: ``WorkloadError`` for the first workload that cannot be made a stream of.
  /// - Complexity: O(workloads + copies + clients), O(rows) for a trace with a time scale.
  public init(
    _ workloads: [WorkloadSpec], seed: UInt64, horizon: Duration
  ) throws(WorkloadError) {
    var names: Set<String> = []
    for workload in workloads {
      try workload.validate()
      guard names.insert(workload.name).inserted else {
        throw WorkloadError(
          workload: workload.name, field: "name", problem: "is used twice, expected unique names")
      }
    }
    precondition(workloads.count < Int(Int32.max))
    order = MergeTree(count: workloads.count)
    for (id, workload) in workloads.enumerated() {
      add(workload, seed: streamSeed(seed, workload: workload.name), horizon: horizon)
      file(id, nextTime(of: id))
    }
  }

  private mutating func add(_ workload: WorkloadSpec, seed: UInt64, horizon: Duration) {
    let end = min(workload.end ?? horizon, horizon).nanoseconds
    let start = workload.start.nanoseconds
    let maker = SourceMaker(seed: seed, start: start, end: end)
    let attributes = RequestAttributes(workload, streamSeed: seed)
    self.attributes.append(attributes)
    var head = Head(kind: .renewal, slot: 0, end: end, common: attributes.common, diurnal: -1)
    if let spec = workload.sessions {
      head.sessions = sessions.count
      sessions.append(maker.sessions(spec))
    }
    if !workload.course.isSteady {
      addOnCourse(workload, maker, &head)
      heads.append(head)
      return
    }
    switch workload.arrivals {
    case .poisson(let rate):
      head.kind = .poisson
      head.slot = poissons.count
      poissons.append(maker.poisson(rate))
    case .gamma(let rate, let variation):
      head.slot = renewals.count
      renewals.append(maker.gamma(rate, gapTable(variation)))
    case .weibull(let rate, let shape):
      head.slot = renewals.count
      renewals.append(maker.weibull(rate, shape))
    case .diurnal(let rate, let hourly, let startHour):
      let profile = DiurnalProfile(
        hourly: hourly, startUTCHour: startHour, origins: workload.origins)
      head.kind = .curve
      head.slot = curves.count
      curves.append(maker.curve(profile.curve(meanRate: rate), base: 0))
      if workload.origins.count > 1 {
        head.diurnal = diurnals.count
        diurnals.append(profile)
      }
    case .piecewise(let rates, let binWidth, let repeats):
      head.kind = .curve
      head.slot = curves.count
      let curve = RateCurve.constantInBins(
        rates, binWidth: binWidth.nanoseconds, repeats: repeats)
      curves.append(maker.curve(curve, base: start))
    case .bursts(let states):
      head.kind = .bursts
      head.slot = bursts.count
      bursts.append(maker.bursts(states))
    case .closedLoop(let clients, let thinkTime):
      head.kind = .closedLoop
      head.slot = closedLoops.count
      closedLoops.append(maker.closedLoop(clients, thinkTime))
    case .pacedLoop(let clients, let every):
      head.kind = .closedLoop
      head.slot = closedLoops.count
      closedLoops.append(maker.pacedLoop(clients, every))
    case .trace(let replay):
      switch replay.source {
      case .rows(let rows):
        head.kind = .replay
        head.slot = replays.count
        replays.append(maker.replay(rows, replay))
      case .profile(let profile):
        head.kind = .curve
        head.slot = curves.count
        curves.append(maker.curve(profile.curve(replay, shifts: maker.shifts), base: start))
      }
    }
    heads.append(head)
  }

  private mutating func gapTable(_ variation: Double) -> GammaGapTable {
    let table = gapTables[variation] ?? GammaGapTable(coefficientOfVariation: variation)
    gapTables[variation] = table
    return table
  }

  /// Adds a workload whose rate changes beside the law of its arrivals.
  private mutating func addOnCourse(
    _ workload: WorkloadSpec, _ maker: SourceMaker, _ head: inout Head
  ) {
    switch workload.arrivals {
    case .gamma(let rate, let variation):
      head.kind = .courseRenewal
      head.slot = courseRenewals.count
      courseRenewals.append(
        maker.paced(maker.onOwnClock.gamma(rate, gapTable(variation)), workload))
    case .weibull(let rate, let shape):
      head.kind = .courseRenewal
      head.slot = courseRenewals.count
      courseRenewals.append(maker.paced(maker.onOwnClock.weibull(rate, shape), workload))
    case .bursts(let states):
      head.kind = .bursts
      head.slot = bursts.count
      bursts.append(maker.bursts(states, walk: workload.clockWalk))
    case .poisson, .diurnal, .piecewise, .closedLoop, .pacedLoop, .trace:
      guard let law = workload.lawfulRate else {
        preconditionFailure("a workload that no course can change was found valid")
      }
      head.kind = .course
      head.slot = courses.count
      courses.append(maker.course(law.curve, base: law.base, workload.course))
      if case .diurnal(_, let hourly, let startHour) = workload.arrivals,
        workload.origins.count > 1
      {
        head.diurnal = diurnals.count
        diurnals.append(
          DiurnalProfile(hourly: hourly, startUTCHour: startHour, origins: workload.origins))
      }
    }
  }

  /// Takes the next request.
  ///
  /// - Precondition: ``nextTime`` is not `SimTime.never`.
  /// - Complexity: O(log workloads), and O(log copies) or O(log clients) of its workload.
  public mutating func pull() -> Arrival {
    precondition(nextTime < .never, "there is no next request")
    let id = order.winner
    let time = nextTime.nanoseconds
    let slot = heads[id].slot
    var index: UInt64
    var client: Int32 = -1
    if heads[id].sessions >= 0, sessions[heads[id].sessions].time == time {
      return pullTurn(id, sessions[heads[id].sessions].upcoming(), at: time)
    }
    let next: Int64
    var lengths = heads[id].common.lengths
    switch heads[id].kind {
    case .poisson:
      index = poissons[slot].index
      poissons[slot].advance()
      next = poissons[slot].time
    case .renewal:
      index = renewals[slot].index
      renewals[slot].advance()
      next = renewals[slot].time
    case .curve:
      index = curves[slot].index
      curves[slot].advance()
      next = curves[slot].time
    case .course:
      index = courses[slot].index
      courses[slot].advance()
      next = courses[slot].time
    case .courseRenewal:
      index = courseRenewals[slot].index
      courseRenewals[slot].advance()
      next = courseRenewals[slot].time
    case .bursts:
      index = bursts[slot].index
      bursts[slot].advance()
      next = bursts[slot].time
    case .closedLoop:
      index = closedLoops[slot].index
      client = Int32(closedLoops[slot].client)
      closedLoops[slot].advance()
      next = closedLoops[slot].time
    case .replay:
      index = replays[slot].index
      lengths = replays[slot].lengths
      replays[slot].advance()
      next = replays[slot].time
    }
    if heads[id].sessions >= 0 { return pullSession(id, index, at: time) }
    file(id, next)
    if lengths.prompt == 0 { lengths = attributes[id].lengths(index) }
    var place = heads[id].common.place
    if place.estimate == 0 { place = self.place(id, index, lengths.output, time) }
    return Arrival(
      time: SimTime(nanoseconds: time), workload: Int32(truncatingIfNeeded: id),
      origin: place.origin, index: index, promptTokens: lengths.prompt,
      outputTokens: lengths.output, estimatedOutputTokens: place.estimate, client: client)
  }

  /// Tells a closed loop that the request `client` waits for was answered, rejected or given up at
  /// `time`; the client thinks and sends its next. A session goes on only where it was `completed`.
  ///
  /// - Precondition: the workload is a closed loop or has sessions, the client waits, and `time` is not
  ///   before any request pulled so far.
  public mutating func answered(
    workload: Int32, client: Int32, completed: Bool = true, at time: SimTime
  ) {
    let id = Int(workload)
    if heads[id].sessions >= 0 {
      sessions[heads[id].sessions].answered(client, completed: completed, at: time.nanoseconds)
      fileTurn(id)
      return
    }
    precondition(heads[id].kind == .closedLoop, "only clients of a closed loop wait for answers")
    closedLoops[heads[id].slot].answered(Int(client), at: time.nanoseconds)
    file(id, nextTime(of: id))
  }

  private mutating func place(
    _ id: Int, _ index: UInt64, _ output: Int32, _ time: Int64
  ) -> (origin: Int32, estimate: Int32) {
    let diurnal = heads[id].diurnal
    if diurnal < 0 { return attributes[id].place(index, output: output) }
    diurnals[diurnal].move(to: time)
    return attributes[id].place(
      index, output: output, shares: diurnals[diurnal].cumulativeShares)
  }

  /// Enters a workload's next time into the order.
  private mutating func file(_ id: Int, _ time: Int64) {
    order.update(id, to: time < heads[id].end ? time : Int64.max)
    nextTime = order.time == Int64.max ? .never : SimTime(nanoseconds: order.time)
  }

  private func nextTime(of id: Int) -> Int64 {
    let slot = heads[id].slot
    let book = heads[id].sessions
    let turn = book >= 0 ? sessions[book].time : Int64.max
    let first: Int64 =
      switch heads[id].kind {
      case .poisson: poissons[slot].time
      case .renewal: renewals[slot].time
      case .curve: curves[slot].time
      case .course: courses[slot].time
      case .courseRenewal: courseRenewals[slot].time
      case .bursts: bursts[slot].time
      case .closedLoop: closedLoops[slot].time
      case .replay: replays[slot].time
      }
    return min(first, turn)
  }

  // MARK: Sessions

  /// The first turn of the session that an arrival begins.
  private mutating func pullSession(_ id: Int, _ number: UInt64, at time: Int64) -> Arrival {
    let index = number << 16
    let lengths = attributes[id].turn(index, isFirst: true)
    let place = self.place(id, index, lengths.output, time)
    let client = sessions[heads[id].sessions].begin(
      number, prompt: lengths.prompt, output: lengths.output, origin: place.origin)
    fileTurn(id)
    return Arrival(
      time: SimTime(nanoseconds: time), workload: Int32(truncatingIfNeeded: id),
      origin: place.origin, index: index, promptTokens: lengths.prompt,
      outputTokens: lengths.output, estimatedOutputTokens: place.estimate, client: client)
  }

  /// A further turn of a session: all that was said, and new words.
  private mutating func pullTurn(
    _ id: Int, _ turn: (talk: Int32, index: UInt64, origin: Int32, said: Int32), at time: Int64
  ) -> Arrival {
    let book = heads[id].sessions
    let lengths = attributes[id].turn(turn.index, isFirst: false)
    let prompt = turn.said + lengths.prompt
    sessions[book].advance(prompt: prompt, output: lengths.output)
    fileTurn(id)
    return Arrival(
      time: SimTime(nanoseconds: time), workload: Int32(truncatingIfNeeded: id),
      origin: turn.origin, index: turn.index, promptTokens: prompt,
      outputTokens: lengths.output,
      estimatedOutputTokens: attributes[id].place(turn.index, output: lengths.output).estimate,
      client: turn.talk)
  }

  /// Files the next request of a workload with sessions, and ends sessions whose next turn would be
  /// beyond the limit on context.
  private mutating func fileTurn(_ id: Int) {
    let book = heads[id].sessions
    while sessions[book].time < Int64.max {
      let turn = sessions[book].upcoming()
      let lengths = attributes[id].turn(turn.index, isFirst: false)
      if sessions[book].fits(Int(turn.said) + Int(lengths.prompt) + Int(lengths.output)) { break }
      sessions[book].endNext()
    }
    file(id, nextTime(of: id))
  }
}

/// Makes the sources of one workload from its seed and its window of time.
private struct SourceMaker {
  let seed: UInt64
  let start: Int64
  let end: Int64

  private func stream(_ purpose: KeyedStream.Purpose) -> KeyedStream {
    KeyedStream(seed: seed, entity: 0, purpose: purpose)
  }

  var shifts: KeyedStream { stream(.shifts) }

  func poisson(_ rate: Double) -> PoissonSource {
    PoissonSource(rate: rate, start: start, generator: stream(.gaps).generator())
  }

  func gamma(_ rate: Double, _ table: GammaGapTable) -> RenewalSource {
    RenewalSource(
      gamma: rate, table: table, start: start, generator: stream(.gaps).generator())
  }

  func weibull(_ rate: Double, _ shape: Double) -> RenewalSource {
    RenewalSource(
      weibull: rate, shape: shape, start: start, generator: stream(.gaps).generator())
  }

  func curve(_ curve: RateCurve, base: Int64) -> CurveSource {
    CurveSource(
      curve, base: base, start: start, limit: end, generator: stream(.gaps).generator())
  }

  func bursts(_ states: [BurstState], walk: CourseWalk? = nil) -> BurstSource {
    BurstSource(
      states, start: start, limit: end, gaps: stream(.gaps).generator(),
      durations: stream(.states).generator(), walk: walk)
  }

  func course(_ curve: RateCurve, base: Int64, _ course: DemandCourse) -> CourseSource {
    CourseSource(
      CourseWalk(curve, base: base, course: course, at: start), limit: end,
      generator: stream(.gaps).generator())
  }

  /// The same maker for a source whose clock begins at zero.
  var onOwnClock: SourceMaker { SourceMaker(seed: seed, start: 0, end: end) }

  func paced(_ renewal: RenewalSource, _ workload: WorkloadSpec) -> CourseRenewalSource {
    CourseRenewalSource(renewal, workload.clockWalk, limit: end)
  }

  func pacedLoop(_ clients: Int, _ every: Duration) -> ClosedLoopSource {
    ClosedLoopSource(clients: clients, every: every, start: start, thinking: stream(.thinking))
  }

  func closedLoop(_ clients: Int, _ thinkTime: Duration) -> ClosedLoopSource {
    ClosedLoopSource(
      clients: clients, thinkTime: thinkTime, start: start, thinking: stream(.thinking))
  }

  func sessions(_ spec: Sessions) -> SessionBook {
    SessionBook(spec, turnDraws: stream(.turns), thinking: stream(.thinking))
  }

  func replay(_ rows: TraceRows, _ replay: TraceReplay) -> ReplaySource {
    ReplaySource(
      rows, replay, start: start, limit: end, shifts: shifts, thinning: stream(.thinning))
  }
}
