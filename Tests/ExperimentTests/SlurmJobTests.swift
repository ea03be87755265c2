import Experiment
import Foundation
import Testing

/// Scripts for Slurm, and a shell's opinion of them.
@Suite("Slurm jobs") struct SlurmJobTests {
  private func job(
    missing: [Int] = [0, 1, 2, 5], output: String = "/data/my out",
    arguments: [String] = ["--set", "workloads.it's=[a b]"], partition: String? = nil,
    time: String? = nil, memory: String? = nil
  ) throws -> SlurmJob {
    try SlurmJob(
      name: "my plan", program: "/bin/echo", plan: "/data/p.yaml", arguments: arguments,
      output: output, shards: 7, missing: missing,
      resources: SlurmJob.Resources(
        partition: partition, time: time, cores: 4, memory: memory))
  }

  private func lines(_ script: String) -> [String] {
    script.split(separator: "\n").map(String.init)
  }

  @Test func theArrayNamesWhatIsMissing() throws {
    let script = try #require(try job(partition: "gpu", time: "1:00:00", memory: "2G").arrayScript)
    #expect(
      lines(script).filter { $0.hasPrefix("#SBATCH") } == [
        "#SBATCH --job-name=my-plan", "#SBATCH --array=0-2,5", "#SBATCH --requeue",
        "#SBATCH --partition=gpu", "#SBATCH --time=1:00:00", "#SBATCH --cpus-per-task=4",
        "#SBATCH --mem=2G", "#SBATCH --output=\"/data/my out/logs/shard-%a.log\"",
        "#SBATCH --open-mode=append",
      ])
    #expect(try job(missing: []).arrayScript == nil)
  }

  @Test func aShellReadsTheWordsAsTheyWereGiven() throws {
    let script = try #require(try job().arrayScript)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      said == "sweep /data/p.yaml --set workloads.it's=[a b] --out /data/my out --shards 7 --quiet "
        + "--threads 1\n")
  }

  @Test func whatAScriptCannotHoldIsRefused() {
    for path in ["/a\"b", "/a%b", "/a\nb", "/a\\b"] {
      #expect(throws: SweepError.self) { try job(output: path) }
    }
    for word in ["", "a b", "x#", "a\nb"] {
      #expect(throws: SweepError.self) { try job(partition: word) }
      #expect(throws: SweepError.self) { try job(time: word) }
      #expect(throws: SweepError.self) { try job(memory: word) }
    }
  }
}
