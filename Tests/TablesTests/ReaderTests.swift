import SimulationKernel
import Testing

@testable import Tables

@Suite struct ReaderTests {
  let directory = TemporaryDirectory()

  static let schema = TableSchema(
    name: "small", version: 3,
    columns: [
      Column("name", .text, "a name"), Column("time_ms", .decimal(6), unit: "ms", "a time"),
    ]
  )

  /// The error of reading a small table with this text, as people see it, without the path.
  func message(_ text: String, maximumRowBytes: Int = 64) throws -> String {
    try put(text, directory["t"])
    do {
      var reader = try CSVReader.open(
        path: directory["t"], schema: Self.schema, maximumRowBytes: maximumRowBytes)
      while try reader.nextRow() {
        _ = try reader.text(0)
        _ = try reader.fixed(1, decimals: 6)
      }
      return "no error"
    } catch {
      return String(error.description.dropFirst(directory["t"].count))
    }
  }

  static let header = "name,time_ms\n"

  @Test(arguments: [
    ("", ":1: the file is empty, expected a header; the table must be version 3 of small.csv"),
    (
      "name\n",
      ":1: column 'time_ms': the header ends after 1 columns, expected 2; the table must be version 3 of small.csv"
    ),
    (
      "name,time_s\n",
      ":1: column 'time_ms': column 2 of the header is 'time_s'; the table must be version 3 of small.csv"
    ),
    (
      "name,time_ms,more\n",
      ":1: column 'more': one column too many; the table must be version 3 of small.csv"
    ),
    ("name,time_ms", ":1: the row has no line end: the file was cut off"),
    (header + "a\n", ":2: 1 fields, expected 2"),
    (header + "a,1\n\n", ":3: 1 fields, expected 2"),
    (header + "a,1,2\n", ":2: 3 fields, expected 2"),
    (header + "a,1,2,3\n", ":2: more than the expected 2 fields"),
    (header + "a,1\nb,2", ":3: the row has no line end: the file was cut off"),
    (header + "a,", ":2: the row has no line end: the file was cut off"),
    (header + "\"a\"", ":2: the row has no line end: the file was cut off"),
    (header + "\"a,1\n", ":2: a quoted field without an end"),
    (header + "a\"b,1\n", ":2: a quote inside a field without quotes"),
    (header + "\"a\"b,1\n", ":2: text after a closing quote"),
    (
      header + "\"a\nb\",1\nc,x\n",
      ":4: column 'time_ms': expected a number with at most 6 decimals, found 'x'"
    ),
    (
      header + "a,1.1234567\n",
      ":2: column 'time_ms': expected a number with at most 6 decimals, found '1.1234567'"
    ),
    (
      header + String(repeating: "x", count: 65) + ",1\n",
      ":2: a row of more than 64 bytes; check for a quote that is never closed"
    ),
  ])
  func errors(text: String, wanted: String) throws {
    #expect(try message(text) == wanted)
  }

  @Test func bytesThatAreNotText() throws {
    let file = try OutputFile(creating: directory["b"])
    try file.write(bytes: Array(Self.header.utf8) + [0xFF, 0x2C, 0x31, 0x0A])
    _ = try file.close()
    var reader = try CSVReader.open(path: directory["b"], schema: Self.schema)
    #expect(try reader.nextRow())
    do {
      _ = try reader.text(0)
      Issue.record("no error")
    } catch {
      #expect(error.description == directory["b"] + ":2: column 'name': not UTF-8 text")
    }
  }

