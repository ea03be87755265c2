import Catalog
import Scenario

/// A scenario of one pool and one workload, and what is said of it when it is changed.
enum SmallScenario {
  static let text = """
    plimsoll: 1
    horizon: 30m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              chat: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 40/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 60%, eu-central: 40% }

    """

  static let chat = "clouds.azure.regions.eastus2.pools.chat"

  /// Read once: reading its tables takes longer than reading a scenario.
  private static let catalog = Result { try Catalog.bundled() }

  static func document(
    _ text: String = text, _ overrides: [String] = [], path: String = "s.yaml"
  ) throws(ScenarioError) -> ScenarioDocument {
    try ScenarioDocument(text: text, path: path, overrides: overrides)
  }

  static func load(
    _ text: String = text, _ overrides: [String] = [], path: String = "s.yaml",
    dataDirectory: String? = nil
  ) throws -> LoadedScenario {
    try document(text, overrides, path: path).world(
      catalog: catalog.get(), dataDirectory: dataDirectory)
  }

  /// The first lines of what is wrong, without the source lines under them; empty where nothing is.
  static func problems(_ text: String = text, _ overrides: [String] = []) -> [String] {
    do {
      _ = try load(text, overrides)
      return []
    } catch let error as ScenarioError {
      return error.diagnostics.map { diagnostic in
        diagnostic.mark.line == 0
          ? diagnostic.message
          : "\(diagnostic.mark.line):\(diagnostic.mark.column) \(diagnostic.message)"
      }
    } catch {
      return ["\(error)"]
    }
  }
}
