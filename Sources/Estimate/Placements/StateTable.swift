import Multicloud
import ServingEngine
import SimulationKernel

/// What a load means for a deployment: made once, read millions of times.
struct StateTable: Sendable {
  /// Figures at a load.
  struct State: Sendable {
    /// Share of requests within their targets.
    var good: Double
    /// Watts of one replica.
    var watts: Double
  }

  private var states: [State]
  /// Seconds of one replica's capacity that an output token takes in the mix the table is for.
  private let perToken: Double
  private let perSlot: EndpointModel?
  private let pool: Int?
  private let slots: Double
  private let model: PoolModel?

  private static let points = 128

  init(_ world: World, _ streams: [StreamDemand], deployment d: Int) {
    let mine = streams.filter {
      world.workloads[$0.workload].verdict(of: d, in: world) == .eligible
    }
    let watts = d < world.pools.count ? world.billing?.power[d] : nil
    if let endpoint = world.endpoint(ofDeployment: d) {
      let model = EndpointModel(endpoint)
      perSlot = model
      pool = nil
      slots = model.slots
      perToken = 0
      self.model = nil
      states = (0...Self.points).map { point in
        let inFlight = Double(point) / Double(Self.points) * model.slots
        return State(
          good: Self.good(world, mine) {
            model.times($0, cached: 0, inFlight: inFlight, slowness: 1)
          }, watts: 0)
      }
      return
    }
    perSlot = nil
    pool = d
    slots = 0
    var open = world.pools[d]
    open.replicas = max(1, open.replicas)
    guard
      let mix = RequestMix(mine, weights: mine.map { _ in 1 })
    else {
      perToken = 0
      model = nil
      states = [State](repeating: State(good: 0, watts: 0), count: Self.points + 1)
      return
    }
    let model = PoolModel(open, mix: mix)
    self.model = model
    perToken = 1 / (model.capacity / Double(open.replicas) * mix.outputTokens)
    let accelerators = Double(open.acceleratorsPerReplica)
    states = (0...Self.points).map { point in
      let load = Double(point) / Double(Self.points) * 0.998
      let figures = model.figures(rate: load * model.capacity)
      let batch = figures.busy > 0 ? figures.running / (figures.busy * Double(open.replicas)) : 0
      let good = Self.good(world, mine) {
        model.times(figures, prompts: Self.some($0.prompts), waits: SlotWait(figures))
      }
      let power = watts.map {
        accelerators
          * ($0.watts(batch: 0) * (1 - figures.busy) + $0.watts(batch: batch) * figures.busy)
      }
      return State(good: good, watts: power ?? 0)
    }
    // Beyond what it can sustain nothing is in time.
    states[Self.points].good = 0
  }

  /// Times of a stream's requests at a load.
  func times(_ load: Double, _ stream: StreamDemand) -> [(first: Double, perToken: Double)] {
    if let perSlot {
      return perSlot.times(stream, cached: 0, inFlight: load * slots, slowness: 1)
    }
    guard let model else { return [] }
    let figures = model.figures(rate: min(0.998, load) * model.capacity)
    return model.times(figures, prompts: stream.prompts, waits: SlotWait(figures))
  }

  private static func some(_ prompts: [Double]) -> [Double] {
    stride(from: 0, to: prompts.count, by: 4).map { prompts[$0] }
  }

  private static func good(
    _ world: World, _ streams: [StreamDemand],
    _ times: (StreamDemand) -> [(first: Double, perToken: Double)]
  ) -> Double {
    guard !streams.isEmpty else { return 1 }
    var sum = 0.0
    var seen: Set<Int> = []
    for stream in streams where seen.insert(stream.workload).inserted {
      let objective = world.workloads[stream.workload].objective
      let times = times(stream)
      let good = times.count { time in
        (objective.timeToFirstToken.map { time.first <= $0.limit.seconds } ?? true)
          && (objective.timePerOutputToken.map { time.perToken <= $0.limit.seconds } ?? true)
      }
      sum += Double(good) / Double(times.count)
    }
    return sum / Double(seen.count)
  }

  /// Work of a request of a stream: replica-seconds of a pool, slot-seconds of an endpoint.
  func work(_ stream: StreamDemand) -> Double {
    perSlot.map { $0.seconds(stream, cached: 0, inFlight: slots / 2, slowness: 1) }
      ?? perToken * stream.outputTokens
  }

  /// Work a deployment can do a second under a placement.
  func capacity(_ placement: Placement) -> Double {
    pool.map { Double(placement.replicas[$0]) } ?? slots
  }

  /// Figures at a load: the nearest point.
  @inline(__always)
  func state(_ load: Double) -> State {
    states[min(Self.points, Int(load * Double(Self.points) + 0.5))]
  }
}
