import SimulationKernel

/// Whose text each request's prompt is: what a cache of prefixes goes by.
///
/// Everything is a function of the seed, the workload and the request's number; nothing is kept of a
/// request.
public struct WorkloadTexts: Sendable {
  private enum Source: Sendable {
    /// Every prompt is like no other.
    case none
    case groups(PrefixLaw, draws: KeyedStream, firstNode: Int)
    case rows([Int32], firstNode: Int)
  }

  /// All shared texts.
  public private(set) var tree = PrefixTree()
  private var sources: [Source] = []
  private var hasSessions: [Bool] = []

  /// Collects the texts of workloads, by id.
  ///
  /// - Complexity: O(texts), O(rows) for a recording that names its texts.
  public init(_ workloads: [WorkloadSpec], seed: UInt64) {
    for workload in workloads {
      hasSessions.append(workload.sessions != nil)
      if let prefix = workload.prefix {
        let first = tree.nodes.count
        for group in prefix.groups {
          for _ in 0..<group.count { _ = tree.add(tokens: group.tokens) }
        }
        let seed = streamSeed(seed, workload: workload.name)
        sources.append(
          .groups(
            PrefixLaw(prefix), draws: KeyedStream(seed: seed, entity: 0, purpose: .prefixes),
            firstNode: first))
      } else if let texts = workload.recordedTexts {
        sources.append(.rows(texts.leaves, firstNode: tree.add(texts.tree)))
      } else {
        sources.append(.none)
      }
    }
  }

  /// The node of ``tree`` that a request's prompt begins with; -1 for none.
  public func prefix(workload: Int, index: UInt64) -> Int32 {
    switch sources[workload] {
    case .none: return -1
    case .groups(let law, let draws, let first):
      let text = law.text(draws.block(textKey(workload, index))).number
      return Int32(truncatingIfNeeded: first + text)
    case .rows(let leaves, let first):
      let leaf = leaves[Int(index & (1 << 40 - 1)) % leaves.count]
      return leaf < 0 ? -1 : leaf + Int32(truncatingIfNeeded: first)
    }
  }

  /// The conversation a request belongs to, unlike any other's in the world; 0 for none.
  public func session(workload: Int, index: UInt64) -> UInt64 {
    hasSessions[workload]
      ? UInt64(workload) << 48 | (SessionBook.session(of: index) + 1) & (1 << 48 - 1) : 0
  }

  private func textKey(_ workload: Int, _ index: UInt64) -> UInt64 {
    hasSessions[workload] ? SessionBook.session(of: index) : index
  }
}

extension WorkloadSpec {
  /// The texts that its recording names; `nil` where it has none.
  var recordedTexts: TraceTexts? {
    guard case .trace(let replay) = arrivals, case .rows(let rows) = replay.source else {
      return nil
    }
    return rows.texts
  }

  /// Whether any two of its prompts begin alike.
  public var sharesTexts: Bool { prefix != nil || sessions != nil || recordedTexts != nil }
}
