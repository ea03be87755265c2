import SimulationKernel

/// Packets that are lost on a way: the sender waits for an acknowledgement and sends again, so that what
/// crosses comes late, never not at all.
///
/// A crossing takes as many retransmissions as packets are lost in a row, geometric in number. The first
/// waits for the retransmission timeout, each next one twice as long: RFC 6298 (2011-06), section 5.5. The
/// usual timeout of short ways is Linux's least, `TCP_RTO_MIN`, 200 ms; its longest, `TCP_RTO_MAX`, 120 s,
/// and the most retransmissions, `tcp_retries2`, 15 (include/net/tcp.h and Documentation/networking/
/// ip-sysctl, 6.12).
public struct PacketLoss: Hashable, Sendable {
  /// Share of the packets that are lost, below 1.
  public var share: Double
  /// Wait before the first retransmission.
  public var retransmission: Duration

  /// Longest wait before a retransmission.
  public static let longestWait = Duration.seconds(120)
  /// Most retransmissions of one crossing.
  public static let mostRetransmissions = 15

  /// Creates a loss.
  public init(share: Double, retransmission: Duration = .milliseconds(200)) {
    precondition(share >= 0 && share < 1 && retransmission > .zero)
    self.share = share
    self.retransmission = retransmission
  }

  /// How late a crossing comes, nanoseconds. O(retransmissions).
  ///
  /// - Parameter bits: What draws the number of retransmissions.
  func delay(_ bits: UInt64) -> Int64 {
    let draw = unitInterval(bits)
    var wait = retransmission.nanoseconds
    var sum: Int64 = 0
    var chance = share
    var count = 0
    while draw < chance, count < Self.mostRetransmissions {
      sum += wait
      wait = min(2 * wait, max(Self.longestWait.nanoseconds, retransmission.nanoseconds))
      chance *= share
      count += 1
    }
    return sum
  }

  /// Both losses on one way: a packet passes where it passes both.
  func combined(with other: PacketLoss) -> PacketLoss {
    PacketLoss(
      share: 1 - (1 - share) * (1 - other.share),
      retransmission: max(retransmission, other.retransmission))
  }
}
