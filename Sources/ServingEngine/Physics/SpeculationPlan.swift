/// How a deployment speculates.
public struct SpeculationPlan: Hashable, Sendable {
  /// Tokens drafted for each sequence in each step; at least 1.
  public var draftTokens: Int
  /// How they are drafted.
  public var drafter: Drafter
  /// The model that drafts, where the drafter needs one.
  public var model: LanguageModel?
  /// Time of one drafting pass, microseconds, in place of what the drafter's kernels come to.
  public var passMicroseconds: Double?

  /// Creates a plan.
  public init(
    draftTokens: Int, drafter: Drafter, model: LanguageModel? = nil, passMicroseconds: Double? = nil
  ) {
    self.draftTokens = draftTokens
    self.drafter = drafter
    self.model = model
    self.passMicroseconds = passMicroseconds
  }

  /// What the scheduler must know.
  public var settings: SpeculationSettings {
    SpeculationSettings(
      draftTokens: draftTokens, lookaheadTokens: drafter.hasCache ? draftTokens : 0)
  }

  /// The model that a drafting pass computes beside `served`; `nil` where none is.
  func drafting(for served: LanguageModel) -> LanguageModel? {
    drafter.needsModel ? model : drafter.model(for: served)
  }
}
