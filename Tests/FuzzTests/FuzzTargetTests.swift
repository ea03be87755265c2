import Foundation
import Multicloud
import Runner
import SimulationKernel
import Testing

@testable import FuzzTargets

/// The corpus is replayed, mutants are the same everywhere, and targets find what is broken.
// One after the other: targets share the scratch folder of their process.
@Suite(.serialized) struct FuzzTargetTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("FuzzCorpus")

  private static func inputs(_ target: FuzzTarget) -> [(name: String, bytes: [UInt8])] {
    let folder = corpus.appendingPathComponent(target.name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, [UInt8]($0)) }
    }
  }

  /// Every finding of the past is here: none may come back.
  @Test(arguments: FuzzTargets.all.map(\.name))
  func nothingInTheCorpusBreaksAPromise(_ name: String) throws {
    let target = try #require(FuzzTargets.named(name))
    let inputs = Self.inputs(target)
    #expect(!inputs.isEmpty, "no inputs in Tests/FuzzCorpus/\(name)")
    var accepted = 0
    for input in inputs {
      switch target.run(input.bytes) {
      case .accepted: accepted += 1
      case .refused: break
      case .violation(let reason): Issue.record("\(name)/\(input.name): \(reason)")
      }
    }
    // A target whose corpus is refused altogether tries only how its input begins.
    #expect(accepted > 0, "nothing of Tests/FuzzCorpus/\(name) is accepted")
  }

  @Test func mutantsDependOnSeedTargetAndNumberAlone() throws {
    let target = try #require(FuzzTargets.named("quantity"))
    let other = try #require(FuzzTargets.named("argument"))
    let corpus = [Array("duration:12h".utf8), Array("rate:5/s".utf8)]
    let mutants = (0..<200).map { Mutator(target, corpus: corpus, seed: 1).mutant($0) }
    #expect(mutants == (0..<200).map { Mutator(target, corpus: corpus, seed: 1).mutant($0) })
    #expect(mutants != (0..<200).map { Mutator(target, corpus: corpus, seed: 2).mutant($0) })
    #expect(mutants != (0..<200).map { Mutator(other, corpus: corpus, seed: 1).mutant($0) })
    // Few are the same as another or as what they were made of.
    #expect(Set(mutants).count > 140)
    #expect(mutants.filter { corpus.contains($0) }.count < 20)
  }

  @Test func mutantsAreBounded() throws {
    let target = try #require(FuzzTargets.named("scenario"))
    let corpus = [[UInt8](repeating: 97, count: FuzzTarget.mostBytes)]
    let mutator = Mutator(target, corpus: corpus, seed: 3)
    #expect((0..<100).allSatisfy { mutator.mutant($0).count <= FuzzTarget.mostBytes })
  }

  @Test(arguments: [30, 100, 4711, 100_000, 1_000_000])
  func sharesAddUp(_ inputs: Int) {
    let shares = FuzzTargets.shares(of: inputs)
    #expect(shares.count == FuzzTargets.all.count)
    #expect(shares.allSatisfy { $0 >= 1 })
    #expect(shares.reduce(0, +) == max(inputs, FuzzTargets.all.count))
  }

  @Test func namesAreDistinct() {
    #expect(Set(FuzzTargets.all.map(\.name)).count == FuzzTargets.all.count)
  }

  /// What a run ends with is the scenario's fault only where its demand is.
  @Test func aBrokenLawIsNoRefusal() {
    let law = InvariantViolation(
      .requestsAreConserved, "1 of 2", event: 3, time: .zero, isExact: true)
    for error: any Error in [RunError.broken(law), law, RunError.memory("2 GB")] {
      #expect(ScenarioTargets.verdict(error) is FuzzViolation, "\(error)")
    }
    #expect(!(ScenarioTargets.verdict(RunError.demand("too much")) is FuzzViolation))
  }

  /// A process leaves nothing in memory that looks like a file.
  @Test func scratchFoldersGo() throws {
    let own = ScratchFolder.shared
    let other = ScratchFolder(process: 0)
    #expect(FileManager.default.fileExists(atPath: own.path))
    try FileManager.default.createDirectory(
      atPath: other.path, withIntermediateDirectories: true)
    other.remove()
    #expect(!FileManager.default.fileExists(atPath: other.path))
  }
}
