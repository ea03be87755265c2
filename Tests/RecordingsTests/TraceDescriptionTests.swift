import Foundation
import SimulationKernel
import Statistics
import Testing
import Workload

@testable import Recordings

@Suite("Describing traces")
struct TraceDescriptionTests {
  /// A trace of the simulator's own demand.
  private static func trace(
    _ arrivals: ArrivalSpec, seconds: Int64, seed: UInt64 = 1
  ) throws -> ImportedTrace {
    let spec = WorkloadSpec(
      name: "w", arrivals: arrivals,
      shape: .independent(
        prompt: .lognormal(median: 400, sigma: 0.9, max: 1_000_000),
        output: .lognormal(median: 150, sigma: 0.6, max: 1_000_000)),
      origins: [OriginShare(origin: 0, share: 1)])
    var stream = try DemandStream([spec], seed: seed, horizon: .seconds(seconds))
    var trace = ImportedTrace()
    while stream.nextTime != .never {
      let arrival = stream.pull()
      trace.append(
        time: arrival.time.nanoseconds, prompt: arrival.promptTokens, output: arrival.outputTokens)
    }
    return trace
  }

  @Test("Poisson demand: dispersion 1, gaps of variation 1, lognormal lengths at no distance")
  func poisson() throws {
    let found = try TraceDescription(
      Self.trace(.poisson(rate: 8), seconds: 7200), name: "t", seeds: 2)
    #expect(abs(found.rate / 8 - 1) < 0.02 && abs(found.gapVariation - 1) < 0.02)
    #expect(found.dispersions.map(\.window) == [1, 10, 60, 600].map { $0 * 1_000_000_000 })
    for place in found.dispersions { #expect(abs(place.index - 1) < 4 * place.chance) }
    #expect(abs(found.prompts.lognormalMedian / 400 - 1) < 0.02)
    #expect(abs(found.prompts.lognormalSigma - 0.9) < 0.01 && found.prompts.distance < 0.02)
    #expect(abs(Double(found.outputs.median) / 150 - 1) < 0.02)
    // 90 % of a lognormal lie below median · e^(1.2816 σ).
    #expect(abs(Double(found.outputs.p90) / (150 * 2.1576) - 1) < 0.03)
    #expect(abs(found.lengthCorrelation) < 0.02 && found.sharing == nil)
    let poisson = try #require(found.twins.first { $0.law == .poisson })
    #expect(poisson.gapDistance < 0.01 && poisson.miss < 0.25)
    for (_, value) in found.correlations { #expect(abs(value) < 0.05) }
  }

  @Test("demand in bursts: its twin is the nearest, and has the dispersion recorded")
  func bursts() throws {
    let states = [
      BurstState(rate: 1, meanDuration: .seconds(20)),
      BurstState(rate: 9, meanDuration: .seconds(20)),
    ]
    let truth = SwitchedPoisson(lowRate: 1, highRate: 9, lowMean: 20, highMean: 20)
    let found = try TraceDescription(
      Self.trace(.bursts(states: states), seconds: 30_000), name: "t", seeds: 2)
    for place in found.dispersions.prefix(3) {
      let window = Double(place.window) / 1e9
      #expect(abs(place.index / truth.dispersion(window: window) - 1) < 0.15, "\(window)")
    }
    let nearest = try #require(found.twins.first)
    guard case .bursts(let process) = nearest.law else {
      Issue.record("\(nearest.law)")
      return
    }
    #expect(abs(process.memory / truth.memory - 1) < 0.3 && nearest.miss < 0.2)
    let poisson = try #require(found.twins.first { $0.law == .poisson })
    #expect(poisson.miss > 2, "Poisson demand has none of the bursts")
    // The rate's autocorrelation: v e^(−t / m) over v + λ; m is 10 s.
    let second = try #require(found.correlations.first { $0.lag == 1 })
    #expect(abs(second.value - 16 * 0.9048 / (16 + 5)) < 0.05)
  }

  @Test("renewal demand: the gamma twin has its gaps and its dispersion")
  func gamma() throws {
    let found = try TraceDescription(
      Self.trace(.gamma(rate: 10, coefficientOfVariation: 3), seconds: 7200), name: "t", seeds: 2)
    #expect(abs(found.gapVariation - 3) < 0.15)
    // Over windows that hold many gaps the dispersion is the gaps' squared variation.
    let minute = try #require(found.dispersions.first { $0.window == 60_000_000_000 })
    #expect(abs(minute.index / 9 - 1) < 0.5)
    let gamma = try #require(
      found.twins.first {
        if case .gamma = $0.law { return true }
        return false
      })
    #expect(gamma.gapDistance < 0.02)
    let poisson = try #require(found.twins.first { $0.law == .poisson })
    #expect(poisson.gapDistance > 0.2)
  }

  @Test("what prompts share: leading blocks seen before")
  func sharing() throws {
    var trace = ImportedTrace()
    trace.blockTokens = 100
    trace.append(time: 0, prompt: 250, output: 1, hashes: [1, 2, 3])
    trace.append(time: 1_000_000_000, prompt: 250, output: 1, hashes: [1, 2, 4])
    // The second block is known, but not behind this first one.
    trace.append(time: 2_000_000_000, prompt: 200, output: 1, hashes: [9, 2])
    // A last block that is not full counts for what it holds.
    trace.append(time: 3_000_000_000, prompt: 250, output: 1, hashes: [1, 2, 3])
    let sharing = try #require(TraceDescription(trace, name: "t").sharing)
    #expect(sharing.blocks == 5 && sharing.requestShare == 0.5)
    #expect(abs(sharing.tokenShare - (200.0 + 250) / 950) < 1e-12)
  }

  @Test("too little to describe is an error; too little to fit twins to is described")
  func little() throws {
    var trace = ImportedTrace()
    trace.append(time: 5, prompt: 1, output: 1)
    trace.append(time: 5, prompt: 1, output: 1)
    #expect(throws: RecordingError.self) { _ = try TraceDescription(trace, name: "t") }
    trace.append(time: 2_000_000_005, prompt: 3, output: 1)
    let found = try TraceDescription(trace, name: "t")
    #expect(found.requests == 3 && found.span == 2 && found.rate == 1 && found.twins.isEmpty)
    #expect(found.peakMinute == nil && found.dispersions.map(\.windows) == [2])
  }

  /// The published recordings, as their publishers and this project's data notes describe them.
  @Test("requests that are decades apart are described in no time", .timeLimit(.minutes(1)))
  func decades() throws {
    var trace = ImportedTrace()
    for (time, count) in [(0, 3), (61, 2), (2_200_000_000, 4)] as [(Int64, Int)] {
      for place in 0..<count {
        trace.append(time: time * 1_000_000_000 + Int64(place), prompt: 5, output: 5)
      }
    }
    let description = try TraceDescription(trace, name: "t", seeds: 1)
    #expect(description.peakMinute?.requests == 3 && description.peakMinute?.start == 0)
    // Seconds and tens of seconds are too many to tell anything; minutes are, too.
    #expect(description.dispersions.map(\.window) == [600_000_000_000])
  }

  @Test(
    "recorded traces: counts, lengths, and tokens a cache would save",
    .enabled(if: RecordedTraces.exist, "../shared/data/traces is absent"))
  func recorded() throws {
    let conversations = try RecordedTraces.read("azure2023_conv.csv", .plimsoll)
    let found = try TraceDescription(conversations, name: "conv", seeds: 2)
    // Patel and others, Splitwise (ISCA 2024), table: median prompt 1020, median output 129.
    #expect(found.requests == 19_366 && found.prompts.median == 1020 && found.outputs.median == 129)
    let code = try TraceDescription(
      RecordedTraces.read("azure2023_code.csv", .plimsoll), name: "code", seeds: 2)
    // The same: 1500 and 13.
    #expect(code.requests == 8819 && abs(code.prompts.median - 1500) <= 40)
    #expect(code.outputs.median == 13)
    #expect(code.dispersions[2].index > found.dispersions[2].index)
    for description in [found, code] {
      let (best, poisson) = (
        try #require(description.twins.first),
        try #require(description.twins.first { $0.law == .poisson })
      )
      #expect(best.miss < 0.5 && best.miss < 0.3 * poisson.miss)
    }
  }
}

/// Recorded traces, where they lie beside the repository.
enum RecordedTraces {
  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/shared/data/traces/"

  static var exist: Bool { FileManager.default.fileExists(atPath: folder + "azure2023_conv.csv") }

  static func read(_ name: String, _ format: TraceFormat) throws -> ImportedTrace {
    let text = try String(contentsOfFile: folder + name, encoding: .utf8)
    var importer = TraceImporter(format: format, file: name)
    for (index, line) in text.split(separator: "\n").enumerated() {
      try Array(line.utf8).withUnsafeBufferPointer { try importer.read($0, number: index + 1) }
    }
    return try importer.finish()
  }
}
