import Estimate
import Money
import Multicloud
import SimulationKernel

/// An estimate of a world over a horizon, with its bill.
public struct EstimateRun {
  /// The world.
  public var world: World
  /// Length of a bin.
  public var binWidth: Duration
  /// How long requests arrive.
  public var horizon: Duration
  /// Part of it that statistics leave out.
  public var warmup: Duration
  /// Most levels of demand looked at.
  public var mostLevels = 256

  /// Creates an estimate over the world's own horizon, in bins of a minute.
  public init(_ world: World) {
    self.world = world
    binWidth = .seconds(60)
    horizon = world.horizon
    warmup = world.warmup
  }

  /// What an estimate comes to.
  public struct Outcome: Sendable {
    /// Rates, times, shares.
    public var estimate: WorldEstimate
    /// The expected bill; `nil` where nobody is billed.
    public var bill: Bill?
    /// Dollars: billed over the horizon, or tokens and units at list price over the measured time.
    public var cost: Double
    /// Commitments to the end of their terms, by commitment, then case.
    public var paths: [[CommitmentPath]]
    /// Seconds it took.
    public var wallSeconds: Double
  }

  /// Bins of the series that make one of its rows.
  public var binsPerRow = 1

  /// What is wrong with the horizon or the bins; `nil` where nothing is.
  public var problem: String? {
    if let problem = world.estimateProblem { return problem }
    if horizon <= .zero { return "the horizon is empty; expected at least one bin of time" }
    if binWidth <= .zero { return "a bin has no length; expected 1s or more" }
    if horizon.nanoseconds / binWidth.nanoseconds > 20_000_000 {
      return
        "\(horizon.nanoseconds / binWidth.nanoseconds) bins are more than fit in memory; at most "
        + "20,000,000: choose a longer --bin"
    }
    return nil
  }

  /// Estimates.
  ///
  /// - Precondition: ``problem`` is `nil`.
  public func run() throws -> Outcome {
    precondition(problem == nil, "the horizon is checked before")
    let clock = ContinuousClock()
    let begin = clock.now
    var settings = WorldEstimate.Settings(world)
    settings.binWidth = binWidth
    settings.horizon = horizon
    settings.warmup = warmup
    settings.mostLevels = mostLevels
    settings.binsPerRow = binsPerRow
    if let billing = world.billing {
      settings.periods = ExpectedBooks.periods(billing.contracts, horizon: horizon)
    }
    let growth = DemandGrowth(world)
    let estimate = try WorldEstimate(world, settings) { growth.factor($0, at: $1) }
    var bill: Bill?
    var paths: [[CommitmentPath]] = []
    var cost =
      estimate.workloads.reduce(0.0) { $0 + $1.tokenCost } * estimate.measuredSeconds
      + world.unitCost(seconds: estimate.measuredSeconds)
    if let billing = world.billing {
      let closing = ExpectedBooks(world: world, billing: billing)
        .bill(estimate, edges: settings.periods)
      bill = closing.bill
      cost = closing.bill.total.billed.dollars
      paths = zip(billing.contracts.commitments, closing.months).map { commitment, months in
        CommitmentOutlook.Case.allCases.map {
          CommitmentPath(commitment, billing, months, case: $0)
        }
      }
    }
    let wall = clock.now - begin
    return Outcome(
      estimate: estimate, bill: bill, cost: cost, paths: paths,
      wallSeconds: Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18)
  }
}
