import SimulationKernel
import Testing
import Workload

@Suite("Reading traces")
struct TraceReaderTests {
  static func read(_ text: String) throws(TraceError) -> TraceRows {
    try TraceRows(csv: Array(text.utf8), name: "day.csv")
  }

  @Test("times are exact to the nanosecond, whatever their form")
  func times() throws {
    let trace = try Self.read(
      """
      t_s,prompt_tokens,output_tokens
      0,1,2
      0.1,3,4
      .25,5,6
      4.3146,374,44
      4.314600000000000000000000001,1,1
      5.0000000005,1,1
      5.0000000015,1,1
      5.00000000150000000000000000000001,1,1
      1e1,1,1
      123456789.123456789,7,8
      1.5E9,9,9
      """)
    #expect(
      trace.times == [
        0, 100_000_000, 250_000_000, 4_314_600_000, 4_314_600_000, 5_000_000_000, 5_000_000_002,
        5_000_000_002, 10_000_000_000, 123_456_789_123_456_789, 1_500_000_000_000_000_000,
      ])
    #expect(trace.promptTokens == [1, 3, 5, 374, 1, 1, 1, 1, 1, 7, 9])
    #expect(trace.outputTokens == [2, 4, 6, 44, 1, 1, 1, 1, 1, 8, 9])
  }

  @Test(
    "a mark, CRLF, blank lines, quotes, blanks, other columns and no last line end are accepted")
  func tolerance() throws {
    let trace = try Self.read(
      "\u{FEFF}user,Output_Tokens, T_S ,\"prompt_tokens\"\r\n\"a, \"\"b\"\"\",7,1.5,374.0\r\n\r\n"
        + "c,8, 2.5 ,\"10\"")
    #expect(trace.times == [1_500_000_000, 2_500_000_000])
    #expect(trace.promptTokens == [374, 10] && trace.outputTokens == [7, 8])
  }

  @Test(
    "Azure's columns and dates are read, counted from the earliest row, over midnight and leap days"
  )
  func azure() throws {
    let trace = try Self.read(
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2024-02-28 23:59:59.9799600,374,44
      2024-02-29 00:00:00.0000000,396,109
      2024-03-01T00:00:00.5Z,879,55
      2024-03-01 00:00:01+00:00,1,1
      """)
    #expect(trace.times == [0, 20_040_000, 86_400_520_040_000, 86_401_020_040_000])
    #expect(trace.promptTokens == [374, 396, 879, 1])
  }

  @Test("BurstGPT's columns are read; failed requests of no tokens count as one token")
  func burstGPT() throws {
    let trace = try Self.read(
      """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,Conversation log
      45,ChatGPT,1087,0,1087,Conversation log
      """)
    #expect(trace.times == [5_000_000_000, 45_000_000_000])
    #expect(trace.outputTokens == [18, 1] && trace.raisedLengths == 1)
  }

  @Test("rows out of order are sorted by time and keep their order within an instant")
  func order() throws {
    let trace = try Self.read(
      "t_s,prompt_tokens,output_tokens\n3,1,1\n1,2,1\n3,3,1\n1,4,1\n2,5,1\n1,6,1\n")
    #expect(trace.promptTokens == [2, 4, 6, 5, 1, 3])
  }

  static let header = "t_s,prompt_tokens,output_tokens\n"

  static let malformed: [(text: String, message: String)] = [
    (
      "", "day.csv: the file is empty, expected a header such as t_s,prompt_tokens,output_tokens"
    ),
    (header, "day.csv: found no rows, expected at least one request"),
    (
      "t_s,prompt,output_tokens\n1,2,3",
      "day.csv:1: no column prompt_tokens (nor contexttokens, request tokens), found t_s, prompt, "
        + "output_tokens; expected a header such as t_s,prompt_tokens,output_tokens"
    ),
    (header + "1,2,3\n1,2", "day.csv:3: found 2 fields, expected 3 as in the header"),
    (header + "1,2,3\n\n1,2,3,4\n", "day.csv:4: found 4 fields, expected 3 as in the header"),
    (header + "x,2,3", "day.csv:2: found \"x\", expected a time in seconds such as 12.5"),
    (header + "1.2.3,2,3", "day.csv:2: found \"1.2.3\", expected a time in seconds such as 12.5"),
    (header + "1e,2,3", "day.csv:2: found \"1e\", expected a time in seconds such as 12.5"),
    (header + ",2,3", "day.csv:2: found nothing, expected a time in seconds such as 12.5"),
    (header + "nan,2,3", "day.csv:2: found \"nan\", expected a time in seconds such as 12.5"),
    (header + "-0.1,2,3", "day.csv:2: found \"-0.1\", expected a time of zero or more seconds"),
    (header + "1e12,2,3", "day.csv:2: found \"1e12\", expected a time below 73 years in seconds"),
    (
      header + "1,2.5,3",
      "day.csv:2: found \"2.5\", expected a whole number of tokens for prompt_tokens"
    ),
    (
      header + "1,2,-3",
      "day.csv:2: found \"-3\", expected 0 to 1000000000 tokens for output_tokens"
    ),
    (
      header + "1,2,1e30",
      "day.csv:2: found \"1e30\", expected 0 to 1000000000 tokens for output_tokens"
    ),
    (
      header + "1,\"2,3\n", "day.csv:2: a quoted field does not end, expected \" before the comma"
    ),
    (
      header + "2023-11-16 18:17:03,2,3\n5,2,3",
      "day.csv:3: found \"5\", expected a time such as 2023-11-16 18:17:03.9799600, as above"
    ),
    (
      header + "2023-02-29 18:17:03,2,3",
      "day.csv:2: found \"2023-02-29 18:17:03\", expected a time in seconds such as 12.5"
    ),
  ]

  @Test("what is wrong is told with file, line, what was found and what was expected")
  func errors() {
    for (text, message) in Self.malformed {
      let error = #expect(throws: TraceError.self) { try Self.read(text) }
      #expect(error?.description == message)
    }
  }

  @Test("columns handed over in memory are checked too")
  func columns() throws {
    #expect(throws: TraceError.self) {
      try TraceRows(name: "a", times: [-1], promptTokens: [1], outputTokens: [1])
    }
    #expect(throws: TraceError.self) {
      try TraceRows(name: "a", times: [1], promptTokens: [-1], outputTokens: [1])
    }
    #expect(throws: TraceError.self) {
      try TraceRows(name: "a", times: [], promptTokens: [], outputTokens: [])
    }
  }

  @Test("the span is the last time and one mean gap, and never zero")
  func span() throws {
    #expect(try rows([0, 1, 2, 6]).span == .seconds(8))
    #expect(try rows([4]).span == .seconds(5))
    #expect(try rows([0, 0, 0]).span == .seconds(1))
  }

  @Test(
    "the real Azure trace reads whole", .enabled(if: RecordedData.has("traces/azure2023_conv.csv")))
  func realTrace() throws {
    let trace = try TraceRows(
      csv: try RecordedData.bytes("traces/azure2023_conv.csv"), name: "azure2023_conv.csv")
    #expect(trace.count == 19_366)
    #expect(trace.times.last == 3_501_721_900_000)
    #expect(trace.promptTokens.first == 374 && trace.outputTokens.first == 44)
    #expect(trace.promptTokens.max() == 14_050 && trace.outputTokens.max() == 1_000)
    #expect(trace.raisedLengths == 0)
    #expect(abs(trace.lengthMoments.meanPrompt - 1154.6974078281523) < 1e-9)
    #expect(abs(trace.lengthMoments.meanOutput - 211.12594237323142) < 1e-9)
  }
}
