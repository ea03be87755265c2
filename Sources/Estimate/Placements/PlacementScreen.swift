import COpenBLAS
import Dispatch
import Money
import Multicloud
import SimulationKernel

/// Thousands of placements of one world at once.
///
/// `Load_p = D · (R_p ∘ W)`: demand by bins and streams, the shares `R_p` that the gateway's policy gives each
/// deployment under placement p, and the work a request puts on a deployment. What a load means for a
/// deployment is read from a table made once. Shares are those at mean demand, so a screening ranks; what it
/// ranks first is then looked at bin by bin, and simulated.
public struct PlacementScreen: Sendable {
  private let world: World
  private let grid: DemandGrid
  private let tables: [StateTable]
  private let meanRates: [Double]
  /// Work of a request of a stream on one replica (or slot) of a deployment, stream × deployments.
  private let work: [Double]
  private let costs: [Double]
  private let shares: ShareModel

  /// Placements whose columns are side by side in one product.
  static let block = 8

  /// Why a screening cannot be made.
  public enum Problem: Error, Hashable, CustomStringConvertible {
    /// More placements than memory holds.
    case tooMany(count: Int, most: Int)
    /// The horizon has no bin.
    case emptyHorizon

    /// What is wrong and what would do.
    public var description: String {
      switch self {
      case .tooMany(let count, let most):
        "\(count) placements are more than fit in memory; at most \(most), or in several runs"
      case .emptyHorizon: "the horizon is empty; expected at least one bin of time"
      }
    }
  }

  /// Most placements of one screening: a result takes 64 bytes.
  public static let mostPlacements = 10_000_000

  /// What a placement comes to.
  public struct Result: Hashable, Sendable {
    /// Mean over the deployments' loads, weighted by their demand.
    public var meanUtilisation = 0.0
    /// The highest load of any deployment in any bin.
    public var peakLoad = 0.0
    /// Expected share of requests within their workload's targets.
    public var goodShare = 0.0
    /// Share of demand, by work, that finds its deployment beyond what it can sustain.
    public var overloadShare = 0.0
    /// Dollars an hour: machines and units at list price, and tokens.
    public var dollarsPerHour = 0.0
    /// Kilowatts of the pools' servers.
    public var kilowatts = 0.0
  }

  /// Prepares a world.
  public init(_ world: World, binWidth: Duration, horizon: Duration) throws(Problem) {
    guard horizon > .zero, binWidth > .zero else { throw .emptyHorizon }
    self.init(world, DemandGrid(world, binWidth: binWidth, horizon: horizon))
  }

  /// Prepares a world with a demand of one's own.
  public init(_ world: World, _ grid: DemandGrid) {
    self.world = world
    self.grid = grid
    let streams = grid.streams
    let count = world.deploymentCount
    tables = (0..<count).map { StateTable(world, streams, deployment: $0) }
    meanRates = streams.indices.map { s in
      (0..<grid.bins).reduce(0) { $0 + grid.rate(s, bin: $1) } / Double(grid.bins)
    }
    var work = [Double](repeating: 0, count: streams.count * count)
    var costs = work
    for (s, stream) in streams.enumerated() {
      for d in 0..<count {
        work[s * count + d] = tables[d].work(stream)
        costs[s * count + d] = RequestCost(stream, world.price(ofDeployment: d)).dollars(cached: 0)
      }
    }
    self.work = work
    self.costs = costs
    shares = ShareModel(world, streams, tables)
  }

