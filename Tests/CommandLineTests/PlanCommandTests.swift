import Foundation
import Testing

/// Plans through the real binary, on real files.
@Suite("Plan command")
struct PlanCommandTests {
  @Test("a plan is a scenario that runs, the same on every run")
  func plan() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(EstimateCommandTests.scenario, to: "s.yaml")
    let result = try Program.run("plan", "s.yaml", "--seeds", "2", "--out", "p.yaml", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    for text in ["the plan saves", "present", "within SLO", "every search is proven"] {
      #expect(result.output.contains(text), "\(text) in \(result.output)")
    }
    let again = try Program.run("plan", "s.yaml", "--seeds", "2", "--out", "q.yaml", in: folder)
    #expect(again.code == 0)
    #expect(try folder.bytes("p.yaml") == folder.bytes("q.yaml"))
    let run = try Program.run("run", "p.yaml", "--quiet", in: folder)
    #expect(run.code == 0 && run.output.contains("holds"), "\(run.errors)\(run.output)")
  }

  @Test("one workload alone: how many of each kind, and how far off the formula is")
  func size() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(EstimateCommandTests.scenario, to: "s.yaml")
    let result = try Program.run("plan", "s.yaml", "--size", "chat", "--seeds", "1", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    for text in ["chat alone", "azure/eastus2/h", "needed", "est.", "sim."] {
      #expect(result.output.contains(text), "\(text) in \(result.output)")
    }
  }

  @Test("what cannot be planned: exit 2, which constraint and by how much, and no file")
  func badInput() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(EstimateCommandTests.scenario, to: "s.yaml")
    let cases: [(arguments: [String], message: String)] = [
      (
        ["--stock", "azure/eastus2/h=0", "--stock", "azure/swedencentral/s=0"],
        "demand of chat from us-east at peak: 12 requests/s"
      ),
      (["--stock", "azure/eastus2/x=3"], "no deployment 'azure/eastus2/x'"),
      (["--stock", "azure/eastus2/h=many"], "--stock"),
      (["--load", "0"], "--load"),
      (["--gap=-1"], "--gap"),
      (["--seeds", "0"], "--seeds"),
      (["--size", "chut"], "'chut'"),
      (["--purchase", "stolen"], "stolen"),
      (
        ["--set", "workloads.chat.arrivals.poisson=900000/s"],
        "stock of instances: "
      ),
    ]
    for (arguments, message) in cases {
      let result = try Program.run(
        ["plan", "s.yaml", "--out", "p.yaml", "--quiet"] + arguments, in: folder)
      #expect(result.code == 2 && result.errors.contains(message), "\(arguments) \(result.errors)")
      #expect(!folder.exists("p.yaml"), "\(arguments)")
    }
  }

  @Test("demand that no deployment may serve is named with its origin")
  func unservable() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(EstimateCommandTests.scenario, to: "s.yaml")
    let result = try Program.run(
      "plan", "s.yaml", "--set", "workloads.chat.shape.fixed.prompt=900k", in: folder)
    #expect(result.errors.contains("no deployment may serve 'chat' from us-east"))
    #expect(result.code == 2, "\(result.errors)")
  }
}
