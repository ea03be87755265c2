import Statistics

/// Replications until figures are known well enough, or a budget is spent.
///
/// After a pilot the number still needed is worked out from the spread so far, `n (h / h*)²` for a half-width
/// `h` where `h*` is enough, and at most as many again are run before the next look. How many are run depends
/// on results alone, never on threads or time, so the same study gives the same bytes everywhere. Looking
/// again and again makes intervals cover a little less than they say; the pilot keeps that small (Law,
/// "Simulation Modeling and Analysis", 5th ed., 9.4.1).
public struct PrecisionRun: Sendable {
  /// The replications.
  public var replications: Replications
  /// What is to be known, and how well.
  public var targets: [PrecisionTarget]
  /// Replications of the pilot.
  public var pilot = 10
  /// Most replications.
  public var budget = 1000

  /// Prepares a study.
  public init(_ replications: Replications, targets: [PrecisionTarget]) {
    self.replications = replications
    self.targets = targets
  }

  /// What a look at the replications so far shows.
  public struct Look: Sendable {
    /// Replications made.
    public var count: Int
    /// Replications that will be enough, by what is known now; no more than the budget.
    public var needed: Int
    /// The figure that needs most, with its interval.
    public var widest: (key: FigureKey, interval: ConfidenceInterval)?
    /// Whether every target is met.
    public var isMet: Bool
  }

  /// Why a study cannot be made.
  public enum Problem: Error, CustomStringConvertible {
    /// No figure has this name.
    case noFigure(String, nearest: [String])
    /// A figure has no value in some replication.
    case noValue(String)

    /// What is wrong and what would be right.
    public var description: String {
      switch self {
      case .noFigure(let name, let nearest):
        "no figure '\(name)' in the summary; there are \(nearest.joined(separator: ", "))"
      case .noValue(let name):
        "'\(name)' has no value in some replications (nothing was counted); choose another figure "
          + "or a longer horizon"
      }
    }
  }

  /// Runs until every target is met or the budget is spent; `nil` where somebody asked to stop.
  ///
  /// - Parameter looked: Told after every look, the pilot's first: an estimate of the length of the study before
  ///   its long part.
  public func run(
    looked: (Look) -> Void = { _ in }, finished: @Sendable (Int) -> Void = { _ in },
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> (runs: [RunFigures], last: Look)? {
    var runs: [RunFigures] = []
    var samples = FigureSamples()
    var next = min(max(2, pilot), max(2, budget))
    while true {
      let made = try replications.run(
        runs.count..<next, finished: finished, shouldContinue: shouldContinue)
      guard let made else { return nil }
      for run in made { samples.add(run) }
      runs += made
      let look = try look(samples)
      looked(look)
      if look.isMet || runs.count >= budget { return (runs, look) }
      next = min(budget, max(runs.count + 1, min(look.needed, 2 * runs.count)))
    }
  }

  private func look(_ samples: FigureSamples) throws(Problem) -> Look {
    var look = Look(count: samples.count, needed: samples.count, isMet: true)
    var worst = 0.0
    for target in targets {
      let keys = samples.keys(named: target.figure).filter { $0.source == "simulated" }
      guard !keys.isEmpty else {
        throw .noFigure(target.figure, nearest: Self.nearest(target.figure, samples.keys))
      }
      for key in keys {
        guard let interval = samples.interval(key), interval.count == samples.count else {
          throw .noValue(key.name)
        }
        let enough: Double =
          switch target.width {
          case .relative(let share): share * abs(interval.estimate)
          case .absolute(let width): width
          }
        if interval.halfWidth <= enough { continue }
        look.isMet = false
        let ratio = enough > 0 ? interval.halfWidth / enough : .infinity
        if ratio > worst {
          worst = ratio
          look.widest = (key, interval)
        }
      }
    }
    if worst > 0 {
      let needed = (Double(samples.count) * worst * worst).rounded(.up)
      look.needed = needed < Double(budget) ? Int(needed) : budget
    }
    return look
  }

  private static func nearest(_ name: String, _ keys: [FigureKey]) -> [String] {
    var metrics: [String] = []
    for key in keys where key.source == "simulated" && !metrics.contains(key.metric) {
      metrics.append(key.metric)
    }
    let stem = name.split(separator: " ").last.map(String.init) ?? name
    let alike = metrics.filter { $0.hasPrefix(stem.prefix(3)) }
    return Array((alike.isEmpty ? metrics : alike).prefix(12))
  }
}
