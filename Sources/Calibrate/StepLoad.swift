/// What some steps of an engine did, summed over them: the left side of an equation whose right side is
/// the time they took together.
public struct StepLoad: Hashable, Sendable {
  /// Steps.
  public var steps = 0.0
  /// Sequences that decoded, over the steps.
  public var decodes = 0.0
  /// Cached tokens read, over the steps.
  public var kvTokens = 0.0
  /// Steps that prefilled.
  public var prefillSteps = 0.0
  /// Sequences that prefilled, over the steps.
  public var prefills = 0.0
  /// Prompt tokens computed.
  public var prefillTokens = 0.0
  /// Attention pairs of the prompt tokens.
  public var pairs = 0.0

  /// Creates a load of nothing.
  public init() {}
}

/// An equation of a fit: a load, the time it took, and where both are from.
public struct Observation: Hashable, Sendable {
  /// What the steps did.
  public var load: StepLoad
  /// How long they took, microseconds.
  public var microseconds: Double
  /// `file:line`, and the request where a line holds several.
  public var place: String
  /// Whether it is kept out of the fit.
  public var isHeldOut: Bool
}
