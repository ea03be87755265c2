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
  /// Share of layers whose attention reads the whole context; the others read `slidingWindowTokens`.
  public var fullAttentionFraction: Double
  /// Tokens that the layers with a sliding window read; 0 where there are none.
  public var slidingWindowTokens: Int
  /// How unevenly tokens choose experts: the popularity of the i-th falls as `i` to minus this power;
  /// 0 for uniform.
  public var routingSkew: Double
  /// Feed-forward width of the experts that every token passes, together; 0 for none.
  public var sharedExpertSize: Int
  /// First layers of a mixture that have no experts.
  public var denseLayers: Int
  /// Feed-forward width of those layers.
  public var denseFeedForwardSize: Int
  /// How keys and values are compressed; `nil` where they are kept for every KV head.
  public var latent: LatentAttention?
  /// Tokens of prompt and output the model was trained to hold.
  public var contextTokens: Int
  /// Whether input and output embeddings are one matrix.
  public var tiesEmbeddings: Bool

  /// Creates a model shape.
  public init(
    name: String, aliases: [String] = [], layers: Int, hiddenSize: Int, feedForwardSize: Int,
    heads: Int, kvHeads: Int, headDimension: Int, vocabularySize: Int, experts: Int = 0,
    expertsPerToken: Int = 0, defaultPrecision: Precision = .bf16,
    fullAttentionFraction: Double = 1, slidingWindowTokens: Int = 0, routingSkew: Double = 0,
    sharedExpertSize: Int = 0, denseLayers: Int = 0, denseFeedForwardSize: Int = 0,
    latent: LatentAttention? = nil, contextTokens: Int, tiesEmbeddings: Bool = false
  ) {
    precondition(experts > 0 ? (0..<layers).contains(denseLayers) : denseLayers == 0)
    precondition(routingSkew >= 0 && slidingWindowTokens >= 0)
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
    self.slidingWindowTokens = slidingWindowTokens
    self.routingSkew = routingSkew
    self.sharedExpertSize = sharedExpertSize
    self.denseLayers = denseLayers
    self.denseFeedForwardSize = denseFeedForwardSize
    self.latent = latent
    self.contextTokens = contextTokens
    self.tiesEmbeddings = tiesEmbeddings
  }

  /// Query heads that share one KV head.
  public var groupSize: Int { heads / kvHeads }

  /// Attention parameters of one layer: query, key, value and output projections.
  public var attentionParametersPerLayer: Int {
    guard let latent else {
      return hiddenSize * (heads + 2 * kvHeads) * headDimension
        + heads * headDimension * hiddenSize
    }
    let query =
      latent.queryRank > 0
      ? latent.queryRank * (hiddenSize + heads * headDimension)
      : hiddenSize * heads * headDimension
    let content = headDimension - latent.ropeDimension + latent.valueDimension
    return query + hiddenSize * latent.cachedWidth + latent.rank * heads * content
      + heads * latent.valueDimension * hiddenSize
  }

  /// Layers with experts; 0 for a dense model.
  public var expertLayers: Int { experts == 0 ? 0 : layers - denseLayers }

  /// Parameters of one gated feed-forward layer, or of one expert.
  public var feedForwardParameters: Int { 3 * hiddenSize * feedForwardSize }

  /// Parameters of all layers outside the experts that tokens choose between.
  public var denseLayerParameters: Int {
    let attention = layers * attentionParametersPerLayer
    if experts == 0 { return attention + layers * feedForwardParameters }
    return attention + 3 * hiddenSize
      * (expertLayers * sharedExpertSize + denseLayers * denseFeedForwardSize)
  }

  /// Parameters of input and output embeddings together.
  public var embeddingParameters: Int {
    vocabularySize * hiddenSize * (tiesEmbeddings ? 1 : 2)
  }

  /// All parameters, norms and biases apart (below 0.1 % of any model).
  public var parameters: Int {
    denseLayerParameters + expertLayers * experts * feedForwardParameters + embeddingParameters
  }

  /// Parameters one token is multiplied with, output embedding included.
  public var activeParameters: Int {
    denseLayerParameters + expertLayers * expertsPerToken * feedForwardParameters
      + vocabularySize * hiddenSize
  }

  /// Bytes of all weights at `precision`; embeddings stay at 16 bits.
  public func weightBytes(_ precision: Precision) -> Double {
    Double(denseLayerParameters) * precision.dense.bytesPerParameter
      + expertBytes(precision) + Double(embeddingParameters) * Precision.bf16.bytesPerParameter
  }

  /// Bytes of the experts' weights at `precision`.
  public func expertBytes(_ precision: Precision) -> Double {
    Double(expertLayers * experts * feedForwardParameters) * precision.bytesPerParameter
  }

  /// KV heads each accelerator holds: heads are replicated where there are more accelerators.
  public func kvHeadsPerAccelerator(tensorParallel: Int) -> Int {
    max(1, kvHeads / tensorParallel)
  }

  /// Numbers cached of one token in one layer of one accelerator; a latent is kept by every one.
  public func cachedWidth(tensorParallel: Int) -> Int {
    latent?.cachedWidth
      ?? 2 * kvHeadsPerAccelerator(tensorParallel: tensorParallel) * headDimension
  }

  /// Bytes one token takes in the KV cache of one accelerator that holds all layers. Layers with a
  /// sliding window give their blocks back as it moves on, so only the others count.
  public func kvBytesPerToken(tensorParallel: Int, precision: Precision) -> Double {
    Double(layers) * fullAttentionFraction * Double(cachedWidth(tensorParallel: tensorParallel))
      * precision.bytesPerParameter
  }

  /// Whether heads and KV heads divide evenly over `degree` accelerators.
  public func supports(tensorParallel degree: Int) -> Bool {
    degree >= 1 && heads % degree == 0 && (kvHeads % degree == 0 || degree % kvHeads == 0)
  }
}
