/// The shape of a decoder-only transformer, as its configuration file states it.
public struct LanguageModel: Hashable, Sendable {
  /// Name, unique in a catalog, such as `llama-3.1-8b`.
  public var name: String
  /// Other names it answers to.
  public var aliases: [String]
  /// Transformer layers.
  public var layers: Int
  /// Width of the residual stream.
  public var hiddenSize: Int
  /// Width of the gated feed-forward layer; of one expert in a mixture.
  public var feedForwardSize: Int
  /// Query heads.
  public var heads: Int
  /// Key and value heads.
  public var kvHeads: Int
  /// Dimension of one head.
  public var headDimension: Int
  /// Tokens in the vocabulary.
  public var vocabularySize: Int
  /// Experts of a layer; 0 for a dense model.
  public var experts: Int
  /// Experts each token is routed to; 0 for a dense model.
  public var expertsPerToken: Int
  /// Precision the weights are published at.
  public var defaultPrecision: Precision
  /// Share of layers whose attention reads the whole context; the others use a sliding window too
  /// short to matter.
  public var fullAttentionFraction: Double
  /// Tokens of prompt and output the model was trained to hold.
  public var contextTokens: Int
  /// Whether input and output embeddings are one matrix.
  public var tiesEmbeddings: Bool

  /// Creates a model shape.
  public init(
    name: String, aliases: [String] = [], layers: Int, hiddenSize: Int, feedForwardSize: Int,
    heads: Int, kvHeads: Int, headDimension: Int, vocabularySize: Int, experts: Int = 0,
    expertsPerToken: Int = 0, defaultPrecision: Precision = .bf16,
    fullAttentionFraction: Double = 1, contextTokens: Int, tiesEmbeddings: Bool = false
  ) {
    precondition(layers > 0 && heads > 0 && kvHeads > 0 && heads % kvHeads == 0)
    precondition(experts == 0 ? expertsPerToken == 0 : (1...experts).contains(expertsPerToken))
    self.name = name
    self.aliases = aliases
    self.layers = layers
    self.hiddenSize = hiddenSize
    self.feedForwardSize = feedForwardSize
    self.heads = heads
    self.kvHeads = kvHeads
    self.headDimension = headDimension
    self.vocabularySize = vocabularySize
    self.experts = experts
    self.expertsPerToken = expertsPerToken
    self.defaultPrecision = defaultPrecision
    self.fullAttentionFraction = fullAttentionFraction
    self.contextTokens = contextTokens
    self.tiesEmbeddings = tiesEmbeddings
  }

  /// Query heads that share one KV head.
  public var groupSize: Int { heads / kvHeads }

  /// Attention parameters of one layer: query, key, value and output projections.
  public var attentionParametersPerLayer: Int {
    hiddenSize * (heads + 2 * kvHeads) * headDimension + heads * headDimension * hiddenSize
  }

  /// Parameters of one gated feed-forward layer, or of one expert.
  public var feedForwardParameters: Int { 3 * hiddenSize * feedForwardSize }

  /// Parameters of one layer outside the experts.
  public var denseParametersPerLayer: Int {
    attentionParametersPerLayer + (experts == 0 ? feedForwardParameters : 0)
  }

  /// Parameters of input and output embeddings together.
  public var embeddingParameters: Int {
    vocabularySize * hiddenSize * (tiesEmbeddings ? 1 : 2)
  }

  /// All parameters, norms and biases apart (below 0.1 % of any model).
  public var parameters: Int {
    layers * (denseParametersPerLayer + experts * feedForwardParameters) + embeddingParameters
  }

  /// Parameters one token is multiplied with, output embedding included.
  public var activeParameters: Int {
    layers * (denseParametersPerLayer + expertsPerToken * feedForwardParameters)
      + vocabularySize * hiddenSize
  }

  /// Bytes of all weights at `precision`; embeddings stay at 16 bits.
  public func weightBytes(_ precision: Precision) -> Double {
    Double(layers * denseParametersPerLayer) * precision.dense.bytesPerParameter
      + Double(layers * experts * feedForwardParameters) * precision.bytesPerParameter
      + Double(embeddingParameters) * Precision.bf16.bytesPerParameter
  }

  /// KV heads each accelerator holds: heads are replicated where there are more accelerators.
  public func kvHeadsPerAccelerator(tensorParallel: Int) -> Int {
    max(1, kvHeads / tensorParallel)
  }

  /// Bytes one token takes in the KV cache of one accelerator.
  public func kvBytesPerToken(tensorParallel: Int, precision: Precision) -> Double {
    Double(2 * layers * kvHeadsPerAccelerator(tensorParallel: tensorParallel) * headDimension)
      * precision.bytesPerParameter
  }

  /// Whether heads and KV heads divide evenly over `degree` accelerators.
  public func supports(tensorParallel degree: Int) -> Bool {
    degree >= 1 && heads % degree == 0 && (kvHeads % degree == 0 || degree % kvHeads == 0)
  }
}
