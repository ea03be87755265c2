/// A part of a sweep that one task of an array runs.
public struct Shard: Hashable, Sendable {
  /// Which part, from 0.
  public let index: Int
  /// Into how many parts the sweep is cut.
  public let count: Int

  /// The whole sweep.
  public static let whole = Shard(unchecked: 0, of: 1)

  private init(unchecked index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// Creates a part. Throws where there is no such part.
  public init(_ index: Int, of count: Int) throws(SweepError) {
    guard count >= 1, 0..<count ~= index else {
      throw .shard(
        count >= 1
          ? "shard \(index) of \(count): shards are counted from 0 to \(count - 1)"
          : "\(count) shards: expected at least 1")
    }
    self.init(unchecked: index, of: count)
  }

  /// Reads `i/n`, such as `0/4`. Throws where it is not that.
  public init(_ text: String) throws(SweepError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else {
      throw .shard("--shard \(text): expected i/n such as 0/4, counted from 0")
    }
    try self.init(index, of: count)
  }

  /// Whether a cell is this part's.
  public func holds(_ cell: Int) -> Bool { Self.index(of: cell, count: count) == index }

  /// The part that a cell falls to where there are `count`.
  ///
  /// Cells are dealt like cards, and each round begins with a player drawn for it: every part gets the
  /// same number of cells give or take one, and no value of an axis and no seed keeps falling to the same
  /// part, as it would where rounds begin with the same player, or with the next, and their length
  /// divides the number of seeds.
  public static func index(of cell: Int, count: Int) -> Int {
    let first = Int(mixed(UInt64(cell / count)) % UInt64(count))
    return (cell % count + first) % count
  }

  /// Scatters a number over 64 bits.
  ///
  /// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var z = (number &+ 1) &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  // MARK: Engines

  /// The part that an engine's environment asks for, and the variable that says so; `nil` where none
  /// does.
  ///
  /// - Parameters:
  ///   - shards: Number of parts where it was given; the index then counts from 0, so that a part can
  ///     be run again by itself.
  ///   - environment: Variables of the process.
  /// - Throws: Where an index is no number, out of range, or comes without a number of parts.
  public static func fromEnvironment(
    _ environment: [String: String], shards: Int?
  ) throws(SweepError) -> (shard: Shard, variable: String)? {
    func number(_ name: String) throws(SweepError) -> Int? {
      guard let text = environment[name], !text.isEmpty else { return nil }
      guard let value = Int(text) else {
        throw .shard("\(name) is '\(text)', expected a whole number")
      }
      return value
    }
    for engine in engines {
      guard let raw = try number(engine.index) else { continue }
      var index = raw
      var count = shards
      if count == nil, let name = engine.count {
        let step = try engine.step.flatMap { (name) throws(SweepError) in try number(name) } ?? 1
        let least = try engine.least.flatMap { (name) throws(SweepError) in try number(name) } ?? 0
        count = try number(name)
        let (distance, overflow) = raw.subtractingReportingOverflow(least)
        guard !overflow else {
          throw .shard("\(engine.index) is \(raw), expected \(least) or more")
        }
        index = distance / max(1, step)
      }
      guard let count else {
        throw .shard(
          "\(engine.index) is \(raw), but nothing says how many shards there are: give --shards n, "
            + "or --shard 0/1 for all cells")
      }
      return (try Shard(index, of: count), engine.index)
    }
    return nil
  }

  private struct Engine {
    var index: String
    var count: String?
    var least: String?
    var step: String?
  }

  /// Sources: sbatch(1) of Slurm 22.05; Kubernetes, Indexed Jobs; AWS Batch, job environment variables.
  private static let engines = [
    Engine(
      index: "SLURM_ARRAY_TASK_ID", count: "SLURM_ARRAY_TASK_COUNT", least: "SLURM_ARRAY_TASK_MIN",
      step: "SLURM_ARRAY_TASK_STEP"),
    Engine(index: "JOB_COMPLETION_INDEX"),
    Engine(index: "AWS_BATCH_JOB_ARRAY_INDEX", count: "AWS_BATCH_JOB_ARRAY_SIZE"),
  ]
}
