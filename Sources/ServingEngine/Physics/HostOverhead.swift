/// Time an engine's host code adds to each step: scheduling, sampling, launching.
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

  /// Creates a host overhead.
  public init(
    name: String, perStepMicroseconds: Double, perSequenceMicroseconds: Double,
    perLayerMicroseconds: Double
  ) {
    self.name = name
    self.perStepMicroseconds = perStepMicroseconds
    self.perSequenceMicroseconds = perSequenceMicroseconds
    self.perLayerMicroseconds = perLayerMicroseconds
  }
}
