import Runner
import Synchronization
import Tables

/// Simulates the cells of a sweep that are not there yet.
public struct SweepRun: Sendable {
  /// The sweep.
  public var sweep: Sweep
  /// Where its cells go.
  public var folder: SweepFolder
  /// Which of its cells.
  public var shard: Shard
  /// Threads.
  public var pool: WorkPool

  /// Creates a run.
  public init(_ sweep: Sweep, into folder: SweepFolder, shard: Shard, pool: WorkPool) {
    self.sweep = sweep
    self.folder = folder
    self.shard = shard
    self.pool = pool
  }

  /// How far a run is.
  public struct Progress: Hashable, Sendable {
    /// Cells of the shard.
    public var total: Int
    /// Cells that were there before.
    public var skipped: Int
    /// Cells of them that were half-written, and are computed anew.
    public var halfWritten: Int
    /// Cells computed.
    public var computed: Int

    /// Cells not there yet.
    public var left: Int { total - skipped - computed }
  }

  /// Computes what is missing, a file for each cell the moment it is done.
  ///
  /// - Parameters:
  ///   - progress: Told at the begin and after each cell, from any thread.
  ///   - shouldContinue: Asked before each cell and within them; where it says no, cells in flight are
  ///     dropped.
  /// - Throws: The first failure in the order of the cells; what is finished stays.
  public func run(
    progress: @Sendable (Progress) -> Void, shouldContinue: @Sendable () -> Bool
  ) throws(SweepError) -> Progress {
    let own = sweep.cells.filter { shard.holds($0.index) }
    do {
      try folder.cells.prepare()
    } catch {
      throw .table(error)
    }
    var start = Progress(total: own.count, skipped: 0, halfWritten: 0, computed: 0)
    var todo: [SweepCell] = []
    for cell in own {
      guard shouldContinue() else { throw .interrupted }
      switch try folder.state(cell) {
      case .finished: start.skipped += 1
      case .halfWritten:
        start.halfWritten += 1
        todo.append(cell)
      case .missing: todo.append(cell)
      }
    }
    progress(start)
    let now = Mutex(start)
    do {
      let (sweep, folder, cells) = (sweep, folder, todo)
      _ = try pool.map(cells.count, shouldContinue: shouldContinue) { index in
        guard try Self.compute(cells[index], sweep, folder, shouldContinue: shouldContinue) else {
          return
        }
        now.withLock { state in
          state.computed += 1
          progress(state)
        }
      }
    } catch let error as SweepError {
      throw error
    } catch {
      throw .failed("\(error)")
    }
    return now.withLock { $0 }
  }

  /// Simulates a cell and writes its file; `false` where it was stopped.
  private static func compute(
    _ cell: SweepCell, _ sweep: Sweep, _ folder: SweepFolder, shouldContinue: () -> Bool
  ) throws -> Bool {
    do {
      guard let table = try sweep.run(cell, shouldContinue: shouldContinue) else { return false }
      try folder.cells.write(table)
      return true
    } catch let error as TableError {
      throw SweepError.table(error)
    } catch RunError.output(let error) {
      throw SweepError.table(error)
    } catch RunError.broken(let violation) {
      throw SweepError.broken(cell: sweep.name(cell), violation)
    } catch {
      throw SweepError.badCell(sweep.name(cell), "\(error)")
    }
  }
}
