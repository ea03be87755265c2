import Recordings
import ServingEngine

/// An engine fitted to its logs: the profile, and everything that says how far to trust it.
public struct Calibration: Sendable {
  /// A factor on a group of coefficients that was found by replaying or by trying.
  public struct Factor: Hashable, Sendable {
    /// Name of the group.
    public var group: String
    /// The factor on where the search began.
    public var value: Double
    /// Its relative standard error; `nil` where the logs do not tell.
    public var relativeError: Double?
  }

  /// The profile.
  public let engine: CalibratedEngine
  /// What was fitted.
  public let form: CalibrationMethod.Form
  /// The linear fit, where the form is linear.
  public let linear: LinearFit?
  /// The factors on the linear fit, or on the physics; empty where none were sought.
  public let factors: [Factor]
  /// Rounds of the search for factors.
  public let rounds: Int
  /// Measured against predicted, row by row.
  public let rows: [ComparedRow]
  /// What a reader should know.
  public let notes: [String]

  /// Figures of the errors of a quantity; `nil` where there are none.
  public func errors(_ quantity: ComparedRow.Quantity, heldOut: Bool) -> ErrorFigures? {
    ErrorFigures(
      rows.filter { $0.quantity == quantity && $0.isHeldOut == heldOut }.map(\.error))
  }

  /// Mean measured over mean predicted, less one; `nil` where there are no rows.
  public func errorOfMeans(_ quantity: ComparedRow.Quantity, heldOut: Bool) -> Double? {
    let chosen = rows.filter { $0.quantity == quantity && $0.isHeldOut == heldOut }
    let predicted = chosen.reduce(0) { $0 + $1.predicted }
    return predicted > 0 ? chosen.reduce(0) { $0 + $1.measured } / predicted - 1 : nil
  }

  /// The rows that are furthest off, worst first.
  public func worst(_ count: Int) -> [ComparedRow] {
    Array(rows.sorted { (-abs($0.error), $0.place) < (-abs($1.error), $1.place) }.prefix(count))
  }

  /// Fits an engine.
  ///
  /// - Parameters:
  ///   - recordings: Files by name.
  ///   - facts: What is known of the engine beside its logs.
  ///   - method: How to fit.
  ///   - provenance: Lines for the profile beside those that say how it was fitted.
  /// - Throws: ``CalibrationError`` where the logs do not determine an engine.
  public init(
    _ recordings: [(name: String, recording: Recording)], facts: EngineFacts,
    method: CalibrationMethod = CalibrationMethod(), provenance: [String] = []
  ) throws(CalibrationError) {
    let material = try Material(recordings, method: method)
    let form = method.form ?? material.usualForm
    var notes = material.notes
    var linear: LinearFit?
    var start = facts.physics
    if form == .linear {
      let fit = try LinearFit(material.observations, columns: material.columns)
      start = Self.coefficients(fit, physics: facts.physics, &notes)
      linear = fit
    }
    var search = FactorSearch(start: start, observations: [], replays: [])
    if method.replays {
      for run in material.runs where run.canReplay {
        search.replays.append(
          FactorSearch.Replay(
            replay: try EngineReplay(run, scheduler: facts.scheduler),
            heldOut: run.requests.indices.map { material.choice.holdsOut(run: run.name, row: $0) }))
      }
    }
    var coefficients = start
    var factors: [Factor] = []
    var rounds = 0
    if form == .scaled || !search.replays.isEmpty {
      // The equations alone are nearly right and vary smoothly: where a replay had better begin.
      search.observations = material.observations
      var found = try search.run(from: FactorSearch.ones, replaying: false)
      if !search.replays.isEmpty {
        let errors = found.factors.map(\.relativeError)
        // Steps seen one by one have their say beside the runs; equations of runs that are replayed
        // do not.
        search.observations = material.unreplayed
        let begin = try search.corrected(from: found.logarithms, beside: material.unreplayed)
        found = try search.run(from: begin, replaying: true)
        // A replay jumps, so its slopes say too much; how well the equations tell is believed.
        for index in found.factors.indices {
          found.factors[index].relativeError = errors[index].map { error in
            max(error, found.factors[index].relativeError ?? 0)
          }
        }
      }
      coefficients = found.coefficients
      factors = found.factors
      rounds = found.rounds
    }
    coefficients = coefficients.rounded()
    rows = try search.compare(
      coefficients,
      observations: search.replays.isEmpty ? material.observations : material.unreplayed)
    var engine = CalibratedEngine(
      model: facts.model, accelerator: facts.accelerator, tensorParallel: facts.tensorParallel,
      coefficients: coefficients, scheduler: facts.overrides,
      provenance: provenance + [material.description(form: form, search: search, method: method)])
    engine.standardErrors = Self.standardErrors(coefficients, linear: linear, factors: factors)
    try engine.addBands(rows)
    self.engine = engine
    self.form = form
    self.linear = linear
    self.factors = factors
    self.rounds = rounds
    self.notes = notes
  }

