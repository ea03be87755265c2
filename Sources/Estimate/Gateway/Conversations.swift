import Multicloud
import SimulationKernel

/// Where the conversations of workloads with a prompt cache were last served, followed through time.
///
/// A request whose conversation is warm goes where the policy sends it knowing what is cached; a cold one
/// where it would be sent without. Each request takes its conversation along.
struct Conversations {
  private let world: World
  private let streams: [StreamDemand]
  private let grid: DemandGrid
  /// By workload: share of conversations by deployment; empty where no provider caches.
  private var places: [[Double]]
  private var sums: [[[Double]]] = []
  private var counts: [Double] = []

  /// Where the requests of a workload go: by where their conversation is warm, and where it is not, as
  /// shares by deployment.
  struct Choices {
    var warm: [[Double]]
    var cold: [Double]
  }

  init(_ world: World, _ streams: [StreamDemand], _ grid: DemandGrid) {
    self.world = world
    self.streams = streams
    self.grid = grid
    places = world.workloads.map {
      $0.promptCache == nil ? [] : [Double](repeating: 0, count: world.deploymentCount)
    }
  }

  /// Share of a workload's requests in a bin whose conversation is warm at each deployment.
  func shares(bin: Int) -> [[Double]] {
    world.workloads.indices.map { id in
      guard let cache = world.workloads[id].promptCache else { return [] }
      let warm = LevelSolver.warmShare(cache, rate: grid.workloadRate(id, bin: bin))
      return places[id].map { $0 * warm }
    }
  }

  /// Counts a bin's shares for the mean of its cell.
  mutating func note(_ cell: Int, bin: Int) {
    while sums.count <= cell {
      sums.append(places.map { [Double](repeating: 0, count: $0.count) })
      counts.append(0)
    }
    let now = shares(bin: bin)
    for id in now.indices {
      for d in now[id].indices { sums[cell][id][d] += now[id][d] }
    }
    counts[cell] += 1
  }

  /// The mean of a cell's shares; as they are now where none of its bins was counted.
  func mean(ofCell cell: Int) -> [[Double]] {
    guard cell < sums.count, counts[cell] > 0 else { return shares(bin: grid.bins - 1) }
    return sums[cell].map { $0.map { $0 / max(1, counts[cell]) } }
  }

  /// Where requests go under the loads the solver has settled at.
  func choices(_ solver: inout LevelSolver, _ input: LevelInput) -> [Choices] {
    var all: [Choices] = []
    for (id, workload) in world.workloads.enumerated() {
      let none = [Double](repeating: 0, count: world.deploymentCount)
      var choices = Choices(warm: [], cold: none)
      if workload.promptCache != nil {
        let mine = streams.indices.filter { streams[$0].workload == id }
        let total = mine.reduce(0.0) { $0 + input.rates[$1] }
        choices.warm = (0..<world.deploymentCount).map { _ in none }
        for s in mine where total > 0 {
          let share = input.rates[s] / total
          if let d = solver.choice(s, cachedAt: -1, input) { choices.cold[d] += share }
          for at in world.pools.count..<world.deploymentCount {
            if let d = solver.choice(s, cachedAt: at, input) { choices.warm[at][d] += share }
          }
        }
      }
      all.append(choices)
    }
    return all
  }

  /// Bins go by: conversations that had a request are where it went.
  mutating func move(_ choices: [Choices], bin: Int, bins: Int) {
    for (id, workload) in world.workloads.enumerated() {
      guard let cache = workload.promptCache else { continue }
      let rate = grid.workloadRate(id, bin: bin)
      let touched =
        1
        - DeterministicMath.exp(
          -rate * grid.seconds(ofBin: bin) * Double(bins) / Double(cache.conversations))
      let warm = LevelSolver.warmShare(cache, rate: rate)
      let known = places[id].reduce(0, +)
      var next = places[id].map { $0 * (1 - touched) }
      for at in places[id].indices where places[id][at] > 0 {
        for d in next.indices {
          next[d] += touched * places[id][at] * warm * choices[id].warm[at][d]
        }
      }
      for d in next.indices {
        next[d] += touched * (1 - warm * known) * choices[id].cold[d]
      }
      places[id] = next
    }
  }
}
