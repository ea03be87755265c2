/// How the accelerators of one node reach each other: a property of the node, not of the
/// accelerator. The same accelerator on a board without peer-to-peer access is 100 times slower.
public struct Interconnect: Hashable, Sendable {
  /// An all-reduce over a number of accelerators: `floor + bytes / rate`.
  public struct AllReduce: Hashable, Sendable {
    /// Accelerators that take part.
    public var tensorParallel: Int
    /// Fixed time, microseconds.
    public var floorMicroseconds: Double
    /// Message bytes reduced per second.
    public var bytesPerSecond: Double

    /// Creates an all-reduce description.
    public init(tensorParallel: Int, floorMicroseconds: Double, bytesPerSecond: Double) {
      self.tensorParallel = tensorParallel
      self.floorMicroseconds = floorMicroseconds
      self.bytesPerSecond = bytesPerSecond
    }
  }

  /// Name, unique in a catalog, such as `nvlink-h100`.
  public var name: String
  /// All-reduce by tensor-parallel degree, rising.
  public var allReduces: [AllReduce]
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates an interconnect.
  public init(name: String, allReduces: [AllReduce], evidence: Evidence) {
    self.name = name
    self.allReduces = allReduces
    self.evidence = evidence
  }

  /// The all-reduce over `degree` accelerators, or `nil` where none is known.
  public func allReduce(tensorParallel degree: Int) -> AllReduce? {
    allReduces.first { $0.tensorParallel == degree }
  }
}
