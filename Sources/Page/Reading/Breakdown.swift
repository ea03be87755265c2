/// One quantity over time, for several things.
struct Breakdown: Sendable {
  /// Points in time.
  let bins: TimeBins
  /// How minutes become points.
  let reduction: Reduction
  /// Names, in the order in which they came.
  private(set) var names: [String] = []
  private var tracks: [Track] = []
  private var ids: [String: Int] = [:]

  init(_ bins: TimeBins, _ reduction: Reduction) {
    self.bins = bins
    self.reduction = reduction
  }

  /// Whether nothing was taken in.
  var isEmpty: Bool { names.isEmpty }

  /// The number of a thing, new or known.
  mutating func id(_ name: String) -> Int {
    if let id = ids[name] { return id }
    ids[name] = names.count
    names.append(name)
    tracks.append(Track(bins))
    return names.count - 1
  }

  /// Takes a value of a minute in.
  mutating func add(_ id: Int, minute: Int, _ value: Double, weight: Double = 1) {
    tracks[id].add(value, weight: weight, in: bins.bin(minute))
  }

  /// The values of a thing by bin; `nil` where there is no such thing.
  func values(_ name: String) -> [Double?]? {
    ids[name].map { tracks[$0].values(reduction, bins) }
  }

  /// The values of several things together, by bin; `nil` where there is none of them.
  func values(_ names: [String]) -> [Double?]? {
    let known = names.compactMap { ids[$0] }
    guard !known.isEmpty else { return nil }
    var all = Track(bins)
    for id in known { all.merge(tracks[id]) }
    return all.values(reduction, bins)
  }

  /// What things are ranked by: the sum of their points, or their highest where extremes count.
  func size(_ name: String) -> Double {
    let values = (values(name) ?? []).compactMap { $0 }
    return reduction == .largest ? values.max() ?? 0 : values.reduce(0, +)
  }

  /// Whether any value is not zero.
  var hasAnything: Bool { names.contains { size($0) != 0 } }
}
