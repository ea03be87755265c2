import Dispatch
import Foundation
import FuzzTargets
import Glibc
import Synchronization

/// The processes that try mutants, and what becomes of each.
struct MutationRun: Sendable {
  private let targets: [FuzzTarget]
  private let settings: Settings

  /// What of the command line concerns a worker.
  private struct Settings: Sendable {
    var seed: UInt64
    var inputs: Int
    var limit: Int
    var memory: Int
    var jobs: Int
    var findings: String
    var corpus: String
  }

  /// A part of a target's inputs.
  private struct Part: Sendable {
    var target: Int
    var numbers: Range<Int>
  }

  /// Findings of one target after which its other inputs are not tried: all would say the same.
  private static let mostFindings = 20
  /// Fewest inputs that are worth a process of their own.
  private static let partSize = 4000

  init(_ command: MutateCommand, _ targets: [FuzzTarget]) {
    self.targets = targets
    settings = Settings(
      seed: command.seed, inputs: command.inputs, limit: command.limit, memory: command.memory,
      jobs: command.jobs, findings: command.findings, corpus: command.corpus.corpus)
  }

  /// Tries all of them.
  ///
  /// - Throws: Where a process cannot be started.
  func play() throws -> [TargetCount] {
    let shares = FuzzTargets.shares(of: settings.inputs, among: targets)
    var parts: [Part] = []
    for (target, share) in shares.enumerated() {
      for start in stride(from: 0, to: share, by: Self.partSize) {
        parts.append(Part(target: target, numbers: start..<min(share, start + Self.partSize)))
      }
    }
    // What takes long begins first.
    parts.sort { targets[$0.target].weight < targets[$1.target].weight }
    let queue = parts
    let next = Atomic(0)
    let counts = Mutex(targets.map { TargetCount(name: $0.name) })
    let failure = Mutex<String?>(nil)
    DispatchQueue.concurrentPerform(iterations: settings.jobs) { _ in
      while failure.withLock({ $0 == nil }) {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < queue.count else { return }
        do {
          try play(queue[place], counts)
        } catch {
          failure.withLock { $0 = "\(error)" }
        }
      }
    }
    if let problem = failure.withLock({ $0 }) { throw InputSlot.Problem(description: problem) }
    return counts.withLock { $0 }
  }

  private func play(_ part: Part, _ counts: borrowing Mutex<[TargetCount]>) throws {
    let target = targets[part.target]
    let scratch = ScratchFolder.shared.path
    let slot = try InputSlot(path: "\(scratch)/slot-\(target.name)-\(part.numbers.lowerBound)")
    defer { slot.remove() }
    var from = part.numbers.lowerBound
    while from < part.numbers.upperBound {
      if counts.withLock({ $0[part.target].violations >= Self.mostFindings }) { return }
      slot.clear()
      let begin = ContinuousClock.now
      let end = try worker(target, from..<part.numbers.upperBound, slot)
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      let isFinding = end != nil
      counts.withLock { counts in
        counts[part.target].accepted += slot.accepted
        counts[part.target].refused += slot.refused
        counts[part.target].tried += slot.accepted + slot.refused + (isFinding ? 1 : 0)
        counts[part.target].violations += isFinding ? 1 : 0
        counts[part.target].seconds += seconds
      }
      guard let end else { return }
      try keep(target, slot, end)
      from = slot.number + 1
    }
  }

  /// Runs a worker. Returns why it ended early, `nil` where it did not.
  private func worker(_ target: FuzzTarget, _ numbers: Range<Int>, _ slot: InputSlot) throws
    -> String?
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "worker", "--target", target.name, "--seed", "\(settings.seed)", "--from",
      "\(numbers.lowerBound)", "--until", "\(numbers.upperBound)", "--slot", slot.path, "--limit",
      "\(settings.limit)", "--memory", "\(settings.memory)", "--corpus", settings.corpus,
    ]
    var environment = ProcessInfo.processInfo.environment
    // A trace of a trap would take longer than ten thousand inputs; replay prints one.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment["OPENBLAS_NUM_THREADS"] = "1"
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    let errors = slot.path + ".errors"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    defer { unlink(errors) }
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    ScratchFolder(process: process.processIdentifier).remove()
    if process.terminationReason == .exit, process.terminationStatus == 0 { return nil }
    if slot.state == .violation { return slot.reason }
    let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    guard slot.state == .running else {
      throw InputSlot.Problem(
        description: "a process of \(target.name) ended between inputs, with "
          + "\(process.terminationStatus): \(said.suffix(1000))")
    }
    let last =
      said.split(separator: "\n").first { $0.contains("rror") }.map { ": \($0.prefix(400))" } ?? ""
    switch process.terminationStatus {
    case SIGPROF: return "hangs: more than \(settings.limit) s of processor time"
    case SIGALRM: return "hangs: it waits for what does not come"
    default:
      return
        "ended by signal \(process.terminationStatus), a trap or more than \(settings.memory) MiB\(last)"
    }
  }

  /// Keeps an input as a file and says how to play it again.
  private func keep(_ target: FuzzTarget, _ slot: InputSlot, _ reason: String) throws {
    try FileManager.default.createDirectory(
      atPath: settings.findings, withIntermediateDirectories: true)
    let file = "\(settings.findings)/\(target.name)-\(settings.seed)-\(slot.number)"
    try Data(slot.input).write(to: URL(fileURLWithPath: file))
    print(
      "finding: \(target.name) input \(slot.number): \(reason)\n  plimsoll-fuzz replay \(target.name) \(file)"
    )
  }
}