  @Test func quotesLineBreaksAndSpreadsheets() throws {
    try put(
      "\u{FEFF}name,time_ms\r\n\"a,\"\"b\"\"\r\nc\",1.5\r\n,\r\n\"\",\"-2\"\r\nZürich,0.000001\r\n",
      directory["q"])
    var reader = try CSVReader.open(path: directory["q"], schema: Self.schema)
    var rows: [[String]] = []
    var lines: [Int] = []
    while try reader.nextRow() {
      let time = try reader.fixed(1, decimals: 6)
      rows.append([try reader.text(0), time.map { "\($0)" } ?? "null"])
      lines.append(reader.line)
    }
    #expect(
      rows == [
        ["a,\"b\"\r\nc", "1500000"], ["", "null"], ["", "-2000000"], ["Zürich", "1"],
      ])
    #expect(lines == [2, 4, 5, 6])
  }

  /// Rows longer and shorter than the read buffer's pieces, at every offset.
  @Test func rowsAcrossReads() throws {
    var text = Self.header
    let count = 40_000
    for index in 0..<count { text += "n\(index),\(index).5\n" }
    try put(text, directory["long"])
    var reader = try CSVReader.open(path: directory["long"], schema: Self.schema)
    var index = 0
    while try reader.nextRow() {
      guard try reader.text(0) == "n\(index)",
        try reader.fixed(1, decimals: 6) == Int64(index) * 1_000_000 + 500_000
      else {
        Issue.record("row \(index) came back wrong")
        return
      }
      index += 1
    }
    #expect(index == count)
    #expect(text.utf8.count > 2 * 256 * 1024)
  }

  @Test func requestsRoundTrip() throws {
    var table = try RequestsTable(path: directory["r"], names: sampleNames)
    try table.append(sampleRow(1))
    try table.append(
      .init(
        requestID: .max, workload: 0, origin: 0, model: 0, status: .cancelled, reason: 0,
        arrival: SimTime(nanoseconds: .max), promptTokens: 7))
    _ = try table.finish()
    let records = try TableReader<RequestsTable.Record>.all(path: directory["r"])
    #expect(records.count == 2)
    let row = sampleRow(1)
    #expect(records[0].requestID == 1)
    #expect(records[0].workload == "agents, long")
    #expect(records[0].origin == "eu-west")
    #expect(records[0].model == "llama-3.3-70b-fp8")
    #expect(records[0].deployment == "azure/eastus2/h100")
    #expect(records[0].replica == 3)
    #expect(records[0].status == .completed)
    #expect(records[0].reason == nil)
    #expect(records[0].arrival == row.arrival)
    #expect(records[0].promptTokens == 512)
    #expect(records[0].outputTokens == 4)
    #expect(records[0].estimatedOutputTokens == 128)
    #expect(records[0].network == row.network)
    #expect(records[0].queue == row.queue)
    #expect(records[0].timeToFirstToken == row.timeToFirstToken)
    #expect(records[0].timePerOutputToken == Duration(nanoseconds: 33))
    #expect(records[0].endToEnd == row.endToEnd)
    #expect(records[0].serverTimeToFirstToken == row.serverTimeToFirstToken)
    #expect(records[0].serverEndToEnd == row.serverEndToEnd)
    #expect(records[0].preemptions == 1)
    #expect(records[0].metObjective == true)
    #expect(records[0].tenant == nil && records[1].tenant == "search")
    #expect(records[1].project == "a,b")
    #expect(records[0].attempts == 2 && records[0].cachedTokens == 128)
    #expect(records[0].picodollars == 1_250_000_000_003)
    #expect(records[1].requestID == .max)
    #expect(records[1].status == .cancelled)
    #expect(records[1].reason == "queue-full")
    #expect(records[1].arrival.nanoseconds == .max)
    #expect(records[1].deployment == nil)
    #expect(records[1].endToEnd == nil)
    #expect(records[1].metObjective == nil)
  }

  @Test func poolsMinuteAndSummaryRoundTrip() throws {
    let names = PoolsMinuteTable.PoolNames(
      cloud: "azure", region: "eastus2", pool: "a,b", accelerator: "H100", model: "llama")
    var pools = try PoolsMinuteTable(path: directory["p"], pools: [names])
    var row = PoolsMinuteTable.Row(minute: 1, pool: 0)
    row.busyFraction = Ratio(1, over: 3)
    row.waitingMax = 9
    row.endToEndP95 = .milliseconds(5)
    try pools.append(row)
    _ = try pools.finish()
    let minute = try #require(TableReader<PoolsMinuteTable.Record>.all(path: directory["p"]).first)
    #expect(minute.minuteStartSeconds == 60)
    #expect(minute.pool == names)
    #expect(minute.busyFractionMillionths == 333_333)
    #expect(minute.runningMeanMillionths == nil)
    #expect(minute.waitingMax == 9)
    #expect(minute.endToEndP95 == .milliseconds(5))

    var summary = try SummaryTable(path: directory["s"])
    let third = 1.0 / 3
    try summary.append(
      .init(scopeKind: .cloud, scope: "azure", metric: "m", unit: "1", value: .real(third)))
    try summary.append(.init(metric: "n", unit: "", value: .none, source: .estimated))
    _ = try summary.finish()
    let figures = try TableReader<SummaryTable.Record>.all(path: directory["s"])
    #expect(figures.map(\.value) == [third, nil])
    #expect(figures.map(\.scopeKind) == [.cloud, .all])
    #expect(figures.map(\.source) == [.simulated, .estimated])
  }

  @Test func aWordThatIsNoneOfTheExpected() throws {
    try put(
      "scope_kind,scope,metric,unit,value,source\nplanet,,m,1,2,simulated\n", directory["s"])
    do {
      _ = try TableReader<SummaryTable.Record>.all(path: directory["s"])
      Issue.record("no error")
    } catch {
      #expect(
        error.description == directory["s"]
          + ":2: column 'scope_kind': expected one of all, workload, pool, deployment, tenant, quota, region, cloud, account, commitment, job, model, incident, found 'planet'"
      )
      #expect(error.kind == .malformed)
    }
  }

  @Test func aMissingFile() {
    #expect {
      try CSVReader.open(path: directory["absent"], schema: Self.schema).isEmpty(0)
    } throws: { error in
      "\(error)".hasSuffix(
        "cannot open the file: No such file or directory; check the spelling of the path")
    }
  }
}
