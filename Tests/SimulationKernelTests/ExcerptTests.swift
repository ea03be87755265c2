import SimulationKernel
import Testing

@Suite struct ExcerptTests {
  @Test(arguments: ["", "short", String(repeating: "é", count: 1000)])
  func messagesOfUsualLengthStayAsTheyAre(_ text: String) {
    #expect(Excerpt.message(text) == text)
  }

  @Test(arguments: ["a", "é", "€", "👩‍👩‍👧‍👧", "\r\n", "e\u{301}"])
  func longOnesKeepTheirBeginningAndWhatWasExpected(_ unit: String) {
    let text = "f.yaml:1: found '" + String(repeating: unit, count: 100_000) + "', expected a rate"
    let message = Excerpt.message(text)
    #expect(message.utf8.count <= Excerpt.most)
    #expect(
      message.hasPrefix("f.yaml:1: found '" + unit) && message.hasSuffix("', expected a rate"))
    #expect(message.contains(" bytes more "))
    // No half of a scalar is left, which would show as a replacement.
    #expect(!message.unicodeScalars.contains("\u{FFFD}"))
  }
}
