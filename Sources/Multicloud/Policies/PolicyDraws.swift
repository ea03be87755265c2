import SimulationKernel

/// Random numbers for the decisions about one request.
///
/// They are keyed by the workload and the request's number, not drawn in sequence: whatever a policy
/// does with one request, the next one sees the same numbers as under any other policy. A block is
/// computed only when a policy asks.
@frozen
public struct PolicyDraws {
  let stream: KeyedStream
  let index: UInt64
  /// A number for the text that the request's prompt takes up, its session's or else the one it shares
  /// with others; 0 where there is none, or no pool keeps a prefix cache.
  public let text: UInt64

  init(stream: KeyedStream, index: UInt64, text: UInt64 = 0) {
    self.stream = stream
    self.index = index
    self.text = text
  }

  /// Two independent 64-bit draws; the same two at every call.
  public func pair() -> (UInt64, UInt64) { stream.block(index) }

  /// The high half of `bits × count`: a whole number below `count`, uniform to within
  /// `count / 2^64`.
  @inline(__always)
  public static func below(_ count: Int, _ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(count)).high)
  }
}
