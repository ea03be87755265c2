import Recordings

/// The logs of a fit as equations.
struct Material {
  let runs: [RecordedRun]
  /// Steps seen one by one.
  let steps: [Observation]
  /// Equations of the runs, by run.
  let ofRuns: [(run: RecordedRun, observations: [Observation])]
  /// What is held out.
  let choice: HoldOut.Choice
  /// Whether a table of steps has attention pairs.
  private let hasPairs: Bool
  private(set) var notes: [String] = []

  init(
    _ recordings: [(name: String, recording: Recording)], method: CalibrationMethod
  ) throws(CalibrationError) {
    var runs: [RecordedRun] = []
    var steps: [Observation] = []
    var hasPairs = false
    let names = recordings.flatMap { name, recording in
      if case .runs(let found) = recording { return found.map(\.name) }
      return [name]
    }
    let choice = method.holdOut.choice(among: names)
    self.choice = choice
    for (name, recording) in recordings {
      switch recording {
      case .runs(let found): runs += found
      case .steps(let found):
        hasPairs = hasPairs || found.contains { $0.attentionPairs != nil }
        for (index, step) in found.enumerated() {
          steps.append(
            Observation.of(
              step, file: name, isHeldOut: choice.holdsOut(run: name, row: index)))
        }
      }
    }
    var ofRuns: [(run: RecordedRun, observations: [Observation])] = []
    for run in runs {
      ofRuns.append(
        (
          run,
          try Observation.of(run) { index in choice.holdsOut(run: run.name, row: index) }
        ))
      if run.leftOut > 0 {
        notes.append("\(run.name): \(run.leftOut) requests that failed are left out")
      }
      if run.arrivals == .reconstructed {
        notes.append("\(run.name): start times follow from the number of clients")
      }
      if run.isClosedLoop, run.arrivals != .unknown, method.replays {
        notes.append(
          "\(run.name): clients waited for their answers, so it is fitted by its equations and not "
            + "replayed; first tokens are not predicted")
      }
      if run.arrivals == .unknown {
        notes.append("\(run.name): no start times, so one equation from the means of the run")
      }
    }
    self.runs = runs
    self.steps = steps
    self.ofRuns = ofRuns
    self.hasPairs = hasPairs
    let all = observations
    guard !all.isEmpty else {
      throw CalibrationError("no request has more than one output token: nothing tells of a step")
    }
    let held = all.reduce(0) { $0 + ($1.isHeldOut ? 1 : 0) }
    guard held < all.count else { throw CalibrationError("every row is held out; hold fewer out") }
    if held == 0 && method.holdOut.share > 0 {
      notes.append("too few rows or runs to hold any out: the profile has no band")
    }
  }

  /// Every equation.
  var observations: [Observation] { steps + ofRuns.flatMap(\.observations) }

  /// Steps, means and runs of clients that wait tell of coefficients; requests that come by themselves tell of an engine as a whole.
  var usualForm: CalibrationMethod.Form {
    steps.isEmpty && runs.allSatisfy(\.canReplay) ? .scaled : .linear
  }

  /// The columns that such logs can tell apart.
  var columns: [StepColumn] {
    guard !steps.isEmpty else { return [.base, .perSequence, .perKVToken, .prefillPerToken] }
    return StepColumn.allCases.filter { hasPairs || $0 != .prefillPerPair }
  }

  /// Equations of what no replay stands for.
  var unreplayed: [Observation] {
    steps + ofRuns.filter { !$0.run.canReplay }.flatMap(\.observations)
  }

  /// What was fitted, how, and what was held out: a line for the profile.
  func description(
    form: CalibrationMethod.Form, search: FactorSearch, method: CalibrationMethod
  ) -> String {
    var parts: [String] = []
    if !steps.isEmpty { parts.append("\(steps.count) steps") }
    let requests = runs.reduce(0) { $0 + $1.requests.count }
    if requests > 0 {
      parts.append("\(requests) requests of \(runs.count) run\(runs.count == 1 ? "" : "s")")
    } else if !runs.isEmpty {
      parts.append("means of \(runs.count) run\(runs.count == 1 ? "" : "s")")
    }
    let way =
      form == .linear
      ? "a sum of shares by non-negative least squares" : "the catalog's physics with four factors"
    let held = method.holdOut
    let share = Int((100 * held.share).rounded())
    return "fitted to \(parts.joined(separator: " and ")): \(way)"
      + (search.replays.isEmpty ? "" : ", refined by replaying")
      + (share == 0
        ? "; nothing held out"
        : "; \(share) % held out by hash of the \(held.unit.rawValue), seed \(held.seed)")
  }
}

extension RecordedRun {
  /// Whether the simulator can be given its requests as they came.
  var canReplay: Bool { arrivals != .unknown && !isClosedLoop }
}
