import Multicloud
import SimulationKernel

/// One slice of a run, played.
public struct SliceRun: Sendable {
  /// What it came to, measured from its edge on.
  public let result: SimulationResult
  /// What was used in it, period by period.
  let periods: [UsagePeriod]

  /// Plays a slice.
  ///
  /// - Parameter start: The demand from ``SlicePlan/start(_:)`` on.
  public init(
    _ slice: Int, of plan: SlicePlan, _ world: World, from start: SimulationStart,
    shouldContinue: (Simulation.Progress) -> Bool = { _ in true }
  ) throws {
    let keeper = UsageKeeper(from: plan.edges[slice].nanoseconds)
    let recorder = world.billing == nil ? nil : keeper
    var simulation = try Simulation(
      plan.world(slice, of: world), recorder: recorder, from: start)
    result = try simulation.checkedRun(shouldContinue: shouldContinue)
    periods = keeper.periods
  }

  /// The figures of a run whose slices these are, in order: as those of the run in one piece, without the worst
  /// minutes, which no slice records.
  public static func figures(
    _ world: World, _ slices: [SliceRun]
  ) throws -> (result: SimulationResult, mismatch: Int64, figures: SummaryFigures) {
    let (result, mismatch) = SimulationResult.stitched(slices.map(\.result))
    var money: SummaryFigures.MoneyFigures?
    if let billing = world.billing {
      let books = try Books(world, billing, in: nil)
      for slice in slices {
        for period in slice.periods { books.take(period) }
      }
      let bill = try books.closing().bill
      money = SummaryFigures.MoneyFigures(
        bill: bill, regret: nil, marginal: MarginalDestination.all(world, result, bill))
    }
    return (result, mismatch, SummaryFigures(world, result, estimates: [], money: money))
  }
}

/// Keeps usage from an edge on; what was used before belongs to the slice before.
private final class UsageKeeper: Recorder {
  private let edge: Int64
  private(set) var periods: [UsagePeriod] = []
  let wantsRequests = false
  let wantsPoolMinutes = false
  let hasFailed = false

  init(from edge: Int64) { self.edge = edge }

  func record(_ request: borrowing RequestRecord) {}
  func record(_ minute: borrowing PoolMinute) {}
  func record(_ period: borrowing UsagePeriod) {
    if period.start >= edge { periods.append(copy period) }
  }
}
