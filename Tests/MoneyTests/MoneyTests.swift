import Money
import Testing

@Suite struct MoneyTests {
  @Test(arguments: [
    (1, 3, "0.333333333333"), (2, 3, "0.666666666667"), (1, 2, "0.50"), (-1, 3, "-0.333333333333"),
    (60, 60, "1.00"),
  ])
  func partsOfADollarRoundHalfToEven(part: Int64, whole: Int64, text: String) {
    #expect(Money(dollars: 1).prorated(part, over: whole).description == text)
  }

  @Test func halvesGoToTheEvenNeighbour() {
    #expect(Money(picodollars: 1).prorated(1, over: 2) == .zero)
    #expect(Money(picodollars: 3).prorated(1, over: 2) == Money(picodollars: 2))
    #expect(Money(picodollars: -1).prorated(1, over: 2) == .zero)
    #expect(Money(picodollars: -3).prorated(1, over: 2) == Money(picodollars: -2))
    #expect(Money(picodollars: 5_000_000_000).roundedToCents == .zero)
    #expect(Money(picodollars: 15_000_000_000).roundedToCents.description == "0.02")
    #expect(Money(picodollars: 15_000_000_001).roundedToCents.description == "0.02")
    #expect(Money(picodollars: -15_000_000_000).roundedToCents.description == "-0.02")
  }

  @Test func threeYearsOfAPlanetStillFit() {
    let large = Money(dollars: 9_000_000_000_000_000_000)
    #expect((large + large - large - large) == .zero)
    #expect(large.prorated(1, over: 3600).description == "2500000000000000.00")
  }
}
