import Foundation
import SimulationKernel
import Tables
import Testing

@testable import Page

@Suite("Pages")
struct ReportPageTests {
  private func page(_ fixtures: StoredRunFixture...) throws -> String {
    try ReportPage(fixtures.map { try $0.run }, library: nil).html
  }

  @Test(
    "a run of more time than there is, or none, is refused or has no charts",
    arguments: [1e300, -1, 1e12])
  func noSuchTime(seconds: Double) throws {
    let figure = SummaryTable.Row(metric: "simulated_time", unit: "s", value: .real(seconds))
    let fixture = try StoredRunFixture(figures: [figure], leads: true)
    #expect(throws: TableError.self) { try page(fixture) }
  }

  @Test("a run of no time has tables and no charts")
  func noTime() throws {
    let figure = SummaryTable.Row(metric: "simulated_time", unit: "s", value: .real(0))
    #expect(try page(StoredRunFixture(figures: [figure], leads: true)).contains("</html>"))
  }

  @Test("the same tables make the same bytes, whenever and how long it ran")
  func stableBytes() throws {
    let first = try page(try StoredRunFixture(wall: 1))
    let second = try page(try StoredRunFixture(wall: 99_999))
    #expect(first == second)
    #expect(try first != page(try StoredRunFixture(waiting: [9])))
  }

