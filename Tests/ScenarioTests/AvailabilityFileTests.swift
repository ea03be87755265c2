import Multicloud
import Scenario
import SimulationKernel
import Testing
import Workload

/// Files of recorded availability.
@Suite struct AvailabilityFileTests {
  private static let header = "zone,t_s,duration_s,available_nodes\n"

  private static func file(_ text: String) throws -> AvailabilityFile {
    try AvailabilityFile(csv: Array(text.utf8), name: "f.csv")
  }

  @Test func `recordings are told apart, begin at zero, and join equal levels`() throws {
    let file = try Self.file(
      "kind,zone,instance,start_date,t_s,duration_s,available_nodes\n"
        + "a,us-east-1a,v100_1,02-15-2023,100,50,1\r\na,us-east-1a,v100_1,02-15-2023,150,50,1\n"
        + "a,us-east-1a,k80,02-15-2023,0,10,0\na,us-east-1a,v100_1,02-15-2023,200,0.5,0\n\n")
    #expect(file.series.count == 2)
    let first = try #require(file.matching(instance: "v100_1").first)
    #expect(first.recording.starts == [.zero, .seconds(100)])
    #expect(first.recording.levels == [1, 0])
    #expect(first.recording.length == Duration(nanoseconds: 100_500_000_000))
    #expect(first.start == "02-15-2023" && first.cloud.isEmpty && first.region == "us-east-1")
    #expect(file.matching(zone: "us-east-1b").isEmpty && file.matching().count == 2)
  }

  @Test func `regions are zones without their letter`() throws {
    let file = try Self.file(
      Self.header + "us-central1-a,0,1,1\nus-west-2c,0,1,1\n7,0,1,1\neastus2,0,1,1\n")
    #expect(file.series.map(\.region) == ["us-central1", "us-west-2", "7", "eastus2"])
  }

  @Test(arguments: [
    ("", "f.csv:1: no column zone; expected zone, t_s, duration_s, available_nodes at least"),
    (
      "zone,t_s\n",
      "f.csv:1: no column duration_s; expected zone, t_s, duration_s, available_nodes at least"
    ),
    (header, "f.csv: no intervals below the header"),
    (header + "a,0,1\n", "f.csv:2: 3 fields; expected 4, as in the header"),
    (
      header + "a,0,0,1\n",
      "f.csv:2: t_s is '0' and duration_s '0'; expected seconds, the second above 0, and no more than a hundred years"
    ),
    (
      header + "a,0,1,some\n",
      "f.csv:2: available_nodes is 'some'; expected a whole number of at most 1000000"
    ),
    (
      header + "a,0,10,1\na,11,1,0\n",
      "f.csv:3: an interval of a begins at 11 s, and the one before it does not end there"
    ),
  ])
  func `what is wrong is said with its line`(text: String, problem: String) {
    #expect {
      try Self.file(text)
    } throws: {
      "\($0)" == problem
    }
  }

  @Test(arguments: ["0,9223372036", "9223372036,1", "9223372035.5,2", "3155760001,1"])
  func `times beyond a hundred years are refused`(_ times: String) {
    #expect(throws: TraceError.self) { try Self.file(Self.header + "z,\(times),1\n") }
  }
}
