import Multicloud
import Scenario
import SimulationKernel
import Tables

/// Runs a scenario under several seeds for a check.
public struct CheckRun: Sendable {
  /// The scenario.
  public var scenario: LoadedScenario
  /// What of its text says what is simulated.
  public var simulatedText: String
  /// Seeds, from the world's on.
  public var replications: Int
  /// Threads at work; `nil` for one a core.
  public var threads: Int?
  /// Version of the program.
  public var program: String

  /// Creates a run.
  public init(
    _ scenario: LoadedScenario, simulatedText: String, replications: Int, threads: Int?,
    program: String
  ) {
    precondition(replications > 0)
    self.scenario = scenario
    self.simulatedText = simulatedText
    self.replications = replications
    self.threads = threads
    self.program = program
  }

  /// Simulates every seed, on all cores.
  ///
  /// - Returns: The runs; `nil` where `shouldContinue` said no before the last had ended.
  public func run(shouldContinue: @escaping @Sendable () -> Bool) throws -> Baseline? {
    let world = scenario.world
    let length = Baseline.checkpointLength(horizon: world.horizon)
    let results = try WorkPool(threads: threads).map(
      replications, shouldContinue: shouldContinue
    ) { index in
      // Seeds wrap around the end of the numbers, as any seed is as good as another.
      try RunFigures(
        world, seed: world.seed &+ UInt64(index), checkpointLength: length,
        shouldContinue: { _ in shouldContinue() })
    }
    let runs = results.compactMap { $0 }
    guard runs.count == replications, runs.allSatisfy(\.isComplete) else { return nil }
    return Baseline(
      world, runs: runs, scenario: SHA256.hexDigest(of: simulatedText.utf8),
      inputs: scenario.inputs.map { input in
        let name = input.name.split(separator: "/").last.map(String.init) ?? input.name
        return Baseline.Input(name: name, sha256: SHA256.hexDigest(of: input.contents))
      }, program: program)
  }
}
