/// A way to draft tokens: what a drafting pass computes beside the model it serves.
public struct Drafter: Hashable, Sendable {
  /// Name, unique in a catalog, such as `eagle`.
  public var method: String
  /// Layers like the model's own that a drafting pass goes through; 0 where nothing is computed on the
  /// accelerator, or where a model of its own drafts.
  public var layers: Int
  /// Whether its layers are dense where the model's are mixtures of experts.
  public var isDense: Bool
  /// Tokens its own output projection knows; 0 where it shares the model's.
  public var vocabularySize: Int
  /// Whether another model drafts.
  public var needsModel: Bool
  /// Whether it keeps keys and values, and slots for its next tokens with them.
  public var hasCache: Bool
  /// Host time of a drafting pass, microseconds; there are as many passes a step as drafted tokens.
  public var perDraftMicroseconds: Double
  /// Host time of drafting in each step, microseconds.
  public var perStepMicroseconds: Double
  /// Host time of drafting for each sequence in each step, microseconds.
  public var perSequenceMicroseconds: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates a drafter.
  public init(
    method: String, layers: Int, isDense: Bool, vocabularySize: Int, needsModel: Bool,
    hasCache: Bool,
    perDraftMicroseconds: Double, perStepMicroseconds: Double, perSequenceMicroseconds: Double,
    evidence: Evidence
  ) {
    self.method = method
    self.layers = layers
    self.isDense = isDense
    self.vocabularySize = vocabularySize
    self.needsModel = needsModel
    self.hasCache = hasCache
    self.perDraftMicroseconds = perDraftMicroseconds
    self.perStepMicroseconds = perStepMicroseconds
    self.perSequenceMicroseconds = perSequenceMicroseconds
    self.evidence = evidence
  }

  /// The model that a drafting pass computes for one that serves `model`; `nil` where none is.
  ///
  /// A drafting head is a few layers of the model's shape; one layer of a mixture of experts stands for
  /// itself, or for a dense layer as wide as the experts a token is routed to.
  public func model(for model: LanguageModel) -> LanguageModel? {
    guard layers > 0 else { return nil }
    var head = model
    head.name = "\(method) head of \(model.name)"
    head.layers = layers
    if isDense, model.experts > 0 {
      head.feedForwardSize = model.feedForwardSize * model.expertsPerToken
      head.experts = 0
      head.expertsPerToken = 0
    }
    if vocabularySize > 0 { head.vocabularySize = min(vocabularySize, model.vocabularySize) }
    head.tiesEmbeddings = true
    return head
  }
}
