import SimulationKernel

/// Where a run stood at a moment: hashes and counts of everything that had ended by then.
///
/// Two runs whose checkpoints agree went the same way up to that moment; the first that differs says
/// when they parted, and its parts say where.
public struct Checkpoint: Hashable, Sendable {
  /// The moment; what happens at it is not in it.
  public var time: SimTime
  /// Hash of the event stream so far.
  public var fingerprint: UInt64
  /// Events processed so far.
  public var events: Int64
  /// By workload id.
  public var workloads: [Part]
  /// By deployment id.
  public var deployments: [Part]

  /// What ended in one place or of one workload.
  public struct Part: Hashable, Sendable {
    /// Hash of what ended there so far.
    public var fingerprint: UInt64
    /// Requests that arrived so far, of a workload; 0 of a deployment.
    public var arrived: Int64
    /// Requests completed so far.
    public var completed: Int64
    /// Requests refused, lost or given up so far.
    public var lost: Int64

    /// Creates a part.
    public init(fingerprint: UInt64, arrived: Int64, completed: Int64, lost: Int64) {
      self.fingerprint = fingerprint
      self.arrived = arrived
      self.completed = completed
      self.lost = lost
    }
  }

  /// Creates a checkpoint.
  public init(
    time: SimTime, fingerprint: UInt64, events: Int64, workloads: [Part], deployments: [Part]
  ) {
    self.time = time
    self.fingerprint = fingerprint
    self.events = events
    self.workloads = workloads
    self.deployments = deployments
  }
}

/// What has ended of one workload or at one deployment.
struct Trail: Sendable {
  var fingerprint = Fingerprint()
  var completed: Int64 = 0
  var lost: Int64 = 0

  @inline(__always)
  mutating func take(_ request: UnsafeMutablePointer<RequestRecord>, at now: Int64) {
    // The index tells requests of a deployment apart only together with their workload.
    fingerprint.combine(
      UInt64(request.pointee.status.rawValue) << 60
        ^ UInt64(UInt32(bitPattern: request.pointee.workload)) << 44 ^ request.pointee.index,
      UInt64(bitPattern: now) ^ UInt64(bitPattern: request.pointee.firstToken) << 1)
    if request.pointee.status == .completed { completed += 1 } else { lost += 1 }
  }
}
