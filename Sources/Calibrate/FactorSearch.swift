import Foundation
import Recordings
import ServingEngine
import SimulationKernel

/// The search for factors on four groups of coefficients, by what they make of steps and of runs that
/// are replayed.
struct FactorSearch {
  /// A run that is replayed.
  struct Replay {
    var replay: EngineReplay
    /// By request, whether it is held out.
    var heldOut: [Bool]
  }

  /// What was found.
  struct Found {
    var coefficients: StepCoefficients
    var logarithms: [Double]
    var factors: [Calibration.Factor]
    var rounds: Int
  }

  static let groups = ["base", "per_sequence", "per_kv_token", "prefill"]

  /// Logarithms of factors of 1.
  static let ones = [0.0, 0, 0, 0]

  /// Requests whose times to first token are taken together: those of single ones jump as a step
  /// begins just before or just after they come.
  static let firstTokensTogether = 10

  /// Most that a time to first token weighs beside a time per output token. First tokens wait in queues,
  /// which multiply what is not modelled, so that theirs say less.
  private static let mostOfFirstToken = 0.5

  /// Relative error of a time per output token that a fit may leave, for weighing the two against
  /// each other.
  private static let errorOfStep = 0.005

  /// Standard deviation of the wait for the next step, in steps: a request comes at any moment of one.
  private static let waitForStep = 0.29

  /// A factor that no row tells of stays at 1: each is believed as if one row in a hundred spoke for it.
  static let weightOfStart = 0.1

  /// Error taken for a request that the replay did not finish.
  static let unfinished = 10.0

  let start: StepCoefficients
  var observations: [Observation]
  var replays: [Replay]

  /// The coefficients with the exponentials of parameters as factors.
  private func coefficients(_ logarithms: [Double]) -> StepCoefficients {
    start.scaled(
      by: StepCoefficients.Scales(
        base: DeterministicMath.exp(logarithms[0]),
        perSequence: DeterministicMath.exp(logarithms[1]),
        perKVToken: DeterministicMath.exp(logarithms[2]),
        prefill: DeterministicMath.exp(logarithms[3])))
  }

  /// Factors under which a replayed log gives the same answer to the equations as the recorded one.
  ///
  /// The equations take means over time for means over steps, and so are a little off; on a log of the
  /// simulator they are off by as much. Newton's steps with the unit matrix for the derivative, because
  /// the equations are nearly right. (Indirect inference: Gouriéroux, Monfort and Renault, 1993.)
  ///
  /// - Parameters:
  ///   - begin: What the equations say of the recorded runs, logarithms.
  ///   - beside: Equations of what is not replayed.
  /// - Complexity: at most eight replays of every run.
  func corrected(from begin: [Double], beside: [Observation]) throws(CalibrationError) -> [Double] {
    var logarithms = begin
    var best = (distance: Double.infinity, logarithms: begin)
    for _ in 0..<8 {
      var search = self
      search.observations = beside
      for replay in replays {
        guard let run = try replay.replay.log(coefficients(logarithms)) else {
          return best.logarithms
        }
        search.observations += try Observation.of(run) { replay.heldOut[$0] }
      }
      let found = try search.run(from: begin, replaying: false).logarithms
      let miss = found.indices.map { begin[$0] - found[$0] }
      let distance = miss.map(abs).max() ?? 0
      if distance < best.distance { best = (distance, logarithms) }
      if distance < 1e-3 { break }
      let bound = GaussNewton().bound
      logarithms = logarithms.indices.map { min(bound, max(-bound, logarithms[$0] + miss[$0])) }
    }
    return best.logarithms
  }

  /// Searches from the given logarithms of factors, by replays or by equations alone.
  ///
  /// - Complexity: by replays, about a hundred of every run.
  func run(from begin: [Double], replaying: Bool) throws(CalibrationError) -> Found {
    let zero = Self.ones
    func search(
      _ from: [Double], _ difference: Double
    ) throws(CalibrationError) -> GaussNewton.Result {
      try GaussNewton(difference: difference).minimise(from: from) {
        logarithms throws(CalibrationError) in
        try residuals(logarithms, replaying: replaying)
      }
    }
    // Wide differences see past the jumps of a replay, narrow ones then find the place.
    var result = try search(begin, replaying ? 0.05 : 0.01)
    if replaying {
      let rounds = result.rounds
      result = try search(result.parameters, 0.01)
      result.rounds += rounds
    }
    let rows = result.residuals.count - zero.count
    let told = zero.indices.filter { column in
      result.jacobian[column].prefix(rows).contains { $0 != 0 }
    }
    var errors = [Double?](repeating: nil, count: zero.count)
    if rows > told.count, !told.isEmpty {
      let inverse = OrthogonalReduction(
        columns: told.map { result.jacobian[$0] }, target: result.residuals
      ).inverseDiagonal()
      let noise = result.after / Double(rows - told.count)
      for (index, column) in told.enumerated() where inverse[index].isFinite {
        errors[column] = (noise * inverse[index]).squareRoot()
      }
    }
    let factors = zero.indices.map {
      Calibration.Factor(
        group: Self.groups[$0], value: DeterministicMath.exp(result.parameters[$0]),
        relativeError: errors[$0])
    }
    return Found(
      coefficients: coefficients(result.parameters), logarithms: result.parameters,
      factors: factors, rounds: result.rounds)
  }

