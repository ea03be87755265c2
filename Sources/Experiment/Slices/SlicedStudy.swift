import Multicloud
import Runner
import SimulationKernel
import Synchronization
import Tables

/// One long scenario on all cores: slices of its time as independent pieces of work, stitched in order.
///
/// Slices see the very requests of the uncut run, because somebody walks through the demand ahead of them; what
/// they do not know is the state at their beginning, for which the overlap makes up. The result does not depend
/// on the number of threads.
public struct SlicedStudy: Sendable {
  /// The world.
  public let world: World
  /// How it is cut.
  public let plan: SlicePlan
  /// Where the work is done.
  public let pool: WorkPool

  /// Prepares a study.
  public init(_ world: World, plan: SlicePlan, pool: WorkPool) {
    self.world = world
    self.plan = plan
    self.pool = pool
  }

  /// What slices come to.
  public struct Outcome: Sendable {
    /// The figures of the whole run.
    public var figures: RunFigures
    /// Requests counted twice at edges, less those not counted at all.
    public var mismatch: Int64
  }

  /// Plays the slices; `nil` where somebody asked to stop.
  public func run(
    finished: @Sendable (Int) -> Void = { _ in }, shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> Outcome? {
    guard
      let slices = try slices(0..<plan.count, finished: finished, shouldContinue: shouldContinue)
    else { return nil }
    let (result, mismatch, figures) = try SliceRun.figures(world, slices)
    let run = RunFigures(
      keys: figures.rows.map { FigureKey($0) }, values: figures.rows.map(\.value.number),
      seed: world.seed, fingerprint: result.fingerprint, requests: result.requests,
      isComplete: result.isComplete)
    return Outcome(figures: run, mismatch: mismatch)
  }

  /// Plays some of the slices, in order; `nil` where somebody asked to stop.
  public func slices(
    _ range: Range<Int>, finished: @Sendable (Int) -> Void = { _ in },
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> [SliceRun]? {
    let starts = Mutex(Starts(walk: try DemandWalk(world), next: range.lowerBound))
    let done = Atomic<Int>(0)
    let runs = try pool.map(range.count, shouldContinue: shouldContinue) { place -> SliceRun in
      let slice = range.lowerBound + place
      let start = starts.withLock { $0.take(slice, plan) }
      let run = try SliceRun(slice, of: plan, world, from: start) { _ in shouldContinue() }
      finished(done.add(1, ordering: .relaxed).newValue)
      return run
    }
    let whole = runs.compactMap { $0 }.filter(\.result.isComplete)
    return whole.count == range.count ? whole : nil
  }

  /// Beginnings of slices, made in order, and those that were made before they were asked for.
  private struct Starts: Sendable {
    var walk: DemandWalk
    var next: Int
    var ready: [Int: SimulationStart] = [:]

    mutating func take(_ slice: Int, _ plan: SlicePlan) -> SimulationStart {
      while next <= slice {
        ready[next] = walk.start(at: plan.start(next))
        next += 1
      }
      guard let start = ready.removeValue(forKey: slice) else {
        preconditionFailure("a slice is begun once")
      }
      return start
    }
  }
}
