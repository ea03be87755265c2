import SimulationKernel

/// Watches what becomes of requests around incidents.
///
/// Counters by the second exist in windows around the incidents only: from five minutes before one until
/// fifteen minutes after it, or six hours after its start where it lasts longer. Memory is O(seconds in
/// windows), at most ``IncidentMeasure/most`` windows; none where nothing goes wrong.
struct IncidentWatch {
  /// How a request ended.
  struct Outcome {
    /// Whether a client sent it, and no chain.
    var isClient = true
    /// Whether it was served within all its targets.
    var isGood = false
    /// Whether it was refused or failed.
    var isLost = false
    /// Attempts it took; -1 for a chain, whose calls make them.
    var attempts: Int64 = 0
  }

  /// Requests that came in one second and have ended.
  private struct Second {
    var ended: UInt32 = 0
    var good: UInt32 = 0
    var lost: UInt32 = 0
    var asked: UInt32 = 0
    var attempts: UInt32 = 0
  }

  /// Seconds from one to another, not counted in, whose counters begin at an offset.
  private struct Stretch {
    var from: Int64
    var until: Int64
    var offset: Int
  }

  /// One incident while it is watched.
  private struct Watched {
    var measure: IncidentMeasure
    var isAffected: [Bool]
    var from: Int64
    var until: Int64
    var minute: Int64 = 0
    var minuteTokens: Int64 = 0
    var start: Int64 { measure.incident.start.nanoseconds }
    var end: Int64 { start + measure.incident.duration.nanoseconds }
  }

  private static let second: Int64 = 1_000_000_000
  /// Seconds before an incident that say what service was like.
  private static let before: Int64 = 300
  private static let after: Int64 = 900
  private static let longest: Int64 = 6 * 3600
  /// Seconds of a rolling share, and for which it must stay well.
  private static let rolling: Int64 = 10
  private static let stays: Int64 = 30

  /// Whether anything is watched.
  let isWatching: Bool
  private var watched: [Watched] = []
  /// By number of the incident, its place among those watched; -1 for none.
  private var places: [Int32]
  private var active: [Int] = []
  private var awaitingFailback: [Int] = []
  private var stretches: [Stretch] = []
  private var seconds: [Second] = []
  private var lastStretch = 0

  /// - Parameters:
  ///   - drawnFrom: Number of the first incident that was drawn.
  ///   - now: When the run, or the part of it, begins, nanoseconds.
  init(_ world: World, _ incidents: [Incident], drawnFrom: Int, from now: Int64) {
    places = [Int32](repeating: -1, count: incidents.count)
    let horizon = world.horizon.nanoseconds
    let chosen = incidents.indices.filter {
      incidents[$0].start.nanoseconds < horizon && incidents[$0].start.nanoseconds >= now
    }.sorted { (incidents[$0].start, $0) < (incidents[$1].start, $1) }
      .prefix(IncidentMeasure.most)
    isWatching = !chosen.isEmpty
    let scopes = isWatching ? world.scopes(of: incidents, drawnFrom: drawnFrom) : []
    for id in chosen.sorted() {
      let incident = incidents[id]
      let isAffected = (0..<world.deploymentCount).map { world.feels(incident.target, $0) }
      let start = incident.start.nanoseconds / Self.second
      let end = Self.ceiling(incident.start.nanoseconds + incident.duration.nanoseconds)
      places[id] = Int32(watched.count)
      watched.append(
        Watched(
          measure: IncidentMeasure(
            number: id, scope: scopes[id], incident: incident, isRandom: id >= drawnFrom,
            deployments: isAffected.count { $0 }),
          isAffected: isAffected, from: max(0, start - Self.before),
          until: min(Self.ceiling(horizon), min(end, start + Self.longest) + Self.after)))
    }
    layOut()
  }

