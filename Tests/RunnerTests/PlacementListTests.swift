import Catalog
import Estimate
import Multicloud
import Runner
import Scenario
import Testing

/// Placements that a user gives, as a table or as ranges.
@Suite struct PlacementListTests {
  private static let world = Result {
    try ScenarioDocument(
      text: """
        plimsoll: 1
        horizon: 1m
        clouds:
          azure:
            regions:
              eastus2:
                pools:
                  a: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }
                  b: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 3 }
        workloads:
          chat:
            model: llama-3.1-8b
            arrivals: { poisson: 1/s }
            shape: { fixed: { prompt: 512, output: 128 } }
            origins: { us-east: 100% }

        """, path: "s.yaml"
    ).world(catalog: Catalog.bundled(), dataDirectory: nil).world
  }

  private func table(_ text: String) throws -> PlacementList {
    try PlacementList(table: Array(text.utf8), path: "p.csv", world: Self.world.get())
  }

  @Test func tables() throws {
    let list = try table("azure/eastus2/b\r\n\r\n 4 \r\n0\r\n")
    #expect(list.varied == [1])
    #expect(list.placements.map(\.replicas) == [[2, 4], [2, 0]])
  }

  @Test(arguments: [
    ("", "p.csv: error: the file is empty"),
    ("azure/eastus2/b\n", "no placements below the header"),
    ("x\n1\n", "p.csv:1: error: no deployment 'x'"),
    ("azure/eastus2/b\n\n\n1,2\n", "p.csv:4: error: 2 fields"),
    ("azure/eastus2/b\n\nmany\n", "p.csv:3: error: 'many' for azure/eastus2/b"),
    ("azure/eastus2/b\n-1\n", "expected a count from 0"),
    ("azure/eastus2/b\n1000001\n", "expected a count"),
    ("azure/eastus2/b,azure/eastus2/b\n1,1\n", "is given twice"),
  ])
  func tablesThatAreNone(_ text: String, _ problem: String) {
    #expect { try table(text) } throws: { "\($0)".contains(problem) }
  }

  @Test func ranges() throws {
    let list = try PlacementList(
      ranges: ["azure/eastus2/a=1..2", "azure/eastus2/b=0..1"], world: Self.world.get())
    #expect(list.placements.map(\.replicas) == [[1, 0], [1, 1], [2, 0], [2, 1]])
  }

  @Test(arguments: [
    "azure/eastus2/a", "azure/eastus2/a=1", "azure/eastus2/a=1...3", "azure/eastus2/a=2..1",
    "azure/eastus2/a=-1..3", "azure/eastus2/a=1..9223372036854775808", "azure/eastus2/a=0..1000001",
    "=1..2",
    "azure/eastus2/a=0.5..2",
  ])
  func rangesThatAreNone(_ range: String) {
    #expect(throws: PlacementList.Problem.self) {
      try PlacementList(ranges: [range], world: Self.world.get())
    }
  }
}
