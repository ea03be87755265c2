import Foundation
import Multicloud
import Scenario
import SimulationKernel
import Testing

/// Markets of a scenario.
@Suite struct MarketTests {
  private static func text(_ market: String, common: String = "{}") -> String {
    SmallScenario.text + "common-spells: \(common)\nmarkets:\n  m: \(market)\n"
  }

  private static func market(_ body: String, common: String = "{}") throws -> Market {
    let world = try SmallScenario.load(text("{ region: azure/eastus2, \(body) }", common: common))
      .world
    return try #require(world.markets.first)
  }

  private static func problems(_ body: String, common: String = "{}") -> [String] {
    do {
      _ = try SmallScenario.load(text("{ region: azure/eastus2, \(body) }", common: common))
      return []
    } catch let error as ScenarioError {
      return error.diagnostics.map(\.message)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `without the keys there are none, and nothing is written out of them`() throws {
    #expect(try SmallScenario.load().world.markets == [])
    #expect(try !SmallScenario.document().effectiveYAML.contains("markets"))
  }

  @Test func `a stock on demand`() throws {
    let market = try Self.market("accelerator: H100, available: 512, quota: 64")
    #expect(market.name == "m" && market.region == 0 && market.kind == .onDemand)
    #expect(market.supply == .constant(512) && market.quota == 64)
    #expect(market.accelerator == "h100-sxm" && market.priceMillionths == 1_000_000)
    #expect(market.notice == .zero && market.interruption == nil && market.priceProcess == nil)
  }

  @Test func `a spot zone with spells, shared shortages and a price that moves`() throws {
    let market = try Self.market(
      """
      kind: spot, price: 40%, limit: 90%, notice: 45s,
      price-process: { deviation: 30%, reversion: 2d, floor: 20% },
      available: { spells: { level: 8, low: 1, up: 45m, down: { mean: 2h, cv: 1.5 }, common: east,
      exposure: 64% } }
      """, common: "{ west: { up: 1d, down: 1h }, east: { up: 18h, down: { mean: 6h, cv: 0 } } }")
    let common = CommonSpells(
      spells: SpellPair(up: .exponential(mean: 64_800), down: .constant(21_600)), key: 1,
      exposure: 0.64)
    let own = SpellPair(
      up: .exponential(mean: 2700), down: .lognormal(mean: 7200, coefficientOfVariation: 1.5))
    #expect(market.supply == .spells(SpellModel(level: 8, low: 1, own: own, common: common)))
    #expect(market.kind == .spot && market.notice == .seconds(45))
    #expect(market.priceMillionths == 400_000 && market.interruption == nil)
    #expect(
      market.priceProcess
        == SpotPriceModel(
          median: 0.4, deviation: 0.3, reversion: .seconds(172_800), floor: 0.2,
          step: .seconds(3600), limitMillionths: 900_000))
  }

  @Test func `spot prices, interruptions and notice default to the catalog's`() throws {
    let text = SmallScenario.text
      .replacing("      azure:", with: "      aws:")
      .replacing("  azure:\n", with: "  aws:\n").replacing("eastus2", with: "us-east-1")
    let loaded = try SmallScenario.load(
      text + """
        markets:
          known: { region: aws/us-east-1, accelerator: h100-sxm, kind: spot, available: 64 }
          spells:
            region: aws/us-east-1
            accelerator: h100-sxm
            kind: spot
            available: { spells: { level: 64, up: 3h, down: 1h } }
          given: { region: aws/us-east-1, kind: spot, available: 64, interruptions: 5%, price: 30% }
          unknown: { region: aws/us-east-1, kind: spot, available: 64 }

        """)
    let markets = loaded.world.markets
    #expect(markets.map(\.priceMillionths) == [480_000, 480_000, 300_000, 1_000_000])
    #expect(markets.allSatisfy { $0.notice == .seconds(120) })
    let month = Duration.seconds(2_629_800)
    let hazard = SpotInterruption(probability: 0.3, within: month).ratePerSecond
    #expect(abs(try #require(markets[0].interruption).ratePerSecond / hazard - 1) < 1e-9)
    // Spells hold the interruptions already.
    #expect(markets[1].interruption == nil && markets[3].interruption == nil)
    #expect(markets[2].interruption == SpotInterruption(probability: 0.05, within: month))
    #expect(loaded.notes.contains { $0.hasPrefix("market unknown: the catalog has no spot price") })
    #expect(!loaded.notes.contains { $0.contains("market known") })
  }

  @Test func `planned levels`() throws {
    let market = try Self.market(
      "available: { recorded: { steps: [{ at: 0s, level: 8 }, { at: 2h, level: 0 }], length: 3h } }"
    )
    #expect(
      market.supply
        == .recorded(
          RecordedAvailability(
            starts: [.zero, .seconds(7200)], levels: [8, 0], length: .seconds(10_800))))
  }

