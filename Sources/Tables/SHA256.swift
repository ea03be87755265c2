import CSHA256

/// SHA-256 (FIPS 180-4), fed piece by piece, so that a table's digest is known the moment its last
/// byte is written and no file has to be read again.
///
/// O(1) memory; a digest does not depend on how the bytes were cut into pieces.
public struct SHA256: ~Copyable {
  private var state: SIMD8<UInt32> = initialState
  /// 64 schedule words, then 64 bytes (16 words) of a block that is not full yet.
  private let schedule: UnsafeMutablePointer<UInt32>
  private let usesInstructions: Bool
  private var pendingCount = 0
  private var byteCount: UInt64 = 0

  private static let scheduleWords = 64
  private static let blockBytes = 64

  /// Creates a hash of no bytes.
  public init() { self.init(portable: false) }

  /// Creates a hash that, where `portable`, keeps to code that every processor runs.
  init(portable: Bool) {
    schedule = .allocate(capacity: Self.scheduleWords + Self.blockBytes / 4)
    schedule.initialize(repeating: 0, count: Self.scheduleWords + Self.blockBytes / 4)
    usesInstructions = !portable && csha256_is_available()
  }

  deinit { schedule.deallocate() }

  private var pending: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(schedule + Self.scheduleWords)
  }

  /// Appends bytes to the message. O(bytes).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard var next = bytes.baseAddress, bytes.count > 0 else { return }
    var left = bytes.count
    byteCount += UInt64(left)
    if pendingCount > 0 {
      let taken = min(Self.blockBytes - pendingCount, left)
      (pending + pendingCount).copyMemory(from: next, byteCount: taken)
      pendingCount += taken
      next += taken
      left -= taken
      guard pendingCount == Self.blockBytes else { return }
      compress(UnsafeRawPointer(pending), blocks: 1)
      pendingCount = 0
    }
    let blocks = left / Self.blockBytes
    compress(next, blocks: blocks)
    next += blocks * Self.blockBytes
    left -= blocks * Self.blockBytes
    if left > 0 {
      pending.copyMemory(from: next, byteCount: left)
      pendingCount = left
    }
  }

  /// The digest of everything appended, as 64 lowercase hexadecimal digits. Ends the hash: what is
  /// appended after this has no meaning.
  public mutating func finishHexDigest() -> String {
    let bitCount = byteCount &* 8
    // Padding: a one bit, zeros, and the message length in bits as a 64-bit big-endian integer.
    var padding = [UInt8](repeating: 0, count: Self.blockBytes * 2)
    padding[0] = 0x80
    let zeroEnd = pendingCount < 56 ? 56 - pendingCount : 120 - pendingCount
    for byte in 0..<8 {
      padding[zeroEnd + byte] = UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * byte))
    }
    padding.withUnsafeBytes { update(UnsafeRawBufferPointer(rebasing: $0[..<(zeroEnd + 8)])) }
    assert(pendingCount == 0, "padding must end on a block boundary")
    var text = ""
    text.reserveCapacity(64)
    let digits = Array("0123456789abcdef".unicodeScalars)
    for word in 0..<8 {
      for nibble in 0..<8 {
        let value = (state[word] >> UInt32(28 - 4 * nibble)) & 15
        text.unicodeScalars.append(digits[Int(value)])
      }
    }
    return text
  }

  /// The digest of `bytes`, as 64 lowercase hexadecimal digits. O(bytes).
  public static func hexDigest(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    Array(bytes).withUnsafeBytes { hash.update($0) }
    return hash.finishHexDigest()
  }

  /// Works whole blocks into the state, by the processor's own instructions where it has them.
  private mutating func compress(_ blocks: UnsafeRawPointer, blocks count: Int) {
    guard usesInstructions else { return compressPortably(blocks, blocks: count) }
    withUnsafeMutablePointer(to: &state) { words in
      words.withMemoryRebound(to: UInt32.self, capacity: 8) {
        csha256_compress($0, blocks, count)
      }
    }
  }

  /// The same without special instructions.
  private mutating func compressPortably(_ blocks: UnsafeRawPointer, blocks count: Int) {
    let w = schedule
    var h = state
    Self.roundConstants.withUnsafeBufferPointer { k in
      for block in 0..<count {
        let source = blocks + block * Self.blockBytes
        for t in 0..<16 {
          w[t] = UInt32(bigEndian: source.loadUnaligned(fromByteOffset: 4 * t, as: UInt32.self))
        }
        for t in 16..<64 {
          let x = w[t &- 15]
          let y = w[t &- 2]
          let s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x &>> 3)
          let s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y &>> 10)
          w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
        }
        var (a, b, c, d) = (h[0], h[1], h[2], h[3])
        var (e, f, g, i) = (h[4], h[5], h[6], h[7])
        for t in 0..<64 {
          let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
          let choice = g ^ (e & (f ^ g))
          let t1 = i &+ s1 &+ choice &+ k[t] &+ w[t]
          let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
          let majority = (a & b) | (c & (a | b))
          i = g
          g = f
          f = e
          e = d &+ t1
          d = c
          c = b
          b = a
          a = t1 &+ s0 &+ majority
        }
        h = h &+ SIMD8(a, b, c, d, e, f, g, i)
      }
    }
    state = h
  }

  private static let initialState = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

/// `word` rotated right by `count` bits.
@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  (word &>> count) | (word &<< (32 &- count))
}
