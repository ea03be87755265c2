import Money
import SimulationKernel
import Testing

@Suite struct SplitTests {
  @Test func partsAddUpWhateverTheWeights() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2000 {
      let count = Int(random.next() % 8) + 1
      let weights = (0..<count).map { _ in Int64(random.next() % 1_000_000) >> (random.next() % 20)
      }
      let amount = Money(picodollars: Int128(Int64(bitPattern: random.next())) * 1_000_003)
      guard let parts = amount.split(by: weights) else {
        #expect(weights.allSatisfy { $0 == 0 })
        continue
      }
      #expect(parts.reduce(.zero, +) == amount)
      let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
      for (part, weight) in zip(parts, weights) {
        // No part is further than a picodollar from its share.
        let share = amount.dollars * Double(weight) / Double(total)
        #expect(abs(part.dollars - share) <= 1e-12 + abs(share) * 1e-12)
        if weight == 0 { #expect(part == .zero) }
      }
    }
  }

  @Test func theLargestRemaindersComeFirst() {
    let parts = Money(picodollars: 10).split(by: [1, 1, 1])
    #expect(parts?.map(\.picodollars) == [4, 3, 3])
    #expect(Money(picodollars: -10).split(by: [1, 1, 1])?.map(\.picodollars) == [-4, -3, -3])
    #expect(Money(picodollars: 7).split(by: [0, 2, 1])?.map(\.picodollars) == [0, 5, 2])
    #expect(Money(picodollars: 7).split(by: [0, 0]) == nil)
  }
}
