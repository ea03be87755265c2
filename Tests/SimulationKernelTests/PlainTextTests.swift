import SimulationKernel
import Testing

@Suite("Names that steer nothing")
struct PlainTextTests {
  @Test(
    "what people call things is taken as it is",
    arguments: [
      "chat", "h100-chat", "Agents, long", "東京", "قناة", "a+b=c", "Ünïcode 🚢", "<img src=x>", "1-a",
      "-2%", "+5.5h",
      "</script>", "javascript:alert(1)", "a\"b", "a b", "👩‍👩‍👧",
    ])
  func good(_ name: String) {
    #expect(PlainText.problem(inName: name) == nil)
    #expect(PlainText.visible(name) == name)
  }

  @Test(
    "what a spreadsheet would compute is refused",
    arguments: ["=1+1", "-2+3", "-1A1", "-(1)", "+A1", "-", "@SUM(A1)", "=cmd|' /C calc'!A0"])
  func formulas(_ name: String) {
    #expect(
      PlainText.problem(inName: name)?.contains("which spreadsheets take for a formula") == true)
    // A text that is no name may begin so.
    #expect(PlainText.problem(inText: name) == nil)
  }

  @Test(
    "what acts instead of being seen is refused, and shown by its number",
    arguments: [
      ("\u{1B}[31m", "<U+001B>[31m"), ("a\u{0}", "a<U+0000>"), ("a\rb", "a<U+000D>b"),
      ("a\u{85}", "a<U+0085>"), ("\u{9B}2J", "<U+009B>2J"), ("a\u{2028}b", "a<U+2028>b"),
      ("a\u{2029}b", "a<U+2029>b"), ("a\u{202E}b", "a<U+202E>b"), ("a\u{2066}b", "a<U+2066>b"),
      ("a\u{200F}", "a<U+200F>"), ("a\u{7F}", "a<U+007F>"),
    ])
  func hidden(_ name: String, _ shown: String) {
    #expect(PlainText.problem(inName: name)?.contains("is a line of text") == true)
    #expect(PlainText.problem(inText: name) != nil)
    #expect(PlainText.visible(name) == shown)
  }

  @Test("a message keeps its lines and tabs; a name has neither")
  func lines() {
    #expect(PlainText.visible("a\n\tb") == "a\n\tb")
    #expect(PlainText.problem(inName: "a\nb") != nil)
    #expect(PlainText.problem(inName: "a\tb") != nil)
  }

  @Test("names have a beginning and an end")
  func lengths() {
    #expect(PlainText.problem(inName: "") == "is empty")
    #expect(PlainText.problem(inName: String(repeating: "x", count: 256)) == nil)
    #expect(
      PlainText.problem(inName: String(repeating: "x", count: 257))
        == "has 257 bytes; at most 256 are allowed")
    #expect(PlainText.problem(inName: String(repeating: "é", count: 129)) != nil)
    #expect(
      PlainText.problem(inName: String(repeating: "x", count: 4096), longest: PlainText.longestPath)
        == nil)
  }
}
