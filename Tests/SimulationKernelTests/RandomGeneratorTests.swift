import SimulationKernel
import Testing

@Suite("Random generators")
struct RandomGeneratorTests {
  @Test("Philox4x32-10 gives the published blocks")
  func philox() {
    let zero = Philox4x32.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(zero == (0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    let ones = Philox4x32.block(
      counter: (.max, .max, .max, .max), key: (.max, .max))
    #expect(ones == (0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
    let digits = Philox4x32.block(
      counter: (0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
      key: (0xA409_3822, 0x299F_31D0))
    #expect(digits == (0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test("SplitMix64 gives the published numbers")
  func splitMix() {
    var generator = SplitMix64(seed: 1_234_567)
    let drawn = (0..<5).map { _ in generator.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("xoshiro256** gives the published numbers, before and after a jump")
  func xoshiro() {
    var generator = Xoshiro256StarStar(state: 1, 2, 3, 4)
    let drawn = (0..<5).map { _ in generator.next() }
    #expect(
      drawn == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      ])
    var jumped = Xoshiro256StarStar(state: 1, 2, 3, 4)
    jumped.jump()
    let after = (0..<3).map { _ in jumped.next() }
    #expect(
      after == [
        13_534_147_089_533_256_664, 7_126_240_192_422_241_655, 3_805_973_808_039_778_091,
      ])
  }

  @Test("a keyed block is the Philox block of seed, index, entity and purpose")
  func keyedBlock() {
    let stream = KeyedStream(seed: 0x0123_4567_89AB_CDEF, entity: 7, purpose: 9)
    #expect(stream.block(0x1_0000_0002) == (0xCA4B_59ED_4294_D8A9, 0x409B_1D39_09BE_EC98))
  }

  @Test("streams that differ in seed, entity, purpose or index share no words")
  func keyedStreamsDiffer() {
    var seen: Set<UInt64> = []
    for seed in [0, 1, UInt64(1) << 32] {
      for entity in 0..<4 {
        for purpose in 0..<4 {
          let stream = KeyedStream(
            seed: seed, entity: UInt32(entity), purpose: .init(rawValue: UInt32(purpose)))
          for index in [0, 1, UInt64(1) << 32] {
            let (a, b) = stream.block(index)
            #expect(seen.insert(a).inserted && seen.insert(b).inserted)
          }
          var generator = stream.generator()
          for _ in 0..<3 { #expect(seen.insert(generator.next()).inserted) }
        }
      }
    }
  }

  static let unitCells: [(bits: UInt64, expected: Double)] = [
    (0, 0x1p-53), (.max, 1 - 0x1p-53), (1 << 63, 0.5 + 0x1p-53), ((1 << 63) - 1, 0.5 - 0x1p-53),
    (0xFFF, 0x1p-53), (0x1000, 0x1.8p-52),
  ]

  @Test("the unit interval is open, symmetric and exact", arguments: unitCells)
  func unit(bits: UInt64, expected: Double) {
    #expect(unitInterval(bits) == expected)
    #expect(unitInterval(~bits) == 1 - expected)
  }

  @Test("bounded numbers are level: chi-square over 6 faces, 60,000 throws")
  func bounded() {
    var generator = Xoshiro256StarStar(state: 1, 2, 3, 4)
    var faces = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { faces[Int(generator.next(below: 6))] += 1 }
    let chiSquare = faces.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    // The 99.9 % point with five degrees of freedom is 20.5.
    #expect(chiSquare < 20.5)
  }

  @Test("rejection happens where it must")
  func boundedRejection() {
    // With a bound of 3 · 2^62 a quarter of the words must be thrown away: without rejection the
    // values that are multiples of three would come twice as often.
    let bound: UInt64 = 3 << 62
    var generator = SplitMix64(seed: 5)
    var thirds = [0, 0, 0]
    var source = Xoshiro256StarStar(
      state: generator.next(), generator.next(), generator.next(), generator.next())
    for _ in 0..<30_000 {
      let value = source.next(below: bound)
      #expect(value < bound)
      thirds[Int(value % 3)] += 1
    }
    for n in thirds { #expect(abs(n - 10_000) < 300) }
  }

  @Test("one word gives the number and hands back what it did not use")
  func boundedFromBits() {
    let (value, rest) = boundedInteger(UInt64.max / 2 + 1, below: 10)
    #expect(value == 5 && rest == 0)
    #expect(boundedInteger(UInt64.max, below: 10).value == 9)
    #expect(boundedInteger(0, below: 1).value == 0)
  }
}
