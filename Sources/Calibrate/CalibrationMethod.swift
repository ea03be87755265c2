/// How an engine is fitted.
public struct CalibrationMethod: Hashable, Sendable {
  /// What is fitted.
  public enum Form: String, CaseIterable, Sendable {
    /// A sum of shares: base, each sequence, each cached token, and what prompts cost.
    case linear
    /// The catalog's physics with a factor on each of four groups: base, sequences, KV cache, prefill.
    case scaled
  }

  /// What is fitted; `nil` takes the linear form for tables of steps and for means of runs, the scaled
  /// one for logs of requests.
  public var form: Form?
  /// Whether runs whose arrivals are known are put through the simulator, so that queueing and
  /// the order of work count.
  public var replays: Bool
  /// What is held out.
  public var holdOut: HoldOut

  /// Creates a method.
  public init(form: Form? = nil, replays: Bool = true, holdOut: HoldOut = HoldOut()) {
    self.form = form
    self.replays = replays
    self.holdOut = holdOut
  }
}
