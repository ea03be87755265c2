/// The two jobs of a sweep on Slurm as scripts: an array that computes what is missing, and a merge that
/// follows it.
public struct SlurmJob: Sendable {
  /// What is asked of the cluster; `nil` leaves it to the cluster.
  public struct Resources: Hashable, Sendable {
    /// Partition.
    public var partition: String?
    /// Longest time of a task, as Slurm writes it: `30`, `2:00:00`, `1-0`.
    public var time: String?
    /// Cores, and threads, of a task.
    public var cores: Int
    /// Memory of a task, as Slurm writes it: `2G`.
    public var memory: String?

    /// Creates resources.
    public init(partition: String?, time: String?, cores: Int, memory: String?) {
      self.partition = partition
      self.time = time
      self.cores = cores
      self.memory = memory
    }
  }

  /// Name of the jobs.
  public var name: String
  /// The program, from the root of the file system.
  public var program: String
  /// The plan, from the root of the file system.
  public var plan: String
  /// Options of the sweep, as arguments.
  public var arguments: [String]
  /// The output folder, from the root of the file system.
  public var output: String
  /// Into how many shards the sweep is cut.
  public var shards: Int
  /// The shards that have cells to compute.
  public var missing: [Int]
  /// What is asked of the cluster.
  public var resources: Resources

  /// Creates the jobs. Throws where a name or a path is one that a script cannot hold.
  public init(
    name: String, program: String, plan: String, arguments: [String], output: String, shards: Int,
    missing: [Int], resources: Resources
  ) throws(SweepError) {
    self.name = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    self.program = program
    self.plan = plan
    self.arguments = arguments
    self.output = output
    self.shards = shards
    self.missing = missing
    self.resources = resources
    // In the lines that Slurm reads itself these have a meaning of their own.
    guard !output.contains(where: { "\"\\%'\n\r".contains($0) }) else {
      throw .shard(
        "'\(output)' holds a character that Slurm takes for its own; choose another --out")
    }
    for word in [resources.partition, resources.time, resources.memory].compactMap({ $0 })
    where word.isEmpty || word.contains(where: { $0.isWhitespace || "\"\\'#".contains($0) }) {
      throw .shard(
        "'\(word)' is nothing that Slurm takes for a partition, a time or an amount of memory")
    }
  }

  /// The array: a task for each shard that has cells to compute; `nil` where none has.
  public var arrayScript: String? {
    guard !missing.isEmpty else { return nil }
    let command =
      [program, "sweep", plan] + arguments
      + ["--out", output, "--shards", String(shards), "--quiet"]
    return script(
      directives: ["--array=\(Self.ranges(missing))", "--requeue"], log: "shard-%a",
      cores: resources.cores,
      commands: [
        "exec \(Self.shell(command)) --threads \"${SLURM_CPUS_PER_TASK:-1}\""
      ])
  }

  /// The merge, submitted to follow the array.
  public var mergeScript: String {
    let command =
      [program, "sweep", "merge", output, "--plan", plan] + arguments
      + ["--out", output + "/results.csv"]
    return script(
      directives: [], log: "merge", cores: 1, commands: ["exec \(Self.shell(command)) --threads 1"])
  }

  private func script(
    directives: [String], log: String, cores: Int, commands: [String]
  ) -> String {
    var asked = ["--job-name=\(name)"] + directives
    if let partition = resources.partition { asked.append("--partition=\(partition)") }
    if let time = resources.time { asked.append("--time=\(time)") }
    asked.append("--cpus-per-task=\(cores)")
    if let memory = resources.memory { asked.append("--mem=\(memory)") }
    asked.append("--output=\"\(output)/logs/\(log).log\"")
    asked.append("--open-mode=append")
    let lines =
      ["#!/bin/bash", "# Written by plimsoll sweep submit."] + asked.map { "#SBATCH \($0)" }
      + ["set -euo pipefail"] + commands
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whole numbers as Slurm writes them: `0-3,5`.
  static func ranges(_ numbers: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.upperBound + 1 == number {
        parts[parts.count - 1] = last.lowerBound...number
      } else {
        parts.append(number...number)
      }
    }
    return parts.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }.joined(separator: ",")
  }

  /// Words as a shell reads them.
  static func shell(_ words: [String]) -> String {
    words.map { word in
      let isPlain = word.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "-_./=,:+@".unicodeScalars.contains($0))
      }
      if isPlain, !word.isEmpty { return word }
      return "'" + word.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}