  /// The linear coefficients; of what no row tells, the physics' share.
  private static func coefficients(
    _ fit: LinearFit, physics: StepCoefficients, _ notes: inout [String]
  ) -> StepCoefficients {
    var values = fit.values
    var taken: [StepColumn] = []
    if fit.silent.contains(.prefillPerToken) || values[.prefillPerToken] == nil {
      taken += [.prefillBase, .prefillPerToken, .prefillPerPair]
    }
    for column in [StepColumn.base, .perSequence, .perKVToken] where fit.silent.contains(column) {
      taken.append(column)
    }
    for column in taken { values[column] = physics.linearShare(column) }
    if !taken.isEmpty {
      notes.append(
        "no row tells of \(taken.map(\.rawValue).joined(separator: ", ")): taken from the catalog's "
          + "physics, not measured")
    }
    for term in fit.terms where term.value == 0 {
      notes.append(
        "\(term.column.rawValue) is held at zero: plain least squares would make it negative "
          + "(\(significant(term.unconstrained)) us)")
    }
    return StepCoefficients(linear: values)
  }

  private static func standardErrors(
    _ coefficients: StepCoefficients, linear: LinearFit?, factors: [Factor]
  ) -> [CalibratedEngine.StandardError] {
    var errors: [CalibratedEngine.StandardError] = []
    if factors.isEmpty {
      for term in linear?.terms ?? [] {
        guard let error = term.standardError else { continue }
        errors += term.column.profileKeys.map {
          CalibratedEngine.StandardError(key: $0, value: rounded(error))
        }
      }
      return errors
    }
    let groups: [(String, [(String, Double)])] = [
      ("base", [("decode_base", coefficients.decodeBase)]),
      ("per_sequence", [("decode_per_sequence", coefficients.decodePerSequence)]),
      ("per_kv_token", [("decode_per_kv_token", coefficients.decodePerKVToken)]),
      (
        "prefill",
        [
          ("prefill_per_token", coefficients.mixed.prefillAttentionPerToken),
          ("gemm_per_token", coefficients.mixed.gemmPerToken),
          ("gemm_per_token_compute_bound", coefficients.mixed.gemmPerTokenComputeBound),
          ("prefill_per_pair", coefficients.mixed.prefillAttentionPerPair),
        ]
      ),
    ]
    for (name, keys) in groups {
      guard let error = factors.first(where: { $0.group == name })?.relativeError else { continue }
      errors += keys.filter { $0.1 > 0 }.map {
        CalibratedEngine.StandardError(key: $0.0, value: rounded(error * $0.1 / 1e6))
      }
    }
    return errors
  }
}

extension CalibratedEngine {
  /// Bands from the rows that were held out; that of the step is that of the time per output token
  /// where no steps were.
  ///
  /// - Throws: where the fit is so far off that no profile can say by how much.
  fileprivate mutating func addBands(_ rows: [ComparedRow]) throws(CalibrationError) {
    func band(_ quantity: ComparedRow.Quantity) throws(CalibrationError) -> Band? {
      let errors = rows.filter { $0.quantity == quantity && $0.isHeldOut }.map(\.error)
      guard let figures = ErrorFigures(errors) else { return nil }
      let band = Band(low: rounded(figures.low), high: rounded(figures.high))
      guard band.low > -1, band.high < 1000, band.low <= band.high else {
        throw CalibrationError(
          "what was held out of the fit (\(quantity.rawValue)) is \(figures.low) to \(figures.high) times "
            + "off it: these logs are not of one engine, or their times are in other units")
      }
      return band
    }
    timePerOutputTokenError = try band(.timePerOutputToken)
    timeToFirstTokenError = try band(.timeToFirstToken)
    stepError = try band(.step) ?? timePerOutputTokenError
  }
}
