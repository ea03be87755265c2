import Foundation
import Testing

/// Replications, batches, slices and comparisons through the real binary, on real files.
@Suite("Study commands")
struct StudyCommandTests {
  @Test("replications: every figure with its interval, the same bytes for one thread and three")
  func replications() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "1m"), to: "s.yaml")
    for threads in ["1", "3"] {
      let result = try Program.run(
        "run", "s.yaml", "--replications", "4", "--threads", threads, "--out", "r\(threads)",
        "--quiet",
        in: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("4 replications of 60 s, seeds 5 to 8"))
      #expect(result.output.contains("ttft_p95") && result.output.contains("± 95 %"))
    }
    for table in ["intervals.csv", "replications.csv", "schema.csv"] {
      #expect(try folder.bytes("r1/\(table)") == folder.bytes("r3/\(table)"), "\(table)")
    }
    #expect(folder.exists("r1/manifest.json"))
  }

  @Test(
    "a precision that is reached ends with 0, one that is not with 1 and how many it would take")
  func precision() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "1m"), to: "s.yaml")
    let met = try Program.run(
      "run", "s.yaml", "--precision", "chat tpot_mean: 5%", "--out", "a", "--quiet", in: folder)
    #expect(met.code == 0, "\(met.errors)")
    let missed = try Program.run(
      "run", "s.yaml", "--precision", "chat tpot_mean: 0.0001%", "--budget", "12", "--out", "b",
      in: folder)
    #expect(missed.code == 1 && missed.output.contains("NOT KNOWN WELL ENOUGH after 12"))
    #expect(missed.errors.contains("about 12 will do"))
  }

  @Test("slices beside the uncut run")
  func slices() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "4m"), to: "s.yaml")
    let result = try Program.run(
      "run", "s.yaml", "--slices", "4", "--overlap", "1m", "--uncut", "--out", "o", "--quiet",
      in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("counted twice less not at all at the edges: 0"))
    #expect(result.output.contains("largest stitching error"))
  }

  @Test("batches of one run, and a warm-up that MSER-5 finds")
  func batches() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "10m"), to: "s.yaml")
    let result = try Program.run(
      "run", "s.yaml", "--batches", "20", "--warmup-rule", "mser-5", "--out", "o", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("in 20 batches of") && result.errors.contains("MSER-5: "))
    #expect(folder.exists("o/intervals.csv"))
  }

  @Test("compare: scenarios, overrides and stored runs side by side; table, CSV and JSON")
  func compare() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "1m"), to: "s.yaml")
    let more = "more: clouds.azure.regions.eastus2.pools.near.replicas=2"
    let table = try Program.run(
      "compare", "s.yaml", "--with", more, "--replications", "4", "--out", "c", "--quiet",
      in: folder)
    #expect(table.code == 0, "\(table.errors)")
    for text in ["2 alternatives, 4 replications each, the same demand for all", "base: s", "more"]
    {
      #expect(table.output.contains(text), "\(text) in \(table.output)")
    }
    #expect(folder.exists("c/comparison.csv"))
    let json = try Program.run(
      "compare", "s.yaml", "--with", more, "--replications", "4", "--format", "json", "--quiet",
      in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["paired"] as? Bool == true)
    #expect((object?["comparison"] as? [Any])?.isEmpty == false)
    // Stored replications say what simulated ones do.
    for (name, override) in [
      ("a", "seed=5"), ("b", "clouds.azure.regions.eastus2.pools.near.replicas=2"),
    ] {
      _ = try Program.run(
        "run", "s.yaml", "--set", override, "--replications", "4", "--out", name, "--quiet",
        in: folder)
    }
    let stored = try Program.run("compare", "a", "b", "--format", "csv", in: folder)
    let simulated = try Program.run(
      "compare", "s.yaml", "--with", more, "--replications", "4", "--format", "csv", "--quiet",
      in: folder)
    func values(_ text: String) -> [String] {
      text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset != 4 }.map { String($0.element) }.joined(separator: ",")
      }
    }
    #expect(stored.code == 0 && values(stored.output) == values(simulated.output))
  }

  @Test("select: the best with its guarantee; undecided is exit code 1")
  func select() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "1m", arrivals: "{ poisson: 60/s }"), to: "s.yaml")
    let more = "more: clouds.azure.regions.eastus2.pools.near.replicas=3"
    let result = try Program.run(
      "compare", "s.yaml", "--with", more, "--select", "chat tpot_mean", "--indifference", "0.1",
      "--quiet", in: folder)
    #expect(result.code == 0 && result.output.contains("more is the best by chat tpot_mean"))
    #expect(result.output.contains("with 95 % probability"))
    let undecided = try Program.run(
      "compare", "s.yaml", "--with", "same: seed=9", "--select", "chat tpot_mean", "--indifference",
      "0.000001", "--budget", "10", "--quiet", in: folder)
    #expect(undecided.code == 0 || undecided.output.contains("NOT DECIDED"))
  }

  @Test("bad input: exit 2, what is wrong, nothing written")
  func badInput() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "1m"), to: "s.yaml")
    try folder.write(
      Scenarios.small(horizon: "1m", arrivals: "{ closed-loop: { clients: 3, think: 1s } }"),
      to: "loop.yaml")
    let cases: [(arguments: [String], message: String)] = [
      (["run", "s.yaml", "--replications", "1"], "one gives no interval"),
      (["run", "s.yaml", "--replications", "4", "--batches", "20"], "give one of"),
      (["run", "s.yaml", "--precision", "ttft_p95"], "ttft_p95"),
      (["run", "s.yaml", "--precision", "ttft_p96: 2%"], "no figure 'ttft_p96'"),
      (["run", "s.yaml", "--batches", "5"], "--batches is 10 to 100"),
      (["run", "loop.yaml", "--slices", "2"], "closed loop"),
      (["run", "s.yaml", "--slices", "2", "--overlap", "90s"], "whole minutes"),
      (["run", "s.yaml", "--uncut"], "--uncut goes with --slices"),
      (["run", "s.yaml", "--threads", "0", "--replications", "3"], "--threads"),
      (["compare", "s.yaml"], "at least two"),
      (["compare", "s.yaml", "nowhere"], "nowhere"),
      (["compare", "s.yaml", "--with", "gateway.route"], "expected path=value"),
      (["compare", "s.yaml", "--with", "gateway.rout=nearest"], "route"),
      (
        ["compare", "s.yaml", "--with", "a: seed=1", "--with", "a: seed=2"],
        "two alternatives are called 'a'"
      ),
      (["compare", "s.yaml", "--with", "seed=2", "--metric", "ttft"], "no figure 'ttft'"),
      (["compare", "s.yaml", "--with", "seed=2", "--select", "ttft_p95"], "go together"),
      (
        [
          "compare", "s.yaml", "--with", "seed=2", "--select", "busy_fraction", "--indifference",
          "1",
        ], "is several figures"
      ),
    ]
    for (arguments, message) in cases {
      let quiet = arguments + ["--out", "o", "--quiet"]
      let result = try Program.run(quiet, in: folder)
      #expect(
        result.code == 2 && result.errors.contains(message),
        "\(arguments.joined(separator: " ")): \(result.code) \(result.errors)")
      #expect(!folder.exists("o/manifest.json"))
    }
  }
}
