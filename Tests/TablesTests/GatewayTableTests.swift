import Testing

@testable import Tables

/// The bytes of the gateway's tables.
@Suite struct GatewayTableTests {
  let directory = TemporaryDirectory()

  private func text<Row: TableRow>(_ rows: [Row], names: [[String]]) throws -> String {
    var table = try RowTable<Row>(path: directory["t"], names: names)
    for row in rows { try table.append(row) }
    let finished = try table.finish()
    #expect(finished.rows == rows.count && finished.file == Row.schema.fileName)
    let text = try contents(directory["t"])
    return text.split(separator: "\n").dropFirst().joined(separator: "\n")
  }

  @Test func decisions() throws {
    let rows = [
      DecisionRow(
        decision: 0, request: 7, attempt: 1, time: 1_500_000_000, policy: 0, candidates: 3,
        eligible: 2, chosen: 1, score: 0.1, runnerUp: 0, runnerUpScore: 2.5, reason: 0,
        snapshotAge: 200_000_000),
      DecisionRow(
        decision: 1, request: 7, attempt: 2, time: 1_600_000_001, policy: 1, candidates: 1,
        eligible: 1, chosen: 0, score: nil, runnerUp: -1, runnerUpScore: nil, reason: 1,
        snapshotAge: 0),
    ]
    let text = try text(
      rows, names: [["azure/eu/a", "aws/us/b,c"], ["nearest", "provider"], ["first", "retry"]])
    #expect(
      text == """
        0,7,1,1.500000000,nearest,3,2,"aws/us/b,c",0.1,azure/eu/a,2.5,first,200.000000
        1,7,2,1.600000001,provider,1,1,azure/eu/a,,,,retry,0.000000
        """)
  }

  @Test func candidates() throws {
    let rows = [
      DecisionCandidateRow(
        decision: 4, deployment: 0, rejection: -1, score: -1.5, outstanding: 3,
        load: Ratio(3, over: 8), expectedCost: 1_234, roundTrip: 20_000_000),
      DecisionCandidateRow(
        decision: 4, deployment: 1, rejection: 2, score: nil, outstanding: 0, load: .none,
        expectedCost: 0, roundTrip: 0),
    ]
    let text = try text(rows, names: [["a", "b"], ["eligible", "model", "residency"]])
    #expect(
      text == """
        4,a,1,,-1.5,3,0.375000,0.000000001234,20.000000
        4,b,0,residency,,0,,0.000000000000,0.000000
        """)
  }

  @Test func attempts() throws {
    let rows = [
      AttemptRow(
        number: 0, request: 9, decision: 3, attempt: 1, deployment: 0, start: 5, end: 1_000_000_000,
        httpStatus: 429, cause: 1, retryAfter: 59_000_000_000, spilledFrom: -1, promptTokens: 10,
        cachedTokens: 0, outputTokens: 0, cost: 0),
      AttemptRow(
        number: 1, request: 9, decision: 4, attempt: 2, deployment: 1, start: 5, end: -1,
        httpStatus: -1, cause: -1, retryAfter: -1, spilledFrom: 0, promptTokens: 10,
        cachedTokens: 5, outputTokens: 7, cost: 2_000_000_000_000),
    ]
    let text = try text(rows, names: [["ptu", "payg"], ["", "provisioned_throughput"]])
    #expect(
      text == """
        0,9,3,1,ptu,0.000000005,1.000000000,429,provisioned_throughput,59000.000000,,10,0,0,\
        0.000000000000
        1,9,4,2,payg,0.000000005,,,,,ptu,10,5,7,2.000000000000
        """)
  }

  @Test func minutes() throws {
    let deployment = DeploymentMinuteRow(
      minute: 2, deployment: 0, attempts: 10, completions: 6, refused: [1, 0, 2, 0, 0, 0, 0, 0],
      errors: 1, cancellations: 0, spilledOut: 2, spilledIn: 0, promptTokens: 600,
      cachedTokens: 60, outputTokens: 90, inFlightMean: Ratio(3, over: 2), inFlightMax: 3,
      loadMean: Ratio(3, over: 8), loadMax: Ratio(3, over: 4), cost: 1)
    #expect(
      try text(
        [deployment],
        names: [["azure"], ["eu"], ["gpt"], ["standard"], ["openai"], ["prod"], ["t"], ["m"]])
        == "120,azure,eu,gpt,standard,openai,prod,t,m,10,6,1,0,2,0,0,0,0,0,1,0,2,0,600,60,90,"
        + "1.500000,3,0.375000,0.750000,0.000000000001")
    let quota = QuotaMinuteRow(
      minute: 0, quota: 0, limit: 100, effectiveLimit: 40, mostUsed: 50, admitted: 3, refused: 1,
      overflowed: 0)
    #expect(
      try text([quota], names: [["q"], ["fixed-minute"], ["tokens"]])
        == "0,q,fixed-minute,tokens,100,40,50,1.250000,3,1,0")
    let tenant = TenantMinuteRow(
      minute: 1, workload: 0, arrivals: 20, completions: 10,
      rejected: [1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 4], failed: 5, timedOut: 6, impatient: 7,
      promptTokens: 8, outputTokens: 9, cost: 10)
    #expect(
      try text([tenant], names: [["t"], ["p"], ["w"]])
        == "60,t,p,w,20,10,1,2,3,0,0,0,0,0,0,0,0,4,5,6,7,8,9,0.000000000010")
    let stage = ChainStageRow(
      request: 3, stage: 0, kind: 0, region: 0, start: 0, end: 80_000_000, status: 0, call: -1,
      bytesIn: 0, bytesOut: 3_000, egressBytes: 0, egressFrom: -1)
    #expect(
      try text([stage], names: [["w/s"], ["retrieval"], ["azure/eu"], ["completed"]])
        == "3,w/s,retrieval,azure/eu,0.000000000,0.080000000,completed,,0,3000,0,")
  }

  @Test func failures() throws {
    var service = FailureRow.Service()
    service.detected = 400_000_000
    service.detectedBy = "probe"
    service.leftAlone = 30_000_000_000
    service.recovered = 0
    service.goodputDip = Ratio(1, over: 4)
    service.lost = 12
    service.attemptsBefore = Ratio(3, over: 3)
    service.attemptsDuring = Ratio(3, over: 2)
    service.quotaRefusals = 5
    service.quotaTokens = 700
    service.peakQuotaTokens = 600
    var table = try TextTableFile<FailureRow>(path: directory["f"])
    try table.append(
      FailureRow(
        start: 1_500_000_000, isRandom: true, domain: "region", target: "azure/eu",
        effect: "slows", factor: 3, duration: 60_000_000_000, deployments: 2, service: service))
    try table.append(
      FailureRow(
        start: 0, isRandom: false, domain: "link", target: "aws - azure", effect: "loses",
        factor: 0.05, duration: 1, deployments: 0, service: FailureRow.Service()))
    _ = try table.finish()
    let lines = try contents(directory["f"]).split(separator: "\n").dropFirst()
    #expect(
      lines.joined(separator: "\n") == """
        1.500000,1,region,azure/eu,slows,3.00000,60.000000,2,0.400000,probe,30.000000,0.000000,,0.250000,12,\
        1.000000,1.500000,5,700,600
        0.000000,0,link,aws - azure,loses,0.0500000,0.000000,0,,,,,,,0,,,0,0,0
        """)
  }

  @Test func everyColumnSaysWhatItHolds() {
    let names = TableSchema.all.map(\.name)
    #expect(Set(names).count == names.count)
    for schema in TableSchema.all {
      let columns = schema.columns.map(\.name)
      #expect(Set(columns).count == columns.count, "\(schema.name)")
      for column in schema.columns { #expect(!column.meaning.isEmpty, "\(column.name)") }
    }
  }
}