  /// Screens placements on so many cores; results in the placements' order, the same for any number.
  ///
  /// - Complexity: O(placements × bins × streams × deployments) in `dgemm`.
  public func run(
    _ placements: [Placement], workers: Int = 2
  ) throws(Problem) -> (results: [Result], timing: ProductTiming) {
    guard placements.count <= Self.mostPlacements else {
      throw .tooMany(count: placements.count, most: Self.mostPlacements)
    }
    let blocks = (placements.count + Self.block - 1) / Self.block
    var results = [Result](repeating: Result(), count: placements.count)
    var timings = [ProductTiming](repeating: ProductTiming(), count: max(1, workers))
    let demand = grid.rows(0..<grid.bins)
    LinearAlgebra.setThreads(1)
    results.withUnsafeMutableBufferPointer { results in
      timings.withUnsafeMutableBufferPointer { timings in
        // Workers write to places of their own.
        let out = Shared(results: results, timings: timings)
        DispatchQueue.concurrentPerform(iterations: max(1, workers)) { worker in
          var kernel = LoadKernel(demand, columns: Self.block * world.deploymentCount)
          var router = shares.router()
          var block = worker
          while block < blocks {
            let first = block * Self.block
            let last = min(first + Self.block, placements.count)
            screen(placements[first..<last], &kernel, &router, out)
            block += max(1, workers)
          }
          out.timings[worker] = kernel.timing
        }
      }
    }
    var timing = ProductTiming()
    for part in timings { timing.add(part) }
    return (results, timing)
  }

  /// Operations a second that bare products of a screening's shape reach on one core, measured over as many
  /// products as that many placements take.
  public func bareSpeed(placements: Int) -> Double {
    ProductTiming.bareSpeed(
      rows: grid.bins, inner: grid.streams.count, columns: Self.block * world.deploymentCount,
      count: (placements + Self.block - 1) / Self.block)
  }

  private struct Shared: @unchecked Sendable {
    let results: UnsafeMutableBufferPointer<Result>
    let timings: UnsafeMutableBufferPointer<ProductTiming>
  }

  private func screen(
    _ placements: ArraySlice<Placement>, _ kernel: inout LoadKernel,
    _ router: inout ShareModel.Router, _ out: Shared
  ) {
    let count = world.deploymentCount
    for (place, placement) in placements.enumerated() {
      let fractions = router.fractions(placement, rates: meanRates)
      var tokens = 0.0
      for s in grid.streams.indices {
        for d in 0..<count {
          let share = fractions[s * count + d]
          kernel.set(
            stream: s, column: place * count + d, share * work[s * count + d])
          tokens += share * costs[s * count + d] * meanRates[s]
        }
      }
      out.results[placements.startIndex + place].dollarsPerHour =
        tokens * 3600 + capacityCost(placement)
    }
    kernel.multiply()
    for (place, placement) in placements.enumerated() {
      sum(placement, place, kernel, into: &out.results[placements.startIndex + place])
    }
  }

  private func sum(
    _ placement: Placement, _ place: Int, _ kernel: borrowing LoadKernel,
    into result: inout Result
  ) {
    let count = world.deploymentCount
    let inverse = (0..<count).map { d -> Double in
      let capacity = tables[d].capacity(placement)
      return capacity > 0 ? 1 / capacity : .infinity
    }
    var all = 0.0
    var over = 0.0
    var good = 0.0
    var used = 0.0
    var peak = 0.0
    var watts = 0.0
    for d in 0..<count {
      let table = tables[d]
      let column = place * count + d
      let replicas = d < world.pools.count ? Double(placement.replicas[d]) : 0
      for bin in 0..<kernel.bins {
        let work = kernel.load(bin: bin, column: column)
        if work <= 0 { continue }
        let load = work * inverse[d]
        all += work
        used += work * min(1, load)
        peak = max(peak, load)
        if load >= 1 { over += work * (1 - 1 / load) }
        let state = table.state(load)
        good += work * state.good
        watts += state.watts * replicas
      }
    }
    if all > 0 {
      result.meanUtilisation = used / all
      result.overloadShare = over / all
      result.goodShare = good / all
    }
    result.peakLoad = peak
    result.kilowatts = watts / Double(max(1, kernel.bins)) / 1000
  }

  /// Machines and units at list price, dollars an hour.
  private func capacityCost(_ placement: Placement) -> Double {
    var sum = 0.0
    for (id, pool) in world.pools.enumerated() {
      guard let machines = world.billing?.machines[id] else { continue }
      let perInstance = max(1, Double(pool.replicas) / Double(max(1, machines.instances)))
      sum +=
        (Double(placement.replicas[id]) / perInstance).rounded(.up) * machines.hourly.dollars
    }
    for (id, endpoint) in world.endpoints.enumerated() {
      sum += Double(placement.units[id]) * Double(endpoint.picodollarsPerUnitHour) / 1e12
    }
    return sum
  }
}
