import Foundation
import Testing

@Suite("Fitting spot markets")
struct FitSpotCommandTests {
  /// Two zones that are up by day and down by night, one of them with a gap of its own.
  private static let intervals: String = {
    var text = "zone,instance,t_s,duration_s,available_nodes\n"
    for day in 0..<20 {
      let start = day * 86_400
      text += "us-east-1a,x,\(start),43200,1\nus-east-1a,x,\(start + 43_200),43200,0\n"
      text += "us-east-1b,x,\(start),14400,1\nus-east-1b,x,\(start + 14_400),7200,0\n"
      text += "us-east-1b,x,\(start + 21_600),21600,1\nus-east-1b,x,\(start + 43_200),43200,0\n"
    }
    return text
  }()

  @Test("it prints recorded beside played figures, and JSON with the same")
  func figures() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.intervals, to: "i.csv")
    let result = try Program.run("fit-spot", "i.csv", "--seeds", "10", in: folder)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.contains("2 zones over 20.0 days; fitted markets played 10 times"))
    #expect(result.output.contains("us-east-1b") && result.output.contains("east-1b"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let again = try Program.run("fit-spot", "i.csv", "--seeds", "10", in: folder)
    #expect(again.output == result.output)
    let json = try Program.run("fit-spot", "i.csv", "--seeds", "10", "--json", in: folder)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let zones = try #require(object["zones"] as? [[String: Any]])
    let recorded = try #require(zones[1]["recorded"] as? [String: Double])
    #expect(abs(try #require(recorded["availability"]) - 10.0 / 24) < 1e-9)
    #expect(recorded["mean_down_s"] == 25_200)
    let pairs = try #require(object["correlations"] as? [[String: Any]])
    #expect(pairs.count == 1 && pairs[0]["other"] as? String == "us-east-1b")
  }

  @Test("zones of any name: one without hyphens alone, and names that mean something in YAML")
  func names() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "zone,t_s,duration_s,available_nodes\nx,0,600,4\nx,600,300,0\nx,900,600,4\n",
      to: "one.csv")
    let one = try Program.run("fit-spot", "one.csv", "--cloud", "aws", in: folder)
    #expect(one.code == 0, "\(one.errors)")
    try folder.write(
      "zone,t_s,duration_s,available_nodes\nus: east,0,600,4\nus: east,600,300,0\nus: east,900,600,4\n",
      to: "odd.csv")
    let odd = try Program.run(
      "fit-spot", "odd.csv", "--cloud", "aws", "--out", "m.yaml", in: folder)
    #expect(odd.code == 0, "\(odd.errors)")
    let text = String(decoding: try folder.bytes("m.yaml"), as: UTF8.self)
    #expect(
      text.contains(#"  "us: east":"#) && text.contains(#"region: "aws/us: "#), "\(text)")
  }

  @Test("the markets it writes are keys of a scenario")
  func markets() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.intervals, to: "i.csv")
    let result = try Program.run(
      "fit-spot", "i.csv", "--seeds", "1", "--level", "16", "--accelerator", "H100-SXM", "--cloud",
      "aws", "--out", "markets.yaml", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let yaml = try String(contentsOfFile: folder.file("markets.yaml"), encoding: .utf8)
    #expect(yaml.contains("spells: { level: 16, up: ") && yaml.contains("common: us-east-1"))
    let scenario = Scenarios.small().replacingOccurrences(of: "eu-central-1", with: "us-east-1")
    try folder.write(scenario + yaml, to: "s.yaml")
    let valid = try Program.run("validate", "s.yaml", in: folder)
    #expect(valid.code == 0, "\(valid.errors)")
  }

  @Test("what cannot be fitted: exit 2 and what to choose")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let other = "us-east-1a,y,0,100,1\n"
    try folder.write(Self.intervals + other, to: "i.csv")
    let several = try Program.run("fit-spot", "i.csv", in: folder)
    #expect(several.code == 2 && several.output.isEmpty)
    #expect(several.errors.contains("choose one of\n  --instance 'x' --start ''\n  --instance 'y'"))
    let none = try Program.run("fit-spot", "i.csv", "--instance", "z", in: folder)
    #expect(none.code == 2 && none.errors.contains("has no such recordings; it has\n"))
    let steady = try Program.run("fit-spot", "i.csv", "--instance", "y", in: folder)
    #expect(steady.code == 2)
    #expect(steady.errors.contains("zone us-east-1a never lost its capacity, or never had any"))
    let nowhere = try Program.run(
      "fit-spot", "i.csv", "--instance", "x", "--out", "m.yaml", in: folder)
    #expect(nowhere.code == 2 && nowhere.errors.contains("give --cloud"))
    #expect(!folder.exists("m.yaml"))
    let missing = try Program.run("fit-spot", "nowhere.csv", in: folder)
    #expect(missing.code == 3 || missing.code == 2)
    let accelerator = try Program.run(
      "fit-spot", "i.csv", "--instance", "x", "--accelerator", "H10", in: folder)
    #expect(accelerator.code == 2 && accelerator.errors.contains("no accelerator 'H10'"))
  }
}
