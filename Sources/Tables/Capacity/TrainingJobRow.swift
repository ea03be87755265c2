import SimulationKernel

/// A row of `training_jobs.csv`: what became of a training job.
public struct TrainingJobRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; times in nanoseconds from the run's start, negative ones empty; what is lost, wasted and held
  /// in accelerator-nanoseconds.
  public init(
    job: String, tenant: String, market: String, accelerators: Int64, submitted: Int64,
    started: Int64, ended: Int64, doneFraction: Ratio, preemptions: Int64, faults: Int64,
    checkpoints: Int64, lost: Int128, overhead: Int128, held: Int128, waited: Int64,
    deadline: Int64, isDeadlineMet: Bool?
  ) {
    func seconds(_ time: Int64) -> TextField {
      .ratio(time < 0 ? .none : Ratio(time, over: 1_000_000_000))
    }
    func acceleratorSeconds(_ time: Int128) -> TextField {
      .ratio(Ratio(time, over: 1_000_000_000))
    }
    fields = [
      .text(job), .text(tenant), .text(market), .integer(accelerators), seconds(submitted),
      seconds(started), seconds(ended), .ratio(doneFraction), .integer(preemptions),
      .integer(faults), .integer(checkpoints), acceleratorSeconds(lost),
      acceleratorSeconds(overhead), acceleratorSeconds(held), seconds(waited), seconds(deadline),
      .integer(isDeadlineMet.map { $0 ? 1 : 0 }),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "training_jobs", version: 1,
    columns: [
      Column("job_id", .text, "Name of the job"),
      Column("tenant", .text, "Who pays for it"),
      Column("market", .text, "Where its machines come from"),
      Column("gpus", .integer, unit: "accelerators", "Accelerators of the gang"),
      Column("submit_s", .decimal(6), unit: "s", "When it was submitted, from the run's start"),
      Column("start_s", .decimal(6), unit: "s", "When it had its machines first"),
      Column("end_s", .decimal(6), unit: "s", "When it was done; empty where it was not"),
      Column("done_fraction", .decimal(6), unit: "1", "Work that is done and saved, of all"),
      Column("preemptions", .integer, "Times inference or a market took its machines"),
      Column("faults", .integer, "Times a fault stopped it"),
      Column("checkpoints", .integer, "Checkpoints saved"),
      Column("lost_gpu_s", .decimal(6), unit: "s", "Accelerator time whose work was lost"),
      Column(
        "overhead_gpu_s", .decimal(6), unit: "s", "Accelerator time of starts and checkpoints"),
      Column("held_gpu_s", .decimal(6), unit: "s", "Accelerator time it held machines"),
      Column("waited_s", .decimal(6), unit: "s", "Time without machines before its end"),
      Column("deadline_s", .decimal(6), unit: "s", "When it shall be done, from the run's start"),
      Column("deadline_met", .flag, "Whether it was; empty where it is not known or there is none"),
    ])
}
