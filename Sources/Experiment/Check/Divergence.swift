import SimulationKernel

/// Where the event streams of two sets of runs first part.
public struct Divergence: Hashable, Sendable {
  /// The seed whose runs part first.
  public var seed: UInt64
  /// Seeds whose runs part, of those that both sets have.
  public var partedSeeds: Int
  /// Seeds that both sets have.
  public var commonSeeds: Int
  /// Simulated seconds up to which everything was the same.
  public var sameUntil: Double
  /// Simulated seconds at which something was known to differ.
  public var differsBy: Double
  /// The parts that differ then: workloads and deployments.
  public var parts: [String]
  /// Parts that are not compared, as only one set has them.
  public var otherParts: [String]
  /// What the runs did between the two moments.
  public var before: Activity
  /// What they do now.
  public var now: Activity

  /// Counts of a stretch of time.
  public struct Activity: Hashable, Sendable {
    /// Requests that arrived.
    public var arrived: Int64
    /// Requests completed.
    public var completed: Int64
    /// Requests refused, lost or given up.
    public var lost: Int64
    /// Events of any kind.
    public var events: Int64
  }

  /// Finds where two sets of runs part; `nil` where they do not, or share no seed.
  /// O(seeds × checkpoints × parts).
  init?(_ baseline: Baseline, _ current: Baseline) {
    var first: Divergence?
    var parted = 0
    let common = baseline.seeds.filter(current.seeds.contains)
    for seed in common {
      guard let i = baseline.seeds.firstIndex(of: seed),
        let j = current.seeds.firstIndex(of: seed),
        let found = Self.first(baseline, i, current, j)
      else { continue }
      parted += 1
      if found.differsBy < first?.differsBy ?? .infinity { first = found }
    }
    guard var first else { return nil }
    first.partedSeeds = parted
    first.commonSeeds = common.count
    self = first
  }

  private init(
    seed: UInt64, sameUntil: Double, differsBy: Double, parts: [String], otherParts: [String],
    before: Activity, now: Activity
  ) {
    self.seed = seed
    partedSeeds = 1
    commonSeeds = 1
    self.sameUntil = sameUntil
    self.differsBy = differsBy
    self.parts = parts
    self.otherParts = otherParts
    self.before = before
    self.now = now
  }

  private static func first(
    _ baseline: Baseline, _ i: Int, _ current: Baseline, _ j: Int
  ) -> Divergence? {
    let (old, new) = (baseline.checkpoints[i], current.checkpoints[j])
    let shared = current.parts.enumerated().compactMap { place, name in
      baseline.parts.firstIndex(of: name).map { (name: name, before: $0, now: place) }
    }
    let names = Set(shared.map(\.name))
    let others = (baseline.parts + current.parts).filter { !names.contains($0) }
    var last: (old: Baseline.Mark?, new: Baseline.Mark?) = (nil, nil)
    for (a, b) in zip(old, new) {
      // Another horizon has other moments from its end on; up to there they are the same.
      guard a.seconds == b.seconds else { break }
      let parts = shared.filter { a.parts[$0.before] != b.parts[$0.now] }.map(\.name)
      // Arrivals tell of a demand that parts before any of its requests has ended.
      if a.fingerprint != b.fingerprint || !parts.isEmpty || a.arrived != b.arrived {
        return Divergence(
          seed: current.seeds[j], sameUntil: last.new?.seconds ?? 0, differsBy: b.seconds,
          parts: parts, otherParts: others, before: Activity(from: last.old, to: a),
          now: Activity(from: last.new, to: b))
      }
      last = (a, b)
    }
    guard baseline.fingerprints[i] != current.fingerprints[j] else { return nil }
    // The same as far as both have checkpoints at the same moments.
    guard let a = old.last, let b = new.last else { return nil }
    return Divergence(
      seed: current.seeds[j], sameUntil: last.new?.seconds ?? 0, differsBy: b.seconds, parts: [],
      otherParts: others, before: Activity(from: last.old, to: a),
      now: Activity(from: last.new, to: b))
  }
}

extension Divergence.Activity {
  init(from begin: Baseline.Mark?, to end: Baseline.Mark) {
    arrived = end.arrived - (begin?.arrived ?? 0)
    completed = end.completed - (begin?.completed ?? 0)
    lost = end.lost - (begin?.lost ?? 0)
    events = end.events - (begin?.events ?? 0)
  }
}