  private func residuals(
    _ logarithms: [Double], replaying: Bool
  ) throws(CalibrationError) -> [Double] {
    let tried = coefficients(logarithms)
    var residuals: [Double] = []
    for observation in observations where !observation.isHeldOut {
      residuals.append(tried.microseconds(observation.load) / observation.microseconds - 1)
    }
    for replay in replaying ? replays : [] {
      let latencies = try replay.replay.latencies(tried)
      let requests = replay.replay.run.requests
      let seen = requests.indices.filter { !replay.heldOut[$0] }
      guard !seen.isEmpty else { continue }
      let perSecond = Self.weightOfFirstToken(seen.map { requests[$0] })
      for first in stride(from: 0, to: seen.count, by: Self.firstTokensTogether) {
        let group = seen[first...].prefix(Self.firstTokensTogether)
        let sum = group.reduce(0.0) { sum, index in
          let measured = requests[index].timeToFirstToken
          return sum
            + (latencies[index].map { ($0.timeToFirstToken - measured) * perSecond }
              ?? Self.unfinished)
        }
        residuals.append(sum / Double(group.count).squareRoot())
      }
      for index in seen {
        guard let measured = requests[index].timePerOutputToken else { continue }
        // A few steps are a noisier mean than many.
        let weight = min(1, Double(requests[index].outputTokens - 1) / 16).squareRoot()
        let error =
          latencies[index]?.timePerOutputToken.map { $0 / measured - 1 } ?? Self.unfinished
        residuals.append(weight * error)
      }
    }
    return residuals + logarithms.map { Self.weightOfStart * $0 }
  }

  /// Weight of a second of time to first token: as certain as it is. Where nothing queues it is a few
  /// steps, one of which is chance; where much does, it tells as much as anything.
  private static func weightOfFirstToken(_ requests: [RecordedRequest]) -> Double {
    let steps = requests.compactMap(\.timePerOutputToken)
    let first = requests.reduce(0) { $0 + $1.timeToFirstToken } / Double(requests.count)
    let most = mostOfFirstToken / max(first, 1e-6)
    guard !steps.isEmpty else { return most }
    let step = steps.reduce(0, +) / Double(steps.count)
    return min(most, errorOfStep / (waitForStep * step))
  }

  /// Measured against predicted.
  func compare(
    _ coefficients: StepCoefficients, observations: [Observation]
  ) throws(CalibrationError) -> [ComparedRow] {
    var rows = observations.map {
      ComparedRow(
        quantity: .step, place: $0.place, measured: $0.microseconds / max(1, $0.load.steps),
        predicted: coefficients.microseconds($0.load) / max(1, $0.load.steps),
        isHeldOut: $0.isHeldOut)
    }
    for replay in replays {
      let latencies = try replay.replay.latencies(coefficients)
      for (index, request) in replay.replay.run.requests.enumerated() {
        guard let predicted = latencies[index] else { continue }
        let place = "\(replay.replay.run.name):\(request.line)"
        let isHeldOut = replay.heldOut[index]
        if request.timeToFirstToken > 0 {
          rows.append(
            ComparedRow(
              quantity: .timeToFirstToken, place: place, measured: request.timeToFirstToken * 1e6,
              predicted: predicted.timeToFirstToken * 1e6, isHeldOut: isHeldOut))
        }
        if let measured = request.timePerOutputToken, let time = predicted.timePerOutputToken {
          rows.append(
            ComparedRow(
              quantity: .timePerOutputToken, place: place, measured: measured * 1e6,
              predicted: time * 1e6, isHeldOut: isHeldOut))
        }
      }
    }
    return rows
  }
}

extension StepCoefficients {
  /// How long the steps of a load take together, microseconds: those that prefill share its prompts
  /// evenly, all share its decodes.
  func microseconds(_ load: StepLoad) -> Double {
    guard load.steps > 0 else { return 0 }
    var step = MeanStep(
      decodes: load.decodes / load.steps, decodeKVTokens: load.kvTokens / load.steps)
    var time = (load.steps - load.prefillSteps) * decodeTime(step)
    if load.prefillSteps > 0 {
      step.prefills = load.prefills / load.prefillSteps
      step.prefillTokens = load.prefillTokens / load.prefillSteps
      step.attentionPairs = load.pairs / load.prefillSteps
      time += load.prefillSteps * mixedTime(step)
    }
    return time / 1e6
  }
}
