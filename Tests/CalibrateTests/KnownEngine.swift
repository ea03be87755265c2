import Catalog
import ServingEngine
import SimulationKernel
import Testing

@testable import Calibrate
@testable import Recordings

/// Engines whose step times are known, and logs that they leave.
enum KnownEngine {
  /// The facts of a small model on an H100 with few sequences.
  static func facts(maxSequences: Int = 64, maxBatchedTokens: Int = 2048) throws -> EngineFacts {
    let catalog = try Catalog.bundled()
    let accelerator = try #require(catalog.accelerator(named: "h100-sxm"))
    var scheduler = SchedulerOverrides()
    scheduler.maxSequences = maxSequences
    scheduler.maxBatchedTokens = maxBatchedTokens
    scheduler.kvBlocks = 20_000
    return try EngineFacts(
      EngineDeployment(
        accelerator: accelerator,
        model: try #require(catalog.model(named: "llama-3.1-8b")),
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: try #require(catalog.engine(named: "vllm")), scheduler: scheduler))
  }

  /// A linear step time, microseconds.
  static let linear = StepCoefficients(linear: [
    .base: 7000, .perSequence: 25, .perKVToken: 0.06, .prefillPerToken: 30,
  ])

  /// Requests that come at random, about `rate` a second; their times are not filled in.
  static func demand(_ count: Int, rate: Double, seed: UInt64, name: String = "log") -> RecordedRun
  {
    var generator = SplitMix64(seed: seed)
    func unit() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
    var time = 0.0
    let requests = (0..<count).map { index in
      if index > 0 { time += Distribution.unitExponential(unit()) / rate }
      // Whole nanoseconds, as the simulator counts.
      return RecordedRequest(
        arrival: (time * 1e9).rounded() / 1e9, firstToken: 0, lastToken: 0,
        promptTokens: Int(50 + 1500 * unit() * unit()), outputTokens: Int(2 + 300 * unit()),
        line: index + 2)
    }
    return RecordedRun(
      name: name, line: 1, arrivals: .recorded, requests: requests, summary: nil, leftOut: 0)
  }

  /// The log that an engine with these step times leaves of a demand.
  static func log(
    _ coefficients: StepCoefficients, _ demand: RecordedRun, facts: EngineFacts
  ) throws -> RecordedRun {
    try #require(try EngineReplay(demand, scheduler: facts.scheduler).log(coefficients))
  }

  /// Steps of a linear engine with errors of a given relative deviation.
  static func steps(
    _ count: Int, _ values: [StepColumn: Double], noise: Double, seed: UInt64
  ) -> [RecordedStep] {
    var generator = SplitMix64(seed: seed)
    func unit() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
    return (0..<count).map { index in
      let decodes = 1 + Int(60 * unit())
      let prefills = index % 3 == 0 ? 1 + Int(2 * unit()) : 0
      var step = RecordedStep(
        decodes: decodes, decodeKVTokens: Int(Double(decodes) * (200 + 3000 * unit())),
        prefills: prefills, prefillTokens: prefills > 0 ? prefills + Int(1800 * unit()) : 0,
        attentionPairs: nil, seconds: 1, line: index + 2)
      if prefills > 0 { step.attentionPairs = Double(step.prefillTokens) * 500 * unit() }
      let load = Observation.of(step, file: "", isHeldOut: false).load
      let time = StepColumn.allCases.reduce(0) { $0 + (values[$1] ?? 0) * $1.value(load) }
      step.seconds = time * (1 + noise * DeterministicMath.normalQuantile(unit())) / 1e6
      return step
    }
  }
}
