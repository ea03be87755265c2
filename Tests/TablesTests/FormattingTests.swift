import SimulationKernel
import Testing

@testable import Tables

@Suite struct FormattingTests {
  /// What a cursor puts down.
  static func text(_ body: (inout ByteCursor) -> Void) -> String {
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
    defer { buffer.deallocate() }
    var cursor = ByteCursor(next: buffer)
    body(&cursor)
    return String(
      decoding: UnsafeBufferPointer(start: buffer, count: cursor.next - buffer), as: UTF8.self)
  }

  @Test func everyPowerOfTenAndItsNeighbours() {
    var power: UInt64 = 1
    for exponent in 0...19 {
      for value in [power - 1, power, power + 1, power &+ power / 2] {
        #expect(Self.text { $0.unsigned(value) } == "\(value)", "near 10^\(exponent)")
      }
      if exponent < 19 { power *= 10 }
    }
    for bit in 0..<64 {
      let value = UInt64(1) << bit
      #expect(Self.text { $0.unsigned(value - 1) } == "\(value - 1)")
      #expect(Self.text { $0.unsigned(value) } == "\(value)")
    }
    #expect(Self.text { $0.unsigned(.max) } == "18446744073709551615")
    #expect(Self.text { $0.integer(.min) } == "-9223372036854775808")
    #expect(Self.text { $0.integer(-7) } == "-7")
  }

  @Test(arguments: [
    (0, "0.000000", "0.000000000"),
    (1, "0.000001", "0.000000001"),
    (-1, "-0.000001", "-0.000000001"),
    (999_999, "0.999999", "0.000999999"),
    (1_000_000, "1.000000", "0.001000000"),
    (1_234_567_890, "1234.567890", "1.234567890"),
    (-1_000_000_000, "-1000.000000", "-1.000000000"),
    (Int64.max, "9223372036854.775807", "9223372036.854775807"),
    (Int64.min, "-9223372036854.775808", "-9223372036.854775808"),
  ])
  func fixedDecimals(value: Int64, millionths: String, billionths: String) {
    #expect(Self.text { $0.millionths(value) } == millionths)
    #expect(Self.text { $0.billionths(value) } == billionths)
    #expect(FixedDecimal.text(value, decimals: 6) == millionths)
    #expect(FixedDecimal.text(value, decimals: 9) == billionths)
    #expect(FixedDecimal.parse(millionths.utf8, decimals: 6) == value)
    #expect(FixedDecimal.parse(billionths.utf8, decimals: 9) == value)
  }

