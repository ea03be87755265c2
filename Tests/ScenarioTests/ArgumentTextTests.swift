import Scenario
import SimulationKernel
import Testing

/// Values of the command line, to the edge of what a clock in nanoseconds holds.
@Suite struct ArgumentTextTests {
  @Test func spans() {
    #expect(ArgumentText.span("90s") == .seconds(90))
    #expect(ArgumentText.span("3y") == .seconds(3 * 365 * 86_400))
    #expect(ArgumentText.span("9000000000s") == .seconds(9_000_000_000))
  }

  @Test(arguments: [
    "", "s", "10", "-1s", "1.5h", "10000000000s", "9000000001s", "9223372036854775807y", "1000y",
    "１s",
  ])
  func whatIsNoSpan(_ text: String) { #expect(ArgumentText.span(text) == nil) }

  @Test func ranges() throws {
    let range = try #require(ArgumentText.range("30m..31m"))
    #expect(range.from == .seconds(1800) && range.until == .seconds(1860))
    for text in ["31m..30m", "30m..30m", "..", "1m..", "..1m", "1m...2m", "1m"] {
      #expect(ArgumentText.range(text) == nil, "\(text)")
    }
  }

  @Test func ratesAndShares() {
    #expect(ArgumentText.sampleRate("1/10") == 10 && ArgumentText.sampleRate("1/0") == nil)
    #expect(ArgumentText.sampleRate("2/3") == nil && ArgumentText.sampleRate("1/") == nil)
    #expect(ArgumentText.share("0.5%") == 0.005 && ArgumentText.share("2") == 2)
    for text in ["", "%", "-1", "nan", "inf", "1e999%"] { #expect(ArgumentText.share(text) == nil) }
  }

  @Test func variants() throws {
    let named = try #require(ArgumentText.variant("big: a.b=1; seed=3"))
    #expect(named.name == "big" && named.overrides == ["a.b=1", "seed=3"])
    let plain = try #require(ArgumentText.variant("a=b:c"))
    #expect(plain.name == "a=b:c" && plain.overrides == ["a=b:c"])
    #expect(ArgumentText.variant(": a=1") == nil && ArgumentText.variant("x: y") == nil)
  }

  @Test func quantitiesOutsideOfAScenario() throws {
    try QuantityText.read("45ms", as: "duration")
    #expect(throws: QuantityText.Problem.self) { try QuantityText.read("45", as: "duration") }
    #expect(throws: QuantityText.Problem.self) { try QuantityText.read("45ms", as: "no kind") }
    #expect(Set(QuantityText.kinds).count == QuantityText.kinds.count)
  }

  @Test func wordsOfTheFormat() {
    let words = Set(ScenarioSchema.words)
    #expect(words.isSuperset(of: ["horizon", "poisson", "on-demand", "kv-blocks", "incidents"]))
    #expect(words.count == ScenarioSchema.words.count)
  }
}
