/// A 64-bit hash of a stream of events in order: two runs with the same fingerprint went the same
/// way, and one event more, less, changed or swapped gives another number.
///
/// It finds accidents, not attacks. The mixing is this project's own and is part of the format:
/// changing it changes every stored fingerprint.
@frozen
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  @usableFromInline var state: UInt64

  /// The fingerprint of no events.
  @inlinable
  public init() { state = 0x706C_696D_736F_6C6C }

  /// Takes in two words.
  ///
  /// The words are mixed first, apart from the state, so that one multiplication is all an event
  /// waits for the event before it. The step is a bijection of the state: a difference once made is
  /// carried on.
  @inlinable
  public mutating func combine(_ a: UInt64, _ b: UInt64) {
    let second = b &* 0xD6E8_FEB8_6659_FD93
    let words = (a &* 0x9FB2_1C65_1E98_DF25) ^ (second << 32 | second >> 32)
    let product = (state ^ words) &* 0xA24B_AED4_963E_E407
    state = product << 29 | product >> 35
  }

  /// Takes in an event: what kind it is of, what it happened to, and when.
  @inlinable
  public mutating func combine(kind: UInt8, entity: UInt32, at time: SimTime) {
    combine(UInt64(kind) << 32 | UInt64(entity), UInt64(bitPattern: time.nanoseconds))
  }

  /// The hash of everything taken in so far.
  @inlinable
  public var value: UInt64 { SplitMix64.mix(state) }

  /// The hash as sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
