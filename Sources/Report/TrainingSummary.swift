import Multicloud
import Runner
import SimulationKernel

/// What became of the training jobs beside the pools.
struct TrainingSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout
  /// Jobs shown: those that missed their deadline first, then in order of the world.
  private static let mostJobs = 16

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where there are no jobs. O(jobs).
  var lines: [String] {
    guard !world.training.isEmpty else { return [] }
    let end = outcome.result.end.nanoseconds
    let jobs = Array(zip(world.training, outcome.result.training))
    func isMissed(_ pair: (TrainingJob, TrainingOutcome)) -> Bool {
      pair.0.isDeadlineMet(pair.1, at: end) == false
    }
    var shown = jobs
    if jobs.count > Self.mostJobs {
      shown = Array((jobs.filter(isMissed) + jobs.filter { !isMissed($0) }).prefix(Self.mostJobs))
    }
    var table = TextTable([
      .name("training job", shortest: 12), .number("gang"), .number("done"), .text("deadline"),
      .number("preempted"), .number("faults", rank: 1), .number("held h", rank: 2),
      .number("lost h"), .number("overhead h"), .number("waited", rank: 3),
    ])
    for (job, result) in shown {
      func hours(_ time: Int64) -> String {
        Quantity.fixed(Double(time) / 3.6e12 * Double(job.accelerators), 1)
      }
      table.add([
        job.name, "\(job.accelerators)",
        Quantity.percent(Double(result.saved) / Double(job.work.nanoseconds)),
        Self.deadline(job, result, at: end), Quantity.grouped(result.preemptions),
        Quantity.grouped(result.faults), hours(result.held), hours(result.lost),
        hours(result.overhead), Quantity.span(Duration(nanoseconds: result.waited)),
      ])
    }
    var lines = table.laidOut(width: layout.width)
    lines += layout.wrapped("gang: accelerators that work together; hours are accelerator-hours")
    if shown.count < jobs.count {
      lines += layout.wrapped(
        "\(shown.count) of \(jobs.count), missed deadlines first; the others are in training_jobs.csv"
      )
    }
    return lines
  }

  /// `met`, `MISSED`, `open` where the run ended before it, `–` where there is none.
  static func deadline(_ job: TrainingJob, _ result: TrainingOutcome, at end: Int64) -> String {
    guard job.deadline != nil else { return "–" }
    switch job.isDeadlineMet(result, at: end) {
    case .some(true): return "met"
    case .some(false): return "MISSED"
    case .none: return "open"
    }
  }
}
