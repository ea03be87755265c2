import ArgumentParser
import Estimate
import Money
import Multicloud
import Plan
import Report
import Runner
import Scenario
import SimulationKernel
import Tables
import Workload

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Find the cheapest placement, and verify it by simulation.",
    discussion: """
      A mixed-integer program chooses machines, how they are bought, and provisioned units, within latency \
      targets, quotas, stock, residency and commitments. What it finds is simulated, also at 1.5 times the \
      demand and without the worst region. The best is written as a scenario that 'plimsoll run' takes.

      Examples:
        plimsoll plan scenarios/flagship.yaml --out plan.yaml
        plimsoll plan my.yaml --stock azure/eastus2/h100-chat=24 --survive region
        plimsoll plan my.yaml --purchase on-demand --purchase reserved-1y --seeds 10
        plimsoll plan my.yaml --size chat          replicas and units for one workload alone
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @OptionGroup var options: ScenarioOptions

  @Option(help: ArgumentHelp("Where to write the best placement.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Most replicas of a pool, or units of an endpoint, that can be had; default four times the scenario's.",
      valueName: "deployment=count"))
  var stock: [String] = []

  @Option(help: "What the fleet must survive: nothing or region.")
  var survive: PlanSettings.Loss = .nothing

  @Option(
    help: ArgumentHelp(
      "Ways of buying machines to choose from, besides the scenario's: on-demand, reserved-1y, reserved-3y.",
      valueName: "option"))
  var purchase: [PurchaseChoice] = []

  @Option(help: "Highest load to plan for, percent, where the targets allow it.")
  var load: Int = 85

  @Option(help: "Relative gap at which a search ends.")
  var gap: Double = 1e-4

  @Option(help: "Most nodes of a search.")
  var nodes: Int = 20_000

  @Option(help: "Seeds each candidate is simulated with.")
  var seeds: Int = 5

  @Option(help: ArgumentHelp("Size one workload alone instead of planning.", valueName: "workload"))
  var size: String?

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  func validate() throws {
    guard 10...99 ~= load else { throw ValidationError("--load is a percentage from 10 to 99") }
    guard 1...1000 ~= seeds else { throw ValidationError("--seeds is from 1 to 1000") }
    guard gap >= 0, gap < 1 else { throw ValidationError("--gap is 0 to 1") }
    guard nodes >= 1 else { throw ValidationError("--nodes is 1 or more") }
  }

  func run() throws {
    let (loaded, _) = try options.load(scenario)
    try loaded.world.requireWholePools(scenario, "plan")
    try OutputPlace.refuse([("--out", out)], over: options.inputPaths(loaded, of: scenario))
    if let size {
      try printSizes(loaded.world, workload: size)
      return
    }
    let settings = try settings(loaded.world)
    let outcome: PlanRun.Outcome
    do {
      outcome = try PlanRun(loaded.world, settings: settings, seeds: seeds).run { step in
        if !quiet { standardError("plimsoll: \(step)") }
      }
    } catch let problem as PlacementModel.Problem {
      throw Failure.input("\(scenario): error: \(problem)")
    } catch let problem as BranchAndCut.Problem {
      throw Failure.input("\(scenario): error: \(problem)")
    }
    let summary = PlanSummary(loaded.world, outcome, layout: Terminal.output)
    standardOutput(summary.lines.joined(separator: "\n"))
    guard let out else { return }
    let (document, _) = try options.document(
      scenario, extra: loaded.world.overrides(outcome.best.plan))
    do {
      try TextFile.write(document.effectiveYAML, to: out)
    } catch {
      throw Failure(error)
    }
    standardOutput("\n  scenario: \(out)")
  }

  private func printSizes(_ world: World, workload name: String) throws {
    guard let id = world.workloads.firstIndex(where: { $0.spec.name == name }) else {
      let known = world.workloads.map(\.spec.name).joined(separator: ", ")
      throw Failure.input("error: no workload '\(name)' in \(scenario); there are \(known)")
    }
    let answers = try WorkloadSizing(world, workload: id, ceiling: Double(load) / 100).answers()
    let summary = SizingSummary(world, workload: id, answers, layout: Terminal.output)
    standardOutput(summary.lines.joined(separator: "\n"))
  }

  private func settings(_ world: World) throws -> PlanSettings {
    var settings = PlanSettings(world)
    settings.ceiling = Double(load) / 100
    settings.survives = survive
    settings.search = BranchAndCut(gap: gap, nodes: nodes)
    for entry in stock { try read(entry, world, into: &settings) }
    for choice in purchase where world.billing != nil {
      for id in world.pools.indices where settings.prices[id][choice.option] == nil {
        let path = "\(world.scenarioPath(ofPool: id)).purchase=\(choice.option.name)"
        guard let (other, _) = try? options.load(scenario, extra: [path]),
          let price = other.world.billing?.machines[id]
        else { continue }
        settings.prices[id][choice.option] = price.hourly
      }
    }
    return settings
  }

  private func read(_ entry: String, _ world: World, into settings: inout PlanSettings) throws {
    let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[1]), count >= 0 else {
      throw Failure.input("error: --stock \(entry): expected deployment=count, such as a/b/c=12")
    }
    guard let d = world.deploymentNames.firstIndex(of: String(parts[0])) else {
      throw Failure.input(
        "error: --stock \(entry): no deployment '\(parts[0])'; there are "
          + world.deploymentNames.joined(separator: ", "))
    }
    if d < world.pools.count {
      settings.stock[d] = count
    } else {
      settings.unitStock[d - world.pools.count] = count
    }
  }
}

extension PlanSettings.Loss: ExpressibleByArgument {}

/// A way of buying machines on the command line.
struct PurchaseChoice: ExpressibleByArgument {
  var option: PurchaseOption

  init?(argument: String) {
    guard let option = PurchaseOption.allCases.first(where: { $0.name == argument }) else {
      return nil
    }
    self.option = option
  }
}

extension World {
  /// Place of a pool in its scenario.
  func scenarioPath(ofPool id: Int) -> String {
    let region = regions[pools[id].region]
    return "clouds.\(clouds[region.cloud].name).regions.\(region.name).pools.\(pools[id].name)"
  }

  /// The overrides that make a scenario's placement this one.
  func overrides(_ plan: PlannedPlacement) -> [String] {
    var overrides: [String] = []
    for id in pools.indices where plan.placement.replicas[id] != pools[id].replicas {
      overrides.append("\(scenarioPath(ofPool: id)).replicas=\(plan.placement.replicas[id])")
    }
    for id in pools.indices {
      guard let option = plan.purchases[id], option != billing?.machines[id]?.purchase else {
        continue
      }
      overrides.append("\(scenarioPath(ofPool: id)).purchase=\(option.name)")
    }
    for (id, endpoint) in endpoints.enumerated()
    where plan.placement.units[id] != endpoint.units {
      let region = regions[endpoint.region]
      overrides.append(
        "clouds.\(clouds[region.cloud].name).regions.\(region.name).endpoints.\(endpoint.name).units=\(plan.placement.units[id]) PTU"
      )
    }
    return overrides
  }
}