  @Test func everyNumberOfDecimals() {
    #expect(FixedDecimal.text(-5, decimals: 0) == "-5")
    #expect(FixedDecimal.text(.max, decimals: 18) == "9.223372036854775807")
    #expect(FixedDecimal.text(.min, decimals: 1) == "-922337203685477580.8")
    for decimals in 0...18 {
      for value in [Int64.min, -1, 0, 1, 10, 123_456, .max] {
        let text = FixedDecimal.text(value, decimals: decimals)
        #expect(FixedDecimal.parse(text.utf8, decimals: decimals) == value)
      }
    }
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1.2.3", "+1", " 1", "1 ", "1e3", "0.1234567", "9223372036854.775808",
    "-9223372036854.775809", "99999999999999999999999", "NaN", "1,5",
  ])
  func textThatIsNoFixedDecimal(text: String) {
    #expect(FixedDecimal.parse(text.utf8, decimals: 6) == nil)
  }

  @Test func fewerDecimalsReadAsTheSameNumber() {
    #expect(FixedDecimal.parse("12".utf8, decimals: 6) == 12_000_000)
    #expect(FixedDecimal.parse("12.5".utf8, decimals: 6) == 12_500_000)
    #expect(FixedDecimal.parse("-0".utf8, decimals: 6) == 0)
  }

  static let ratios: [(Ratio, Int64)] = [
    (Ratio(0, over: 5), 0), (Ratio(1, over: 3), 333_333), (Ratio(2, over: 3), 666_667),
    (Ratio(1, over: 2_000_000), 1), (Ratio(1, over: 2_000_001), 0),
    (Ratio(1_999_999, over: 2_000_000), 1_000_000), (Ratio(7, over: 1), 7_000_000),
    (
      Ratio(
        Int128(6) * 100_000_000_000_000_000_000, over: Int128(12) * 100_000_000_000_000_000_000),
      500_000
    ),
  ]

  @Test(arguments: ratios)
  func ratiosRoundHalfUp(ratio: Ratio, millionths: Int64) {
    #expect(ratio.millionths == millionths)
  }

  @Test func aRatioOverNothingIsEmpty() {
    #expect(Ratio.none.millionths == nil)
    #expect(Ratio(3, over: 0).millionths == nil)
  }

  @Test func meansRoundHalfUp() {
    #expect(Ratio.roundedHalfUp(5, over: 2) == 3)
    #expect(Ratio.roundedHalfUp(4, over: 3) == 1)
    #expect(Ratio.roundedHalfUp(.max, over: 1) == .max)
    #expect(Ratio.roundedHalfUp(.max, over: .max) == 1)
    #expect(Ratio.roundedHalfUp(0, over: 9) == 0)
  }

  static let shortest: [(Double, String)] = [
    (0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
    (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"), (123_456_789, "123456789"),
  ]

  @Test(arguments: shortest)
  func shortestReals(value: Double, text: String) {
    #expect(RealText.shortest(value) == text)
    #expect(Double(text) == value)
  }

  @Test func whatIsNotFiniteHasNoText() {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(RealText.shortest(value) == nil)
      #expect(RealText.significant(value) == nil)
    }
  }

  static let significant: [(Double, String)] = [
    (0, "0.00000"), (1, "1.00000"), (12, "12.0000"), (123_456, "123456"),
    (1_234_567, "1234570"), (999_999.5, "1000000"), (0.999_999_5, "1.00000"),
    (0.123_456_5, "0.123457"), (-1.234_564_9, "-1.23456"), (0.000_012_345_649, "0.0000123456"),
    (0.000_001, "1.00000e-6"), (1e15, "1.00000e15"), (999_999_500_000_000, "1.00000e15"),
    (.leastNonzeroMagnitude, "5.00000e-324"), (1.797_693_134_862_315_7e308, "1.79769e308"),
  ]

  @Test(arguments: significant)
  func sixSignificantDigits(value: Double, text: String) {
    #expect(RealText.significant(value) == text)
  }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("c\rr", "\"c\rr\""), (" outer ", "\" outer \""),
    ("in side", "in side"), ("=1+1", "=1+1"), ("Zürich", "Zürich"),
  ])
  func escaping(field: String, text: String) {
    var bytes: [UInt8] = []
    appendEscaped(field, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test func namesAreCopiedWhole() {
    let names = (0...70).map { String(repeating: "n", count: $0) } + ["a,b"]
    let escaped = EscapedNames(names)
    #expect(escaped.longest == 70)
    for (id, name) in names.enumerated() {
      let wanted = name == "a,b" ? "\"a,b\"" : name
      #expect(Self.text { escaped.put(id, into: &$0) } == wanted)
    }
    #expect(Self.text { escaped.putIfAny(-1, into: &$0) } == "")
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (951_868_799, "2000-02-29T23:59:59Z"), (1_769_674_500, "2026-01-29T08:15:00Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func dates(seconds: Int64, text: String) {
    #expect(UTCTime.text(unixSeconds: seconds) == text)
    #expect(UTCTime.parse(text) == seconds)
  }

  @Test(arguments: [
    "2026-02-29T00:00:00Z", "2026-01-29 08:15:00Z", "2026-01-29T24:00:00Z", "2026-13-01T00:00:00Z",
    "2026-01-29T08:15:00", "soon",
  ])
  func noDates(text: String) {
    #expect(UTCTime.parse(text) == nil)
  }

  @Test func jsonText() {
    var json = JSONWriter()
    json.beginObject()
    json.string("a \"quoted\" \\ line\n\u{1}é", "text")
    json.string(nil, "nothing")
    json.fixed(-1_500, decimals: 3, "fixed")
    json.real(.nan, "nan")
    json.beginArray("empty")
    json.end()
    json.beginArray("list")
    json.integer(UInt64.max)
    json.boolean(false)
    json.end()
    json.end()
    #expect(
      json.finish() == """
        {
          "text": "a \\"quoted\\" \\\\ line\\n\\u0001é",
          "nothing": null,
          "fixed": -1.500,
          "nan": null,
          "empty": [],
          "list": [
            18446744073709551615,
            false
          ]
        }

        """)
  }

  @Test(arguments: [
    Int64.min, -62_167_219_201, -62_167_219_200, 0, 253_402_300_799, 253_402_300_800, .max,
  ])
  func clocksThatAreOffCanBeReadAgain(seconds: Int64) throws {
    let manifest = Manifest(
      toolVersion: "0", scenario: .init(name: "a", contents: []), seed: 1,
      startedUnixSeconds: seconds, wall: .zero, simulated: .zero, requests: 0, events: 0,
      fingerprint: 0)
    let read = try Manifest(json: Array(manifest.json().utf8), path: "m")
    #expect(read.startedUnixSeconds == manifest.startedUnixSeconds)
    #expect(!UTCTime.range.contains(seconds) || read.startedUnixSeconds == seconds)
  }
}