  @Test func `a recording beside the scenario, or in the data folder`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("markets-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(
      """
      zone,instance,t_s,duration_s,available_nodes
      a,v100_1,0,60,1
      a,v100_1,60,30.5,0
      b,v100_1,0,90,2

      """.utf8
    ).write(to: folder.appendingPathComponent("spot.csv"))
    func load(_ keys: String, path: String, data: String?) throws -> LoadedScenario {
      try SmallScenario.load(
        Self.text(
          "{ region: azure/eastus2, available: { recorded: { file: spot.csv, \(keys) } } }"),
        path: path, dataDirectory: data)
    }
    let beside = folder.appendingPathComponent("s.yaml").path
    let loaded = try load("zone: a, accelerators: 8", path: beside, data: nil)
    let expected = RecordedAvailability(
      starts: [.zero, .seconds(60)], levels: [8, 0], length: Duration(nanoseconds: 90_500_000_000))
    #expect(loaded.world.markets[0].supply == .recorded(expected))
    #expect(loaded.inputs.contains { $0.name == "spot.csv" })
    let inData = try load("zone: a, accelerators: 8", path: "s.yaml", data: folder.path)
    #expect(inData.world.markets == loaded.world.markets)
    #expect {
      try load("instance: v100_1", path: beside, data: nil)
    } throws: {
      "\($0)".contains(
        "market 'm': 2 recordings of that zone, instance and start; there are a v100_1 , b v100_1")
    }
    #expect {
      try load("zone: a", path: "s.yaml", data: nil)
    } throws: {
      "\($0)".contains("no file 'spot.csv' beside the scenario or in the data folder")
    }
  }

  @Test(arguments: [
    ("available: { always: 3, spells: { level: 1, up: 1h, down: 1h } }", "available: give one of"),
    ("available: {}", "available: give one of"),
    ("available: 8, accelerator: H10", "unknown accelerator 'H10'"),
    ("available: 8, notice: 2m", "market 'm' is on demand, and notice is for spot"),
    ("available: 8, price: 0%", "a price of 0% is free"),
    ("available: 8, kind: spot, limit: 50%", "limit: a price that stays has no use for one"),
    ("available: 8, kind: spot, interruptions: 100%", "interruptions: give a share below 100%"),
    (
      "available: 8, kind: spot, price: 10%, price-process: { deviation: 1, reversion: 1d, floor: 20% }",
      "price-process.floor: expected above 0% and at most the price of the market"
    ),
    (
      "available: { spells: { level: 2, low: 2, up: 1h, down: 1h } }",
      "spells: low 2 is not below level 2"
    ),
    (
      "available: { spells: { level: 2, up: 1h, down: 1h, common: eat } }",
      "unknown common spells 'eat' (did you mean 'east'?)"
    ),
    ("available: { recorded: {} }", "recorded: give either file or steps"),
    (
      "available: { recorded: { steps: [{ at: 1s, level: 1 }] } }",
      "steps: give levels from 0s on, in order of time, all before length"
    ),
    ("available: { recorded: { file: nowhere.csv } }", "no file 'nowhere.csv'"),
  ])
  func `what is wrong is said`(body: String, problem: String) {
    let problems = Self.problems(body, common: "{ east: { up: 1h, down: 1h } }")
    #expect(problems.count == 1 && problems[0].hasPrefix(problem), "\(problems)")
  }
}
