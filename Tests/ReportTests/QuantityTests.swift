import Report
import SimulationKernel
import Testing

@Suite("Quantities")
struct QuantityTests {
  @Test(
    "counts in groups of three",
    arguments: [
      (Int64(0), "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"),
      (-45_000, "-45,000"),
    ])
  func grouped(value: Int64, text: String) { #expect(Quantity.grouped(value) == text) }

  @Test(
    "latencies in the unit a person would use",
    arguments: [
      (nil, "–"), (840_000.0, "840 µs"), (45_120_000.0, "45.1 ms"), (1.204e9, "1.20 s"),
      (999.96e6, "1.00 s"), (150e9, "2.5 min"), (Double.infinity, "∞"),
    ] as [(Double?, String)])
  func latency(nanoseconds: Double?, text: String) {
    #expect(Quantity.latency(nanoseconds: nanoseconds) == text)
  }

  @Test(
    "decimals round half away from zero",
    arguments: [
      (0.05, 1, "0.1"), (2.25, 1, "2.3"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (12.0, 0, "12"),
      (1999.999, 2, "2,000.00"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Quantity.fixed(value, decimals) == text)
  }

  @Test("rates and spans")
  func ratesAndSpans() {
    #expect(Quantity.rate(1_234_567) == "1.23M")
    #expect(Quantity.rate(13_120) == "13.1k")
    #expect(Quantity.rate(9.63) == "9.63")
    #expect(Quantity.span(.seconds(1800)) == "30 min")
    #expect(Quantity.span(.seconds(86_400)) == "24.0 h")
    #expect(Quantity.percent(0.9337) == "93.4 %")
  }
}
