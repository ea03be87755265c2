import Dispatch
import Foundation
import Glibc
import Synchronization
import Trust

/// The processes that try worlds, and what becomes of each world.
struct WorldSearch: Sendable {
  /// Seeds of the worlds.
  var seeds: Range<UInt64>
  /// Processes at a time.
  var processes: Int
  /// Processor time of one world, seconds.
  var limit: Int
  /// Options that every process gets.
  var options: [String]
  /// Where journals are kept meanwhile.
  var folder: String

  /// Most worlds of one process: few, so that none has much left to do when the others are done.
  private static let mostOfOne: UInt64 = 25

  /// Tries all of them; a report for each, by seed.
  ///
  /// - Throws: Where a process cannot be started, or ends without a world to blame.
  func play() throws -> [WorldReport] {
    let each = min(
      Self.mostOfOne, max(1, UInt64(seeds.count) / UInt64(max(1, processes * 4))))
    let parts = Swift.stride(from: seeds.lowerBound, to: seeds.upperBound, by: Int(each)).map {
      $0..<min(seeds.upperBound, $0 + each)
    }
    let next = Atomic(0)
    let reports = Mutex<[WorldReport]>([])
    let problem = Mutex<String?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(processes, parts.count)) { _ in
      while problem.withLock({ $0 == nil }) {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < parts.count else { return }
        do {
          let done = try play(parts[place])
          reports.withLock { $0 += done }
        } catch {
          problem.withLock { $0 = "\(error)" }
        }
      }
    }
    if let text = problem.withLock({ $0 }) { throw Journal.Problem(description: text) }
    let all = reports.withLock { $0 }.sorted { $0.seed < $1.seed }
    guard all.map(\.seed) == Array(seeds) else {
      throw Journal.Problem(
        description: "\(seeds.count) worlds were to be tried, and \(all.count) are told of")
    }
    return all
  }

  /// Tries a part; where a world ends its process, another goes on behind it.
  private func play(_ part: Range<UInt64>) throws -> [WorldReport] {
    let journal = "\(folder)/journal-\(getpid())-\(part.lowerBound)"
    defer { unlink(journal) }
    var reports: [WorldReport] = []
    var from = part.lowerBound
    while from < part.upperBound {
      try Data().write(to: URL(fileURLWithPath: journal))
      let arguments = [
        "worker", "--from", "\(from)", "--until", "\(part.upperBound)", "--journal", journal,
        "--limit", "\(limit)",
      ]
      let end = try ChildProcess.run(arguments + options, scratch: journal)
      let (done, open) = try Journal.read(journal)
      reports += done
      if end.signal == nil, end.status == 0 { break }
      guard let open else {
        throw Journal.Problem(
          description: "a process ended between worlds, with \(end.signal ?? end.status): "
            + end.complaint)
      }
      let cause =
        end.signal.map { TimeLimit.words(signal: $0, limit: limit) }
        ?? "ended with exit code \(end.status)"
      let said = end.complaint.isEmpty ? "" : ": \(end.complaint)"
      reports.append(WorldReport(seed: open, kind: .crashed, detail: cause + said))
      from = open + 1
    }
    return reports
  }
}
