import SimulationKernel
import Workload

extension Simulation {
  /// Plays a world, and where it breaks a law finds the event that did.
  ///
  /// - Parameters:
  ///   - world: What to simulate.
  ///   - recorder: Who takes down rows; `nil` for nobody.
  ///   - checkpointLength: Time between checkpoints; zero for none.
  ///   - invariants: When sums are checked.
  ///   - shouldContinue: Asked every 65,536 events, also where the run is played again to find an event:
  ///     what was found before stands where it says no.
  /// - Throws: ``InvariantViolation`` where a law is broken, `WorkloadError` where a workload cannot
  ///   be generated.
  public static func soundResult(
    of world: World, recorder: (any Recorder)? = nil, checkpointLength: Duration = .zero,
    invariants: InvariantWatch = .end, shouldContinue: (Progress) -> Bool = { _ in true }
  ) throws -> SimulationResult {
    var simulation = try Simulation(
      world, recorder: recorder, checkpointLength: checkpointLength, invariants: invariants)
    do throws(InvariantViolation) {
      return try simulation.checkedRun(shouldContinue: shouldContinue)
    } catch {
      throw try InvariantSearch.event(of: error) { watch in
        var again = try Simulation(
          world, recorder: recorder.map { SilentRecorder(like: $0) }, invariants: watch)
        do throws(InvariantViolation) {
          _ = try again.checkedRun(shouldContinue: shouldContinue)
          return nil
        } catch {
          return error
        }
      }
    }
  }
}