  @Test("what people call things is shown and never becomes part of the page")
  func hostileNames() throws {
    // The last is one character to Swift; a browser sees a quote that ends an attribute.
    let names = [
      "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' & {{style}} </script><b>",
      "\"\u{301} onload=alert(1) x=\"", "a`b</title></style><img src=x>",
    ]
    let plain = try page(try StoredRunFixture(), try StoredRunFixture(directory: "b"))
    for name in names {
      let html = try page(
        try StoredRunFixture(name: name, scenario: "name: \(name)\n"),
        try StoredRunFixture(directory: "b", name: name))
      for tag in ["<script", "</script", "<b>", "<img", "</title", "</style", "<style"] {
        #expect(
          html.components(separatedBy: tag).count == plain.components(separatedBy: tag).count,
          "\(tag) for \(name)")
      }
      // Outside of tags and quoted values nothing of the name may stand as it is.
      #expect(!html.unicodeScalars.elementsEqual(plain.unicodeScalars))
      #expect(!Self.holds(html, name), "\(name)")
    }
  }

  @Test("a browser runs the page's own scripts, known by their digests, and nothing else")
  func scriptPolicy() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(
      "plimsoll-chart-\(UUID().uuidString).js")
    defer { try? FileManager.default.removeItem(at: place) }
    try "/*!\r\n * Chart.js v4.4.0\r\n */\nvar a = '</script>';\r".write(
      to: place, atomically: true, encoding: .utf8)
    let fixture = try StoredRunFixture()
    let html = try ReportPage(
      [try fixture.run], library: try ChartLibrary(path: place.path)
    ).html
    // Scripts as a browser cuts them out of the page.
    let scripts = html.components(separatedBy: "<script>").dropFirst().map {
      $0.components(separatedBy: "</script>")[0]
    }
    #expect(scripts.count == 2)
    let head = try #require(
      html.components(separatedBy: "Content-Security-Policy").dropFirst().first)
    let policy = head.components(separatedBy: ">")[0]
    for script in scripts {
      let digits = Array(SHA256.hexDigest(of: script.utf8))
      let bytes = stride(from: 0, to: 64, by: 2).map {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)!
      }
      #expect(policy.contains("'sha256-\(Data(bytes).base64EncodedString())'"))
      #expect(!script.contains("\r"))
    }
    #expect(!policy.contains("script-src 'unsafe-inline'"))
    #expect(try page(try StoredRunFixture()).contains("script-src 'none'"))
  }

  /// Whether a text holds another, code point by code point.
  private static func holds(_ text: String, _ part: String) -> Bool {
    Data(text.utf8).range(of: Data(part.utf8)) != nil
  }

  @Test("figures are those of summary.csv, to the digit behind and by the rules in front")
  func agreement() throws {
    let html = try page(
      try StoredRunFixture(figures: [
        .init(metric: "billed_cost", unit: "USD", value: .dollars(15_072_740_000_000_000)),
        .init(metric: "energy", unit: "kWh", value: .real(28.2302)),
      ]))
    let figures = [
      ("workload|near|ttft_p95", "450.000000", "450.0 ms"),
      ("workload|near|slo_ttft_attainment", "0.750000", "75.0 %"),
      ("all||billed_cost", "15072.740000000000", "15,073 USD"),
      ("all||energy", "28.2302", "28.2"), ("all||requests_arrived", "4", "4"),
      ("pool|azure/eastus2/near|kv_used_fraction_max", "0.375000", "37.5 %"),
    ]
    for (figure, exact, shown) in figures {
      #expect(
        html.contains(
          "data-figure=\"\(figure)\" data-exact=\"\(exact)\">\(shown)</td>"), "\(figure)")
    }
    #expect(html.contains("✗ No: 1 of 1 missed"))
    #expect(html.contains("near: TTFT ≤ 500.0 ms for 75.0 % of requests (target 95.0 %)"))
  }

  @Test("every table but summary.csv may be missing; what is there is shown")
  func missingTables() throws {
    let titles: [StoredRunFixture.Tables: String] = [
      .pools: "Time replicas spend in steps, by pool",
      .deployments: "Attempts that deployments refused",
      .tenants: "Requests that were lost, by cause", .quotas: "Quota in use",
      .requests: "share of requests within it", .money: "Effective cost by cloud and tenant",
      .incidents: "Timeline of incidents",
      .capacity: "Capacity that was asked for in vain or lost, by cause",
      .jobs: "Training jobs",
    ]
    for table in StoredRunFixture.Tables.allCases {
      let one = try page(try StoredRunFixture(tables: [table], scenario: nil))
      let others = try page(
        try StoredRunFixture(tables: StoredRunFixture.Tables.allCases.filter { $0 != table }))
      let title = try #require(titles[table])
      #expect(one.contains(title) && !others.contains(title), "\(table)")
    }
    // Without rows of requests the quantiles of the summary stand in.
    #expect(try page(try StoredRunFixture(tables: [])).contains("Time to first token, by quantile"))
  }

  @Test(
    "elastic pools have their replicas over time, what they lost and what it cost; jobs their end")
  func capacity() throws {
    func pool(_ metric: String, _ unit: String, _ value: SummaryTable.Value) -> SummaryTable.Row {
      .init(scopeKind: .pool, scope: "azure/eastus2/near", metric: metric, unit: unit, value: value)
    }
    func job(_ metric: String, _ unit: String, _ value: SummaryTable.Value) -> SummaryTable.Row {
      .init(scopeKind: .job, scope: "near", metric: metric, unit: unit, value: value)
    }
    let figures = [
      pool("replicas_ready_mean", "replicas", .ratio(Ratio(21, over: 10))),
      pool("scale_ups_failed_quota", "replicas", .integer(2)),
      pool("capacity_gap", "h", .ratio(Ratio(5, over: 4))),
      pool("machine_saving", "USD", .dollars(1_500_000_000_000)),
      job("done_fraction", "1", .ratio(Ratio(1, over: 4))),
    ]
    let html = try page(try StoredRunFixture(figures: figures))
    for text in [
      "Replicas of azure/eastus2/near", "scale-up failed, quota", "scale-up failed, supply",
      "machine taken back", "replica failed", "✗ missed", "✓ met", ">open<",
      "data-figure=\"pool|azure/eastus2/near|replicas_ready_mean\" data-exact=\"2.100000\">2.10</td>",
      "data-figure=\"pool|azure/eastus2/near|scale_ups_failed_quota\" data-exact=\"2\">2</td>",
      "data-figure=\"pool|azure/eastus2/near|capacity_gap\" data-exact=\"1.250000\">1.25</td>",
      ">1.50 USD</td>",
      "data-figure=\"job|near|done_fraction\" data-exact=\"0.250000\">25.0 %</td>",
    ] {
      #expect(html.contains(text), "\(text)")
    }
    // Of two runs each has its own tables; the chart holds both.
    let both = try page(
      try StoredRunFixture(directory: "a", figures: figures),
      try StoredRunFixture(directory: "b", figures: figures))
    #expect(both.contains("Replicas of elastic pools, a") && both.contains("Training jobs, b"))
    #expect(both.contains("a: ready") && both.contains("b: ready"))
    // A pool that is not elastic has none of it.
    #expect(!(try page(try StoredRunFixture()).contains("Replicas of")))
  }

  @Test("what incidents did stands beneath them")
  func incidents() throws {
    func row(_ metric: String, _ unit: String, _ value: SummaryTable.Value) -> SummaryTable.Row {
      .init(
        scopeKind: .incident, scope: "region near at 60 s", metric: metric, unit: unit, value: value
      )
    }
    let html = try page(
      try StoredRunFixture(figures: [
        row("failover_time", "s", .seconds(.seconds(12))), row("detection_time", "s", .none),
        row("attempts_per_request_during", "1", .ratio(Ratio(5, over: 2))),
      ]))
    #expect(html.contains("What incidents did"))
    #expect(
      html.contains("|failover_time\" data-exact=\"12.000000\">12 s</td>")
        || html.contains("|failover_time\" data-exact=\"12.000000000\">12 s</td>"))
    #expect(html.contains("attempts_per_request_during\" data-exact=\"2.500000\">2.50</td>"))
    #expect(!html.contains("requests lost</th>"))
  }

  @Test("two runs stand side by side, with the difference to the first")
  func comparison() throws {
    func fixture(_ name: String, _ cost: Int128) throws -> StoredRunFixture {
      try StoredRunFixture(
        directory: name,
        figures: [
          .init(metric: "billed_cost", unit: "USD", value: .dollars(cost * 1_000_000_000_000))
        ])
    }
    let html = try page(try fixture("a", 200), try fixture("b", 150))
    #expect(html.contains("<th scope=\"col\">a</th><th scope=\"col\">b</th>"))
    #expect(html.contains(">−25.0 %</td>"))
    #expect(html.contains("a: near") && html.contains("b: near"))
    // Equal directory names are told apart by their paths.
    #expect(ReportPage.names(["x/run", "y/run/"]) == ["x/run", "y/run/"])
    #expect(ReportPage.names(["x/one", "y/two/"]) == ["one", "two"])
  }

  @Test("nothing is fetched: no address, and a policy that would forbid it")
  func selfContained() throws {
    let html = try page(try StoredRunFixture())
    #expect(html.contains("default-src 'none'"))
    for address in ["http://", "https://", "//cdn", "url(", "@import", "src=\""] {
      #expect(!html.contains(address), "\(address)")
    }
    #expect(!html.contains("<script>"))
  }

  @Test("a table that breaks off is an error that names the place")
  func brokenTable() throws {
    let fixture = try StoredRunFixture()
    let file = fixture.path + "/pools_minute.csv"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try String(text.dropLast(5)).write(toFile: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: TableError.self) { _ = try page(fixture) }
    #expect(error?.path == file && error?.kind == .mismatch)
  }
}
