import Testing

@testable import Tables

/// Vectors of FIPS 180-4 (csrc.nist.gov, SHA256.pdf and SHA2_Additional.pdf).
@Suite struct SHA256Tests {
  static let vectors: [(String, [UInt8])] = [
    ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", []),
    (
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Array("abc".utf8)
    ),
    (
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
      Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
    ),
    ("68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b", [0xbd]),
    (
      "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504",
      [0xc9, 0x8c, 0x8e, 0x55]
    ),
    (
      "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7",
      [UInt8](repeating: 0, count: 55)
    ),
    (
      "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb",
      [UInt8](repeating: 0, count: 56)
    ),
    (
      "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785",
      [UInt8](repeating: 0, count: 57)
    ),
    (
      "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b",
      [UInt8](repeating: 0, count: 64)
    ),
    (
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
      [UInt8](repeating: 0x61, count: 1_000_000)
    ),
  ]

  @Test(arguments: [false, true], vectors)
  func standardVectors(portable: Bool, vector: (digest: String, message: [UInt8])) {
    var hash = SHA256(portable: portable)
    vector.message.withUnsafeBytes { hash.update($0) }
    #expect(hash.finishHexDigest() == vector.digest)
  }

  @Test func piecesDoNotMatter() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) }
    let whole = SHA256.hexDigest(of: message)
    for size in [1, 3, 55, 63, 64, 65, 127, 128, 500] {
      var hash = SHA256()
      var start = 0
      while start < message.count {
        let end = min(start + size, message.count)
        message[start..<end].withUnsafeBytes { hash.update($0) }
        start = end
      }
      #expect(hash.finishHexDigest() == whole, "pieces of \(size)")
    }
  }
}
