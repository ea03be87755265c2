import Foundation

/// One row of a table of load tests: an engine, a load and what was measured.
struct LoadPoint {
  var line: Int
  var accelerator: String
  var model: String
  var precision: String
  var engine: String
  var version: String
  var date: String
  var tensorParallel: Int
  var pipelineParallel: Int
  var dataParallel: Int
  var expertParallel: Int
  var promptTokens: Int
  var outputTokens: Int
  var clients: Int
  /// Means, seconds.
  var timeToFirstToken: Double
  var timePerOutputToken: Double

  /// Columns read, by the names of NVIDIA AIConfigurator's silicon sample; others are passed over.
  static let columns = [
    "gpu", "model", "precision", "backend", "backend_version", "measured_at", "tp_size", "pp_size",
    "attention_dp_size", "moe_ep_size", "isl", "osl", "concurrency", "ttft_ms", "tpot_ms", "mode",
  ]

  /// Output tokens a second: each client gets one answer after the other.
  var outputTokensPerSecond: Double {
    Double(clients * outputTokens)
      / (timeToFirstToken + Double(outputTokens - 1) * timePerOutputToken)
  }

  /// Whether the configuration is in the half that parameters may be fitted on: the parity of a
  /// 64-bit FNV-1a hash's 33rd bit over engine, accelerator, model, parallelism, lengths and clients.
  var isForFitting: Bool {
    let key = [
      engine, accelerator, model, "\(tensorParallel)", "\(expertParallel)", "\(promptTokens)",
      "\(outputTokens)", "\(clients)",
    ].joined(separator: " ")
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash >> 32 & 1 == 0
  }

  /// What two rows that are one measurement share.
  var identity: String {
    "\(engine) \(accelerator) \(model) \(promptTokens) \(outputTokens) \(clients) "
      + "\(timeToFirstToken) \(timePerOutputToken)"
  }
}

/// A table of load tests.
struct LoadPoints {
  private(set) var points: [LoadPoint] = []
  /// Rows without a number of clients, and rows of disaggregated engines: nothing can be replayed.
  private(set) var incomplete = 0
  /// Rows that repeat a measurement of another.
  private(set) var repeated = 0

  init(path: String) throws(ValidationFailure) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw ValidationFailure("cannot read '\(path)'") }
    var lines = text.split(whereSeparator: \.isNewline)
    guard !lines.isEmpty else { throw ValidationFailure("'\(path)' is empty") }
    let header = lines.removeFirst().split(separator: ",", omittingEmptySubsequences: false)
    var places: [String: Int] = [:]
    for (place, name) in header.enumerated() { places[String(name)] = place }
    for name in LoadPoint.columns where places[name] == nil {
      throw ValidationFailure("\(path):1: no column '\(name)'")
    }
    var seen: Set<String> = []
    for (index, row) in lines.enumerated() {
      let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      func text(_ name: String) -> String {
        places[name].map { $0 < fields.count ? fields[$0] : "" } ?? ""
      }
      // Beyond any load test, and within what an integer holds.
      func number(_ name: String) throws(ValidationFailure) -> Double? {
        guard let value = Double(text(name)) else { return nil }
        guard abs(value) <= 1e9 else {
          throw ValidationFailure(
            "\(path):\(index + 2): \(name) is '\(text(name))', expected a number up to 1e9")
        }
        return value
      }
      guard try number("concurrency") != nil, text("mode") == "agg" else {
        incomplete += 1
        continue
      }
      func need(_ name: String) throws(ValidationFailure) -> Double {
        guard let value = try number(name), value > 0 else {
          throw ValidationFailure(
            "\(path):\(index + 2): \(name) is '\(text(name))', expected a positive number")
        }
        return value
      }
      let point = LoadPoint(
        line: index + 2, accelerator: text("gpu"), model: text("model"),
        precision: text("precision"), engine: text("backend"), version: text("backend_version"),
        date: String(text("measured_at").prefix(10)), tensorParallel: Int(try need("tp_size")),
        pipelineParallel: Int(try number("pp_size") ?? 1),
        dataParallel: Int(try number("attention_dp_size") ?? 1),
        expertParallel: max(1, Int(try number("moe_ep_size") ?? 1)),
        promptTokens: Int(try need("isl")), outputTokens: Int(try need("osl")),
        clients: Int(try need("concurrency")), timeToFirstToken: try need("ttft_ms") / 1e3,
        timePerOutputToken: try need("tpot_ms") / 1e3)
      if seen.insert(point.identity).inserted { points.append(point) } else { repeated += 1 }
    }
  }
}

/// What is wrong with an input of the validation, in words for its user.
struct ValidationFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
