import SimulationKernel
import Testing

@testable import Report

@Suite("Layout of text")
struct LayoutTests {
  private let plain = TerminalLayout.plain

  @Test(
    "columns that text takes in a terminal",
    arguments: [
      ("", 0), ("plain", 5), ("0:27 h – 1 h", 12), ("≤ ✓ ✗ ▁█ ─", 10), ("日本語", 6), ("한국", 4),
      ("e\u{301}a", 2), ("a\u{200D}b", 2), ("🚢", 2), ("✈\u{FE0F}", 2), ("ｗｉｄｅ", 8),
    ])
  func width(text: String, columns: Int) { #expect(text.displayWidth == columns) }

  @Test(
    "a path loses its middle first",
    arguments: [
      ("azure/eastus2/gpt", 17, "azure/eastus2/gpt"),
      ("azure/swedencentral/gpt-eu-payg", 24, "azure/sweden…/gpt-eu-payg"),
      ("azure/eastus2/a-very-long-name", 12, "azure/eastu…"), ("workload", 5, "work…"),
      ("日本語", 5, "日本…"),
    ])
  func elided(text: String, width: Int, expected: String) {
    let short = text.elided(to: width)
    #expect(short.displayWidth <= width)
    if expected.displayWidth <= width { #expect(short == expected) }
  }

  @Test("what a file says does not steer the terminal")
  func printable() {
    #expect("a\u{1B}[31mb\nc".printable == "a\u{FFFD}[31mb\u{FFFD}c")
    #expect(plain.wrapped("x\u{1B}[2Jy").joined().contains("\u{1B}") == false)
    var table = TextTable([.name("n")])
    table.add(["a\u{1B}b"])
    #expect(!table.lines.joined().contains("\u{1B}"))
  }

  @Test("text is broken between words, a number stays with its unit, a long word is cut")
  func wrapped() {
    let narrow = TerminalLayout(width: 40, style: TextStyle(isColoured: false))
    let lines = narrow.wrapped("the bill of the whole run comes to 15,051 USD (list 17,787 USD)")
    #expect(
      lines == [
        "  the bill of the whole run comes to", "    15,051 USD (list 17,787 USD)",
      ])
    let long = narrow.wrapped(String(repeating: "x", count: 100))
    #expect(long.count == 3)
    #expect(long.allSatisfy { $0.displayWidth <= 40 })
    #expect(long.joined().filter { $0 == "x" }.count == 100)
  }

  @Test("a label has its colour, and its text hangs beside it")
  func labelled() {
    var coloured = TerminalLayout(width: 40, style: TextStyle(isColoured: true))
    let text = "azure/eastus2/h100-chat is close to its limit: add replicas"
    let lines = coloured.labelled("!", .warning, column: 2, text)
    #expect(lines[0].hasPrefix("  \u{1B}[33m!\u{1B}[0m azure"))
    #expect(lines[1].hasPrefix("    ") && !lines[1].contains("\u{1B}"))
    coloured.style.isColoured = false
    let plain = coloured.labelled("!", .warning, column: 2, text)
    #expect(plain[0] == "  ! " + lines[0].dropFirst(2 + 5 + 1 + 4 + 1))
  }

  private func table(_ cells: [[String]]) -> TextTable {
    var table = TextTable([
      .name("deployment"), .text("sold as", rank: 2), .number("requests"),
      .number("errors", rank: 1), .number("USD"),
    ])
    for row in cells { table.add(row) }
    return table
  }

  @Test("a table keeps to its width: what says nothing goes first, then by rank, then names")
  func tables() {
    let rows = [
      ["azure/swedencentral/gpt-eu-payg", "standard", "1,000", "0", "12.00"],
      ["aws/us-east-1/opus", "provisioned", "20", "0", "1,234.56"],
    ]
    let full = table(rows).laidOut(width: 80)
    #expect(full[0].contains("errors") && full[0].contains("sold as"))
    // Without errors, which are none, everything else finds room.
    let less = table(rows).laidOut(width: 65)
    #expect(!less[0].contains("errors") && less[0].contains("sold as"))
    #expect(less[2].contains("azure/swedencentral/gpt-eu-payg"))
    let short = table(rows).laidOut(width: 45)
    #expect(!short[0].contains("sold as"))
    #expect(short[2].contains("…/gpt-eu-payg") && short[2].hasSuffix("12.00"))
    for width in [40, 45, 50, 65, 80, 120] {
      let lines = table(rows).laidOut(width: width)
      #expect(lines.allSatisfy { $0.displayWidth <= width }, "\(width): \(lines)")
      // Columns without a rank are there at any width.
      let text = lines.joined(separator: "\n")
      #expect(text.contains("1,234.56") && text.contains("1,000"), "\(width)")
    }
  }

  @Test("a table of columns that all must stay is split")
  func split() {
    var table = TextTable([.name("name")] + (0..<12).map { .number("column\($0)") })
    table.add(["first"] + (0..<12).map { "\($0 * 1_000_003)" })
    let lines = table.laidOut(width: 60)
    #expect(lines.allSatisfy { $0.displayWidth <= 60 })
    for column in 0..<12 {
      #expect(lines.contains { $0.contains("\(column * 1_000_003)") })
      #expect(lines.contains { $0.contains("column\(column)") })
    }
    #expect(lines.filter { $0.contains("first") }.count > 1)
  }

  @Test("bars of known figures")
  func sparkline() {
    #expect(Sparkline.text([0, 0.124, 0.125, 0.5, 0.874, 0.875, 1], full: 1) == "▁▁▂▅▇██")
    #expect(Sparkline.text([-1, 2, nil, .nan], full: 1) == "▁█  ")
    #expect(Sparkline.text([0, 50, 100], full: 100) == "▁▅█")
    #expect(Sparkline.condensed([1, 5, 2, nil, 3], to: 2) == [5, 3])
    #expect(Sparkline.condensed([1, 2], to: 8) == [1, 2])
    #expect(Sparkline.condensed([nil, nil, 1], to: 2) == [nil, 1])
  }

  @Test("progress fits its terminal and keeps the share and the time left")
  func progress() {
    let text = ProgressText(
      share: 0.25, simulated: .seconds(3600), requests: 12_345_678, elapsed: 30)
    #expect(
      text.line(width: 100)
        == "  25.0 %, 60 min simulated, 12,345,678 requests, 411.5k requests/s, 90 s left")
    for width in [6, 20, 30, 40, 50, 60, 79] {
      #expect(text.line(width: width).displayWidth <= width)
      #expect(text.line(width: width).contains("25.0 %"))
    }
    #expect(text.line(width: 40).hasSuffix("90 s left"))
    let begin = ProgressText(share: 0, simulated: .zero, requests: 0, elapsed: 0)
    #expect(!begin.line(width: 79).contains("left"))
    let long = ProgressText(share: 0.01, simulated: .seconds(60), requests: 1, elapsed: 600)
    #expect(long.line(width: 79).hasSuffix("16.5 h left"))
  }
}
