import SimulationKernel
import Testing

@testable import Tables

/// The bytes of every table, to the last one.
@Suite struct TableBytesTests {
  let directory = TemporaryDirectory()

  @Test func requests() throws {
    var table = try RequestsTable(path: directory["r"], names: sampleNames)
    try table.append(sampleRow(1))
    try table.append(
      .init(
        requestID: .max, workload: 0, origin: 0, model: 0, status: .rejected, reason: 0,
        arrival: .zero, promptTokens: 7, metObjective: false))
    try table.append(
      .init(
        requestID: 2, workload: 0, origin: 0, model: 0, deployment: 1, replica: 0,
        status: .inFlight,
        arrival: SimTime(nanoseconds: .max), promptTokens: 1, queue: .zero,
        endToEnd: Duration(nanoseconds: .max)))
    let finished = try table.finish()
    let text = try contents(directory["r"])
    #expect(
      text == """
        request_id,workload,tenant,project,origin,model,deployment,replica,status,reason,attempts,\
        arrival_s,prompt_tokens,cached_tokens,output_tokens,estimated_output_tokens,network_ms,\
        queue_ms,ttft_ms,tpot_ms,e2e_ms,server_ttft_ms,server_e2e_ms,preemptions,slo_met,cost_usd
        1,"agents, long",,,eu-west,llama-3.3-70b-fp8,azure/eastus2/h100,3,completed,,2,\
        1.000000007,512,128,4,128,12.000000,0.000001,123.456789,0.000033,2000.000000,0.005000,\
        0.999999,1,1,1.250000000003
        18446744073709551615,answers,search,"a,b",us-east,llama-3.3-70b-fp8,,,rejected,queue-full,0,\
        0.000000000,7,0,0,,,,,,,,,0,0,0.000000000000
        2,answers,search,"a,b",us-east,llama-3.3-70b-fp8,"aws/us-east-1/""spot""\",0,in_flight,,0,\
        9223372036.854775807,1,0,0,,,0.000000,,,9223372036854.775807,,,0,,0.000000000000

        """)
    #expect(
      finished
        == FinishedTable(
          file: "requests.csv", version: 2, rows: 3, bytes: text.utf8.count,
          sha256: SHA256.hexDigest(of: text.utf8)))
  }

  @Test func poolsMinute() throws {
    var table = try PoolsMinuteTable(
      path: directory["p"],
      pools: [
        .init(
          cloud: "azure", region: "eastus2", pool: "h100, answers", accelerator: "H100-SXM",
          model: "llama")
      ])
    var row = PoolsMinuteTable.Row(minute: 2, pool: 0)
    row.replicas = 12
    row.arrivals = 100
    row.completions = 90
    row.rejections = 5
    row.cancellations = 2
    row.failures = 1
    row.preemptions = 3
    row.promptTokens = 51_200
    row.outputTokens = 12_800
    row.busyFraction = Ratio(2, over: 3)
    row.runningMean = Ratio(Int64(61) * 60_000_000_000, over: Int64(60_000_000_000))
    row.waitingMean = Ratio(1, over: 8)
    row.waitingMax = 4
    row.kvUsedFractionMean = Ratio(1, over: 1)
    row.kvUsedFractionMax = Ratio(999_999_999, over: 1_000_000_000)
    row.timeToFirstTokenP50 = .milliseconds(100)
    row.timeToFirstTokenP95 = .milliseconds(200)
    row.timeToFirstTokenP99 = .milliseconds(300)
    row.timePerOutputTokenP95 = .microseconds(20_500)
    row.endToEndP95 = .seconds(3)
    row.wanted = 14
    row.readyMean = Ratio(25, over: 2)
    row.starting = 2
    row.draining = 1
    row.failed = 4
    row.spot = 5
    try table.append(row)
    try table.append(.init(minute: 0, pool: 0))
    let finished = try table.finish()
    #expect(finished.rows == 2)
    #expect(
      try contents(directory["p"]) == """
        minute_start_s,cloud,region,pool,accelerator,model,replicas,arrivals,completions,\
        rejections,cancellations,failures,preemptions,prompt_tokens,output_tokens,busy_fraction,\
        running_mean,waiting_mean,waiting_max,kv_used_fraction_mean,kv_used_fraction_max,\
        ttft_p50_ms,ttft_p95_ms,ttft_p99_ms,tpot_p95_ms,e2e_p95_ms,replicas_wanted,\
        replicas_ready_mean,replicas_starting,replicas_draining,replicas_failed,replicas_spot
        120,azure,eastus2,"h100, answers",H100-SXM,llama,12,100,90,5,2,1,3,51200,12800,0.666667,\
        61.000000,0.125000,4,1.000000,1.000000,100.000000,200.000000,300.000000,20.500000,\
        3000.000000,14,12.500000,2,1,4,5
        0,azure,eastus2,"h100, answers",H100-SXM,llama,0,0,0,0,0,0,0,0,0,,,,0,,,,,,,,0,,0,0,0,0

        """)
  }

  @Test func summary() throws {
    var table = try SummaryTable(path: directory["s"])
    let values: [(String, String, SummaryTable.Value)] = [
      ("requests", "requests", .integer(-3)),
      ("ttft_p95", "ms", .milliseconds(Duration(nanoseconds: 1_200_000_001))),
      ("busy", "s", .seconds(Duration(nanoseconds: 1))),
      ("slo_attainment", "1", .ratio(Ratio(19, over: 20))),
      ("tokens_per_s", "tokens/s", .real(1234.5)),
      ("undefined", "1", .real(.nan)),
      ("absent", "1", .none),
    ]
    for (metric, unit, value) in values {
      try table.append(.init(metric: metric, unit: unit, value: value))
    }
    try table.append(
      .init(
        scopeKind: .pool, scope: "azure/eastus2/a,b", metric: "requests", unit: "requests",
        value: .integer(1), source: .estimated))
    #expect(table.rows == 8)
    _ = try table.finish()
    #expect(
      try contents(directory["s"]) == """
        scope_kind,scope,metric,unit,value,source
        all,,requests,requests,-3,simulated
        all,,ttft_p95,ms,1200.000001,simulated
        all,,busy,s,0.000000001,simulated
        all,,slo_attainment,1,0.950000,simulated
        all,,tokens_per_s,tokens/s,1234.5,simulated
        all,,undefined,1,,simulated
        all,,absent,1,,simulated
        pool,"azure/eastus2/a,b",requests,requests,1,estimated

        """)
  }

  @Test func moneyIsPrintedToThePicodollar() throws {
    var table = try TextTableFile<CommitmentMonthRow>(path: directory["m"])
    try table.append(
      CommitmentMonthRow(
        commitment: "a,b", month: "2026-02-01", case: "p50",
        opening: 750_000_000 * 1_000_000_000_000,
        spend: 1, closing: -1_500_000_000_000, shortfall: 0, rule: "x"))
    _ = try table.finish()
    #expect(
      try contents(directory["m"]).split(separator: "\n").last
        == "\"a,b\",2026-02-01,p50,750000000.000000000000,0.000000000001,-1.500000000000,0.000000000000,x"
    )
  }

  @Test func schema() throws {
    var table = try SchemaTable(path: directory["c"])
    try table.append(SummaryTable.schema)
    try table.append(.init(table: "x", column: Column("y_ms", .decimal(6), unit: "ms", "a, b")))
    _ = try table.finish()
    #expect(
      try contents(directory["c"]) == """
        table,column,type,unit,meaning
        summary,scope_kind,text,,\
        "What the figure is about: all, workload, pool, deployment, tenant, quota, region, cloud, account, commitment, job, model or incident"
        summary,scope,text,,Name of what it is about; empty for the whole run
        summary,metric,text,,Name of the metric
        summary,unit,text,,Unit of the value; 1 for a plain fraction
        summary,value,real,,The value; empty where there is none
        summary,source,text,,"simulated, estimated or extrapolated"
        x,y_ms,decimal(6),ms,"a, b"

        """)
  }

  @Test func manifest() throws {
    var manifest = sampleManifest
    manifest.isComplete = true
    manifest.tables = [
      FinishedTable(file: "requests.csv", version: 1, rows: 2, bytes: 400, sha256: "ab"),
      FinishedTable(file: "summary.json", version: nil, rows: nil, bytes: 3, sha256: "cd"),
    ]
    let scenario = SHA256.hexDigest(of: "a: 1\n".utf8)
    #expect(
      manifest.json() == """
        {
          "format_version": 1,
          "tool_version": "0.1.0",
          "complete": true,
          "scenario": {
            "name": "scenarios/flagship.yaml",
            "bytes": 5,
            "sha256": "\(scenario)"
          },
          "inputs": [
            {
              "name": "trace.csv",
              "bytes": 12,
              "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
            }
          ],
          "seed": 18446744073709551615,
          "overrides": [
            "horizon=1h"
          ],
          "started_utc": "2026-01-29T08:15:00Z",
          "wall_seconds": 1.234567891,
          "simulated_seconds": 3600.000000000,
          "requests": 2,
          "events": 7,
          "fingerprint": "00000000000000ab",
          "tables": [
            {
              "name": "requests.csv",
              "version": 1,
              "rows": 2,
              "bytes": 400,
              "sha256": "ab"
            },
            {
              "name": "summary.json",
              "version": null,
              "rows": null,
              "bytes": 3,
              "sha256": "cd"
            }
          ]
        }

        """)
    #expect(try Manifest(json: manifest.json().utf8, path: "m") == manifest)
  }

  @Test func everyColumnSaysItsUnitAndMeaning() {
    for schema in TableSchema.all {
      #expect(Set(schema.columns.map(\.name)).count == schema.columns.count)
      for column in schema.columns {
        #expect(!column.meaning.isEmpty, "\(schema.name).\(column.name)")
        for (suffix, unit) in [("_ms", "ms"), ("_s", "s"), ("_tokens", "tokens")]
        where column.name.hasSuffix(suffix) {
          #expect(column.unit == unit, "\(schema.name).\(column.name)")
        }
      }
    }
  }

  /// Enough rows for many flushes, and rows of every length around them.
  @Test func manyRowsComeOutWhole() throws {
    var table = try RequestsTable(path: directory["many"], names: sampleNames)
    let count = 20_000
    for id in 0..<count {
      var row = sampleRow(UInt64(id))
      row.promptTokens = id * id
      try table.append(row)
    }
    let finished = try table.finish()
    #expect(finished.bytes > 4 * CSVWriter.flushBytes)
    let measured = try InputFile.measure(directory["many"])
    #expect(measured.bytes == finished.bytes)
    #expect(measured.sha256 == finished.sha256)
    var reader = try TableReader<RequestsTable.Record>(path: directory["many"])
    var id = 0
    while let record = try reader.next() {
      guard record.requestID == UInt64(id), record.promptTokens == id * id else {
        Issue.record("row \(id) is \(record)")
        return
      }
      id += 1
    }
    #expect(id == count)
  }

  @Test func aFieldLargerThanTheBuffer() throws {
    let schema = TableSchema(
      name: "wide", version: 1, columns: [Column("a", .text, "a"), Column("b", .text, "b")])
    var writer = try CSVWriter(path: directory["w"], schema: schema)
    let wide = String(repeating: "\"", count: CSVWriter.flushBytes)
    for _ in 0..<3 {
      try writer.appendText(wide)
      try writer.appendText("end")
      try writer.endRow()
    }
    _ = try writer.finish()
    var reader = try CSVReader.open(path: directory["w"], schema: schema)
    for _ in 0..<3 {
      #expect(try reader.nextRow())
      #expect(try reader.text(0) == wide)
      #expect(try reader.text(1) == "end")
    }
    #expect(try !reader.nextRow())
  }
}