  /// Joins the windows into stretches that do not overlap.
  private mutating func layOut() {
    var count = 0
    for window in watched.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
      if let last = stretches.last, window.from <= last.until {
        let more = max(0, window.until - last.until)
        stretches[stretches.count - 1].until += more
        count += Int(more)
      } else {
        stretches.append(Stretch(from: window.from, until: window.until, offset: count))
        count += Int(max(0, window.until - window.from))
      }
    }
    seconds = [Second](repeating: Second(), count: count)
  }

  private static func ceiling(_ nanoseconds: Int64) -> Int64 {
    (nanoseconds + second - 1) / second
  }

  // MARK: While the run goes on

  mutating func begin(_ id: Int, at now: Int64) {
    if places[id] >= 0 { active.append(Int(places[id])) }
  }

  mutating func end(_ id: Int) {
    let place = Int(places[id])
    guard place >= 0 else { return }
    active.removeAll { $0 == place }
    switch watched[place].measure.incident.effect {
    case .fails, .hangs: awaitingFailback.append(place)
    case .slows, .cuts, .loses: break
    }
  }

  /// Counts a request that has ended. O(log windows).
  mutating func count(_ outcome: Outcome, arrival: Int64) {
    let moment = arrival / Self.second
    guard let place = place(of: moment) else { return }
    if outcome.isClient {
      seconds[place].ended += 1
      if outcome.isGood { seconds[place].good += 1 }
      if outcome.isLost { seconds[place].lost += 1 }
    }
    if outcome.attempts >= 0 {
      seconds[place].asked += 1
      seconds[place].attempts += UInt32(truncatingIfNeeded: outcome.attempts)
    }
  }

  /// An attempt at a deployment has failed, as the gateway hears.
  mutating func noteFailure(at deployment: Int32, _ reason: RequestRecord.Reason, _ now: Int64) {
    guard reason == .serverError || reason == .noAnswer || reason == .reducedLimit else { return }
    note(.attempt, Int(deployment), now)
  }

  /// Probes have marked a deployment unhealthy.
  mutating func noteMarked(_ deployment: Int, _ now: Int64) {
    note(.probe, deployment, now)
    leaveAlone(deployment, now)
  }

  /// A breaker before a deployment has opened.
  mutating func noteLeftAlone(_ deployment: Int, _ now: Int64) {
    note(.breaker, deployment, now)
    leaveAlone(deployment, now)
  }

  private mutating func note(
    _ witness: IncidentMeasure.Witness, _ deployment: Int, _ now: Int64
  ) {
    for place in active
    where watched[place].measure.detected == nil && watched[place].isAffected[deployment] {
      watched[place].measure.detected = now - watched[place].start
      watched[place].measure.witness = witness
    }
  }

  private mutating func leaveAlone(_ deployment: Int, _ now: Int64) {
    for place in active
    where watched[place].measure.leftAlone == nil && watched[place].isAffected[deployment] {
      watched[place].measure.leftAlone = now - watched[place].start
    }
  }

  /// A deployment has served an attempt that was sent at a time.
  mutating func noteSuccess(at deployment: Int, sent: Int64, _ now: Int64) {
    if awaitingFailback.isEmpty { return }
    awaitingFailback.removeAll { place in
      guard watched[place].isAffected[deployment], sent >= watched[place].end else { return false }
      watched[place].measure.failedBack = now - watched[place].end
      return true
    }
  }

  /// A quota of a deployment has refused an attempt.
  mutating func noteQuotaRefusal(at deployment: Int, _ ask: QuotaAsk, _ now: Int64) {
    for place in active where !watched[place].isAffected[deployment] {
      let tokens = ask.promptTokens + ask.maximumOutputTokens
      watched[place].measure.quotaRefusals += 1
      watched[place].measure.quotaTokens += tokens
      let minute = (now - watched[place].start) / Simulation.minute
      if minute != watched[place].minute {
        watched[place].minute = minute
        watched[place].minuteTokens = 0
      }
      watched[place].minuteTokens += tokens
      watched[place].measure.peakQuotaTokens = max(
        watched[place].measure.peakQuotaTokens, watched[place].minuteTokens)
    }
  }

  // MARK: At its end

  /// What the incidents that began before a time did. O(seconds in windows).
  func measures(until now: Int64) -> [IncidentMeasure] {
    watched.filter { $0.start < now }.map { measure($0, until: Self.ceiling(now)) }
  }

  private func measure(_ watched: Watched, until now: Int64) -> IncidentMeasure {
    var measure = watched.measure
    let start = watched.start / Self.second
    let end = Self.ceiling(watched.end)
    let limit = min(watched.until, now)
    let prior = sum(from: max(watched.from, start - Self.before), until: start)
    measure.goodBefore = prior.good
    measure.endedBefore = prior.ended
    measure.attemptsBefore = prior.attempts
    measure.requestsBefore = prior.asked
    let during = sum(from: start, until: min(end, limit))
    measure.attemptsDuring = during.attempts
    measure.requestsDuring = during.asked
    let (back, hasFallen) = recovery(watched, measure.baseline, until: limit)
    measure.hasFallen = hasFallen
    var lookedUntil = limit
    if let back {
      measure.recovered = hasFallen ? (back + 1) * Self.second - watched.start : 0
      // Service may have fallen again while the incident went on.
      lookedUntil = min(limit, max(end, hasFallen ? back + 1 : end))
    }
    measure.lost = sum(from: start, until: lookedUntil).lost
    for moment in start..<max(start, lookedUntil) {
      let share = sum(from: max(watched.from, moment + 1 - Self.rolling), until: moment + 1)
      guard share.ended > 0 else { continue }
      let isWorse =
        measure.endedAtWorst == 0
        || share.good * measure.endedAtWorst < measure.goodAtWorst * share.ended
      if isWorse { (measure.goodAtWorst, measure.endedAtWorst) = (share.good, share.ended) }
    }
    return measure
  }

  /// The second at which service is back for good, its first where it never fell; and whether it fell, which
  /// is laid to the incident until half a minute after its end.
  private func recovery(
    _ watched: Watched, _ baseline: (good: Int64, ended: Int64), until limit: Int64
  ) -> (second: Int64?, hasFallen: Bool) {
    let start = watched.start / Self.second
    let lastFall = min(limit, Self.ceiling(watched.end) + Self.stays)
    var isWell = true
    var hasFallen = false
    var well: Int64 = 0
    for moment in start..<max(start, limit) {
      let share = sum(from: max(watched.from, moment + 1 - Self.rolling), until: moment + 1)
      if share.ended > 0 {
        isWell = 100 * share.good * baseline.ended >= 95 * baseline.good * share.ended
      }
      if !hasFallen {
        if moment >= lastFall { break }
        hasFallen = !isWell
        continue
      }
      well = isWell ? well + 1 : 0
      if well == Self.stays { return (moment - Self.stays + 1, true) }
    }
    return (hasFallen ? nil : start, hasFallen)
  }

  /// Counts of the seconds from one to another. O(seconds).
  private func sum(
    from: Int64, until: Int64
  ) -> (ended: Int64, good: Int64, lost: Int64, asked: Int64, attempts: Int64) {
    var sum: (ended: Int64, good: Int64, lost: Int64, asked: Int64, attempts: Int64) = (
      0, 0, 0, 0, 0
    )
    guard until > from,
      let stretch = stretches.first(where: { $0.from <= from && until <= $0.until })
    else { return sum }
    let offset = stretch.offset - Int(stretch.from)
    for moment in from..<until {
      let second = seconds[offset + Int(moment)]
      sum.ended += Int64(second.ended)
      sum.good += Int64(second.good)
      sum.lost += Int64(second.lost)
      sum.asked += Int64(second.asked)
      sum.attempts += Int64(second.attempts)
    }
    return sum
  }

  /// Where a second's counters are; `nil` outside all windows. Requests that end have mostly come in the
  /// window of the one before.
  private mutating func place(of moment: Int64) -> Int? {
    if lastStretch < stretches.count, stretches[lastStretch].from <= moment,
      moment < stretches[lastStretch].until
    {
      return stretches[lastStretch].offset + Int(moment - stretches[lastStretch].from)
    }
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].until <= moment { low = middle + 1 } else { high = middle }
    }
    guard low < stretches.count, stretches[low].from <= moment else { return nil }
    lastStretch = low
    return stretches[low].offset + Int(moment - stretches[low].from)
  }
}

extension World {
  /// Whether what befalls a target is felt at a deployment: it is hit, or a quota of its own is.
  public func feels(_ target: Incident.Target, _ deployment: Int) -> Bool {
    if case .quota(let id) = target {
      return endpoint(ofDeployment: deployment)?.quotas.contains(id) ?? false
    }
    return hits(target, deployment)
  }
}
