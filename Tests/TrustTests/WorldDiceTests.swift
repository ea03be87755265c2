import Catalog
import Testing

@testable import Trust

/// What the dice draw: nearly always scenarios, and every feature often enough.
@Suite struct WorldDiceTests {
  @Test("fewer than one world in a hundred is refused") func refusals() throws {
    let player = Player(catalog: try Catalog.bundled())
    var refused: [UInt64] = []
    for seed in 1...UInt64(300) {
      do { _ = try player.world(WorldDice.draft(seed: seed).yaml) } catch { refused.append(seed) }
    }
    #expect(refused.count < 3, "\(refused)")
  }

  @Test(
    "every feature is drawn in at least 1 % of worlds",
    arguments: [
      "units:", "autoscale:", "training:", "spot:", "price-process:", "speculation:", "adapters:",
      "prefix-cache:", "sessions:", "disaggregated:", "chain:", "savings-plans:", "commitments:",
    ]) func features(key: String)
  {
    let worlds = (1...UInt64(600)).count { seed in
      WorldDice.draft(seed: seed).yaml.contains(" \(key)")
        || WorldDice.draft(seed: seed).yaml.contains("\n\(key)")
    }
    #expect(worlds >= 6, "\(worlds)")
  }

  @Test("worlds with a contract are billed, and what is signed is used") func bills() throws {
    let player = Player(catalog: try Catalog.bundled())
    var billed = 0
    var kinds: Set<String> = []
    for seed in 1...UInt64(30) {
      let seen = try player.play(WorldDice.draft(seed: seed))
      guard let bill = seen.bill else { continue }
      billed += 1
      kinds.formUnion(bill.kinds.keys)
      #expect(!bill.invoices.isEmpty)
    }
    #expect(billed >= 8)
    // What is used, what is bought ahead, and what rounding makes of it.
    #expect(kinds.contains("usage tokens") && kinds.contains("usage gpu"), "\(kinds)")
    #expect(kinds.contains { $0.hasPrefix("purchase") }, "\(kinds)")
    #expect(kinds.contains { $0.hasPrefix("rounding") }, "\(kinds)")
  }
}
