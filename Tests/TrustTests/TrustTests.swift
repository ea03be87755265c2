import Catalog
import Multicloud
import Testing

@testable import Trust

/// The search for broken laws, held against planted faults: it must see them, and make them small.
@Suite struct TrustTests {
  private static let catalog = Result { try Catalog.bundled() }

  private static func trial(fault: @escaping @Sendable (inout Observation) -> Void = { _ in })
    throws -> Trial
  {
    var player = Player(catalog: try catalog.get())
    player.fault = fault
    return Trial(player: player)
  }

  @Test("random worlds are scenarios, and hold") func worlds() throws {
    let trial = try Self.trial()
    var refused = 0
    for seed in 1...UInt64(12) {
      switch trial.outcome(of: WorldDice.draft(seed: seed)) {
      case .held: break
      case .refused: refused += 1
      case .failed(let failure): Issue.record("world \(seed): \(failure)")
      }
    }
    #expect(refused <= 2)
  }

  @Test("the same seed is the same world, another seed another") func seeds() {
    #expect(WorldDice.draft(seed: 5) == WorldDice.draft(seed: 5))
    #expect(Set((1...50).map { WorldDice.draft(seed: $0).yaml }).count == 50)
  }

  @Test("a draft survives its text") func text() throws {
    for seed in 1...UInt64(40) {
      let draft = WorldDice.draft(seed: seed)
      #expect(try Draft(yaml: draft.yaml) == draft, "seed \(seed)")
    }
  }

  @Test("a lost row is seen, and the world made small") func lostRow() throws {
    let trial = try Self.trial { seen in
      if let key = seen.requests.keys.min() { seen.requests[key] = nil }
    }
    var seed: UInt64 = 1
    while trial.failure(of: WorldDice.draft(seed: seed)) == nil { seed += 1 }
    let draft = WorldDice.draft(seed: seed)
    let failure = try #require(trial.failure(of: draft))
    #expect(failure.law == "rows-agree")
    let own = Trial(player: trial.player, laws: trial.laws.filter { $0.name == failure.law })
    var reduction = Reduction(limit: 300) { own.failure(of: $0)?.law == failure.law }
    let smallest = reduction.smallest(draft)
    #expect(own.failure(of: smallest) != nil)
    #expect(smallest.size * 2 < draft.size, "\(draft.size) to \(smallest.size)\n\(smallest.yaml)")
  }

  @Test("what depends on the order of runs is seen") func changingRuns() throws {
    let counter = Counter()
    let trial = try Self.trial { seen in
      let number = counter.next()
      for key in seen.requests.keys { seen.requests[key]?.times[4] += number }
    }
    var seed: UInt64 = 1
    while case .refused = trial.outcome(of: WorldDice.draft(seed: seed)) { seed += 1 }
    #expect(trial.failure(of: WorldDice.draft(seed: seed))?.law == "same-again")
  }

  @Test("every law sees a lie", arguments: Lie.all) func lies(lie: Lie) throws {
    let law = try #require(Laws.all.first { $0.name == lie.law })
    for seed in 1...UInt64(200) {
      let (fault, struck) = lie.fault()
      var player = Player(catalog: try Self.catalog.get())
      player.fault = fault
      let failure = Trial(player: player, laws: [law]).failure(of: WorldDice.draft(seed: seed))
      // Most worlds have something to lie about.
      guard struck() else { continue }
      #expect(failure?.law == lie.law, "world \(seed)")
      return
    }
    Issue.record("no world to lie about")
  }

  @Test("there are lies for every law") func lawsLiedTo() {
    #expect(Set(Lie.all.map(\.law)) == Set(Laws.all.map(\.name)))
  }

  @Test("every law has a name of its own") func names() {
    #expect(Set(Laws.all.map(\.name)).count == Laws.all.count)
  }
}

/// Counts, from any thread.
private final class Counter: @unchecked Sendable {
  // Only one test uses it, from one thread.
  private var count: Int64 = 0

  func next() -> Int64 {
    count += 1
    return count
  }
}
