import Multicloud
import SimulationKernel
import Tables

/// What became of a world's training jobs, as rows of `training_jobs.csv`, by job.
struct TrainingRows {
  let rows: [TrainingJobRow]

  init(_ world: World, _ result: SimulationResult) {
    let end = result.end.nanoseconds
    rows = zip(world.training, result.training).map { job, outcome in
      let gang = Int128(job.accelerators)
      return TrainingJobRow(
        job: job.name, tenant: job.tenant < 0 ? "" : world.tenants[job.tenant].name,
        market: world.markets[job.market].name, accelerators: Int64(job.accelerators),
        submitted: job.submitted.nanoseconds, started: outcome.started, ended: outcome.ended,
        doneFraction: Ratio(outcome.saved, over: job.work.nanoseconds),
        preemptions: outcome.preemptions, faults: outcome.faults,
        checkpoints: outcome.checkpoints, lost: Int128(outcome.lost) * gang,
        overhead: Int128(outcome.overhead) * gang, held: Int128(outcome.held) * gang,
        waited: outcome.waited, deadline: job.deadline?.nanoseconds ?? -1,
        isDeadlineMet: job.isDeadlineMet(outcome, at: end))
    }
  }
}

extension TrainingJob {
  /// Whether the deadline was met; `nil` where there is none, or where it is not known yet.
  public func isDeadlineMet(_ outcome: TrainingOutcome, at end: Int64) -> Bool? {
    guard let deadline = deadline?.nanoseconds else { return nil }
    if outcome.ended >= 0 { return outcome.ended <= deadline }
    return deadline < end ? false : nil
  }
}
