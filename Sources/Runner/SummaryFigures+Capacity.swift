import Multicloud
import SimulationKernel
import Tables

/// What the capacity of elastic pools did, and the training jobs beside them.
extension SummaryFigures {
  mutating func addTraining() {
    for (job, outcome) in zip(world.training, result.training) {
      let gang = Int128(job.accelerators)
      func hours(_ time: Int64) -> SummaryTable.Value {
        .ratio(Ratio(Int128(time) * gang, over: 3_600_000_000_000))
      }
      func count(_ metric: String, _ unit: String, _ value: Int64) {
        add(.job, job.name, metric, unit, .integer(value))
      }
      add(
        .job, job.name, "done_fraction", "1",
        .ratio(Ratio(outcome.saved, over: job.work.nanoseconds)))
      if let isMet = job.isDeadlineMet(outcome, at: result.end.nanoseconds) {
        count("deadline_met", "1", isMet ? 1 : 0)
      }
      count("job_preemptions", "preemptions", outcome.preemptions)
      count("job_faults", "faults", outcome.faults)
      add(.job, job.name, "accelerator_hours", "h", hours(outcome.held))
      add(.job, job.name, "accelerator_hours_lost", "h", hours(outcome.lost))
      add(.job, job.name, "accelerator_hours_overhead", "h", hours(outcome.overhead))
      add(
        .job, job.name, "waited", "s", .ratio(Ratio(outcome.waited, over: 1_000_000_000)))
    }
  }

  /// What an endpoint's units did, where they change.
  mutating func add(_ units: UnitStatistics, _ name: String, _ time: Int128) {
    func mean(_ sum: Int128) -> SummaryTable.Value { .ratio(Ratio(sum, over: time)) }
    func count(_ metric: String, _ value: Int64) {
      add(.deployment, name, metric, "changes", .integer(value))
    }
    add(.deployment, name, "units_mean", "units", mean(units.unitTime))
    add(.deployment, name, "units_wanted_mean", "units", mean(units.wantedTime))
    count("scale_ups", units.scaleUps - units.failedScaleUps)
    count("scale_ups_failed", units.failedScaleUps)
    count("scale_downs", units.scaleDowns)
    add(
      .deployment, name, "lead_time_mean", "s",
      .ratio(Ratio(units.leadTime, over: Int128(units.arrivals) * 1_000_000_000)))
  }

  mutating func add(
    _ capacity: CapacityStatistics, ofPool id: Int, _ name: String, _ time: Int128
  ) {
    let pool = world.pools[id]
    let extremes = capacity.extremes
    let hour: Int128 = 3_600_000_000_000
    let accelerators = Int128(pool.acceleratorsPerReplica)
    func mean(_ sum: Int128) -> SummaryTable.Value { .ratio(Ratio(sum, over: time)) }
    func hours(_ sum: Int128) -> SummaryTable.Value {
      .ratio(Ratio(sum * accelerators, over: hour))
    }
    func count(_ metric: String, _ unit: String, _ value: Int64) {
      add(.pool, name, metric, unit, .integer(value))
    }
    add(.pool, name, "replicas_ready_mean", "replicas", mean(capacity.readyTime))
    add(
      .pool, name, "replicas_ready_min", "replicas",
      extremes.leastReady.map { .integer(Int64($0)) } ?? .none)
    count("replicas_ready_max", "replicas", Int64(extremes.mostReady))
    add(.pool, name, "replicas_held_mean", "replicas", mean(capacity.machineTime))
    count("replicas_held_max", "replicas", Int64(extremes.mostMachines))
    add(.pool, name, "replicas_wanted_mean", "replicas", mean(capacity.wantedTime))
    add(.pool, name, "replicas_failed_mean", "replicas", mean(capacity.failedTime))
    add(.pool, name, "accelerator_hours", "h", hours(capacity.machineTime))
    add(
      .pool, name, "spot_share", "1", .ratio(Ratio(capacity.spotTime, over: capacity.servingTime)))
    add(.pool, name, "capacity_gap", "h", hours(capacity.gapTime))
    count("scale_ups", "replicas", capacity.scaleUps - capacity.failedScaleUps)
    count("scale_ups_failed", "replicas", capacity.failedScaleUps)
    count("scale_ups_failed_quota", "replicas", capacity.quotaFailures)
    count("scale_ups_failed_supply", "replicas", capacity.supplyFailures)
    count("scale_downs", "replicas", capacity.scaleDowns)
    count("interruptions", "replicas", capacity.interruptions)
    count("machine_failures", "replicas", capacity.failures)
    count("requests_broken_off", "requests", capacity.lostRequests)
    count("requests_moved", "requests", capacity.movedRequests)
    add(
      .pool, name, "lead_time_mean", "s",
      .ratio(Ratio(capacity.leadTime, over: Int128(capacity.starts) * 1_000_000_000)))
    if let money = MachineMoney(world, pool: id, capacity) {
      add(.pool, name, "machine_cost", "USD", .dollars(money.cost))
      add(.pool, name, "machine_saving", "USD", .dollars(money.saving))
    }
  }
}
