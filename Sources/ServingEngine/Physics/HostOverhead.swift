/// What an engine's own code adds to the work of the accelerators: scheduling, sampling, launching,
/// routing tokens to experts, and the server in front.
///
/// It differs by engine and version and matters more than the detail of matrix products.
public struct HostOverhead: Hashable, Sendable {
  /// Name, unique in a catalog, such as `vllm`.
  public var name: String
  /// Time of each step, microseconds.
  public var perStepMicroseconds: Double
  /// Time each sequence adds to a step, microseconds.
  public var perSequenceMicroseconds: Double
  /// Time each layer adds to a step: norms, rotary embedding, activation, microseconds.
  public var perLayerMicroseconds: Double
  /// Time a step that prefills takes more, microseconds: it is not one captured graph.
  public var prefillStepMicroseconds: Double
  /// Time each layer adds to a step that prefills, microseconds.
  public var prefillLayerMicroseconds: Double
  /// Time each layer of a mixture of experts adds to a step: gate, choice, sums, microseconds.
  public var expertLayerMicroseconds: Double
  /// Time each prompt token adds to each layer of a mixture of experts: sorting and gathering,
  /// microseconds.
  public var expertTokenMicroseconds: Double
  /// From a request's arrival at the server to its place in the engine's queue, microseconds.
  public var frontEndMicroseconds: Double
  /// What each prompt token adds to that: reading and tokenising, microseconds.
  public var frontEndTokenMicroseconds: Double
  /// Batches of decode steps for which graphs are captured, rising; a batch is padded to the next.
  /// Empty for none.
  public var graphBatches: [Int]
  /// Whether a step may prefill and decode, unless a deployment says otherwise.
  public var mixesPrefill: Bool
  /// How far predicted step times of a deployment are off from measured ones, both ways.
  public var error: StepError

  /// Creates a host overhead.
  public init(
    name: String, perStepMicroseconds: Double, perSequenceMicroseconds: Double,
    perLayerMicroseconds: Double, prefillStepMicroseconds: Double = 0,
    prefillLayerMicroseconds: Double = 0, expertLayerMicroseconds: Double = 0,
    expertTokenMicroseconds: Double = 0, frontEndMicroseconds: Double = 0,
    frontEndTokenMicroseconds: Double = 0, graphBatches: [Int] = [],
    mixesPrefill: Bool = true, error: StepError = .none
  ) {
    self.name = name
    self.perStepMicroseconds = perStepMicroseconds
    self.perSequenceMicroseconds = perSequenceMicroseconds
    self.perLayerMicroseconds = perLayerMicroseconds
    self.prefillStepMicroseconds = prefillStepMicroseconds
    self.prefillLayerMicroseconds = prefillLayerMicroseconds
    self.expertLayerMicroseconds = expertLayerMicroseconds
    self.expertTokenMicroseconds = expertTokenMicroseconds
    self.frontEndMicroseconds = frontEndMicroseconds
    self.frontEndTokenMicroseconds = frontEndTokenMicroseconds
    self.graphBatches = graphBatches
    self.mixesPrefill = mixesPrefill
    self.error = error
  }

  /// The batch that a decode step of `sequences` is padded to; itself above the largest graph.
  /// O(log graphs).
  func padded(_ sequences: Int) -> Int {
    var (low, high) = (0, graphBatches.count)
    while low < high {
      let middle = (low + high) / 2
      if graphBatches[middle] < sequences { low = middle + 1 } else { high = middle }
    }
    return low < graphBatches.count ? graphBatches[low] : sequences
  }

  /// The sizes vLLM captures: 1, 2, 4, by eight to 256, by sixteen to `largest`.
  ///
  /// Source: vLLM `CompilationConfig.cudagraph_capture_sizes`, 0.14 to 0.24.
  public static func captureSizes(upTo largest: Int) -> [Int] {
    let sizes =
      [1, 2, 4] + stride(from: 8, to: 256, by: 8) + stride(from: 256, through: largest, by: 16)
    return sizes.filter { $0 <= largest }
  }
}
