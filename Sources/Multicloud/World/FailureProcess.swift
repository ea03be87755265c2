import SimulationKernel

/// Something that goes wrong again and again at random: an alternating renewal process of time up and time
/// down.
///
/// Times up are exponential; times down are constant or lognormal, as repair times are usually found to be
/// (MIL-HDBK-472, 1966; Schroeder and Gibson, "A large-scale study of failures in high-performance
/// computing systems", DSN 2006: lognormal fits repair best). Every draw is keyed by the process and the
/// number of the failure: another policy, or another process after it, changes none.
public struct FailureProcess: Hashable, Sendable {
  /// How long a failure lasts.
  public enum Repair: Hashable, Sendable {
    /// Always as long.
    case constant(Duration)
    /// Lognormal, with the standard deviation of the logarithm.
    case lognormal(median: Duration, sigma: Double)
  }

  /// What fails.
  public var target: Incident.Target
  /// What that does.
  public var effect: Incident.Effect
  /// Mean time from the end of a failure to the next.
  public var meanTimeUp: Duration
  /// How long a failure lasts.
  public var repair: Repair

  /// Creates a process.
  public init(
    target: Incident.Target, effect: Incident.Effect, meanTimeUp: Duration, repair: Repair
  ) {
    precondition(meanTimeUp > .zero)
    self.target = target
    self.effect = effect
    self.meanTimeUp = meanTimeUp
    self.repair = repair
  }

  /// Processes of a group whose members fail alone and all together: the beta-factor model of common causes
  /// (Fleming, GA-A13284, 1974; Mosleh et al., NUREG/CR-4780, 1988). Of a member's failures, one every
  /// `meanTimeUp` on average, the share `common` strikes all of the group at once.
  ///
  /// - Parameters:
  ///   - members: What fails alone, in order.
  ///   - group: What stands for all of them.
  ///   - common: The share, 0 to 1: beta.
  /// - Returns: The common cause's process first, where there is one, then those of the members.
  public static func group(
    members: [Incident.Target], group: Incident.Target, common: Double, effect: Incident.Effect,
    meanTimeUp: Duration, repair: Repair
  ) -> [FailureProcess] {
    precondition(common >= 0 && common <= 1)
    func process(_ target: Incident.Target, _ share: Double) -> FailureProcess? {
      guard share > 0 else { return nil }
      let mean = Double(meanTimeUp.nanoseconds) / share
      return FailureProcess(
        target: target, effect: effect,
        meanTimeUp: Duration(nanoseconds: mean < Self.longest ? Int64(mean) : Int64(Self.longest)),
        repair: repair)
    }
    return ([process(group, common)] + members.map { process($0, 1 - common) }).compactMap { $0 }
  }

  /// Failures expected in a time.
  public func expectedFailures(in time: Duration) -> Double {
    let down: Double =
      switch repair {
      case .constant(let time): time.seconds
      case .lognormal(let median, let sigma):
        median.seconds * DeterministicMath.exp(0.5 * sigma * sigma)
      }
    return time.seconds / (meanTimeUp.seconds + down)
  }

  /// Failures that begin before a time, in order. O(failures).
  ///
  /// - Parameter stream: The process's own.
  func incidents(_ stream: KeyedStream, until end: Duration) -> [Incident] {
    var incidents: [Incident] = []
    var time = 0.0
    let last = Double(end.nanoseconds)
    while true {
      let (up, down) = stream.block(UInt64(incidents.count))
      // 1 − u lies in (0, 1) as u does.
      time -= Double(meanTimeUp.nanoseconds) * DeterministicMath.log(unitInterval(up))
      guard time < last else { return incidents }
      let length = repairTime(down)
      incidents.append(
        Incident(
          target: target, effect: effect, start: Duration(nanoseconds: Int64(time)),
          duration: length))
      time += Double(length.nanoseconds)
    }
  }

  /// The longest time down that is drawn, ten years: sums stay below the end of simulated time.
  private static let longestRepair = 3.1e17

  /// A century.
  private static let longest = 3.1e18

  private func repairTime(_ bits: UInt64) -> Duration {
    switch repair {
    case .constant(let time): return time
    case .lognormal(let median, let sigma):
      let factor = DeterministicMath.exp(
        sigma * DeterministicMath.normalQuantile(unitInterval(bits)))
      let time = Double(median.nanoseconds) * factor
      return Duration(nanoseconds: max(1, Int64(min(time, Self.longestRepair))))
    }
  }
}

extension World {
  /// The failures that its processes draw under its seed, in order of time; at one time in the order of
  /// processes. O(failures).
  public var drawnFailures: [Incident] {
    var drawn: [(incident: Incident, process: Int)] = []
    let entities = failureEntities
    for (id, process) in failureProcesses.enumerated() {
      let stream = KeyedStream(
        seed: seed, entity: entities[id], purpose: Self.failurePurpose)
      drawn += process.incidents(stream, until: horizon).map { ($0, id) }
    }
    // A process has no two failures at a time, so the order is total.
    return drawn.sorted { ($0.incident.start, $0.process) < ($1.incident.start, $1.process) }
      .map(\.incident)
  }

  /// The world with what its failure processes draw among its incidents, after those that were declared:
  /// it plays as this one does.
  public var withDrawnFailures: World {
    var world = self
    world.incidents += drawnFailures
    world.failureProcesses = []
    world.drawnFrom = min(drawnFrom, incidents.count)
    return world
  }

  /// Beside those of workloads.
  private static let failurePurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 16)
}
