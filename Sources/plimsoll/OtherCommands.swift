import ArgumentParser
import Catalog
import Multicloud
import Scenario
import Tables

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check scenarios without running them.",
    discussion: """
      Every problem of a file is reported at once, with its line and column.

      Examples:
        plimsoll validate scenarios/*.yaml
        plimsoll validate my.yaml --set clouds.azure.regions.eastus2.pools.chat.replicas=24
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @OptionGroup var options: ScenarioOptions

  @Flag(help: "Print the scenario with every default filled in.")
  var printEffective = false

  func run() throws {
    var failures: [String] = []
    for path in scenarios {
      do {
        let (scenario, _) = try options.load(path)
        if printEffective {
          standardOutput(try options.document(path).document.effectiveYAML)
        } else {
          let world = scenario.world
          standardOutput(
            "\(path): ok: \(world.pools.count) pools, \(world.endpoints.count) endpoints, "
              + "\(world.workloads.filter { !$0.isCalled }.count) workloads")
        }
      } catch let failure as Failure where failure.code == 2 {
        failures.append(failure.message)
      }
    }
    if !failures.isEmpty { throw Failure.input(failures.joined(separator: "\n")) }
  }
}

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files, for editors, or pages for people.",
    discussion: """
      json is the JSON Schema of scenario files; scenario describes every key of them, and tables \
      every column of every table a run leaves, as Markdown.

      Examples:
        plimsoll schema > plimsoll.schema.json
        plimsoll schema tables > tables.md
      and in the first line of a scenario, for editors with a YAML language server:
        # yaml-language-server: $schema=plimsoll.schema.json
      """)

  /// What can be printed.
  enum Page: String, CaseIterable, ExpressibleByArgument { case json, scenario, tables }

  @Argument(help: "json, scenario or tables.")
  var page = Page.json

  func run() throws {
    // The pages end with a line feed, and what is printed gets one.
    switch page {
    case .json: standardOutput(ScenarioSchema.jsonSchema)
    case .scenario: standardOutput(String(ScenarioSchema.reference.dropLast()))
    case .tables: standardOutput(String(TableReference.markdown.dropLast()))
    }
  }
}

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Print a commented scenario to start from.",
    discussion: """
      Example:
        plimsoll init > my.yaml && plimsoll run my.yaml
      """)

  func run() throws { standardOutput(StarterScenario.text) }
}
