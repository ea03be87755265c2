import Multicloud
import SimulationKernel
import Workload

/// Expected demand over a horizon: bins of time by streams, given out block by block, so that three
/// years of minutes need no more memory than their workloads' rates.
public struct DemandGrid: Sendable {
  /// Length of a bin; the last may be shorter.
  public let binWidth: Duration
  /// How long requests arrive.
  public let horizon: Duration
  /// The streams, in the order of the columns.
  public let streams: [StreamDemand]
  /// Joint states of workloads whose rate changes at random: a factor for each workload, and the share of
  /// time in which it holds. One with factors of 1 where none does.
  let states: [State]
  /// By workload, then bin: expected requests a second.
  private let rates: [[Double]]
  /// By stream: share of its workload.
  private let shares: [Double]
  private let diurnal: [OriginCurve?]

  struct State: Sendable {
    var factors: [Double]
    var share: Double
  }

  /// Most joint states; beyond it the later workloads keep their mean rates.
  private static let mostStates = 16

  /// The expected demand of a world.
  ///
  /// - Parameters:
  ///   - binWidth: Length of a bin.
  ///   - horizon: How long; the world's own demand goes on beyond its horizon.
  ///   - growth: What multiplies a workload's rate in the bin that begins at a time.
  public init(
    _ world: World, binWidth: Duration, horizon: Duration,
    growth: (_ workload: Int, _ start: Duration) -> Double = { _, _ in 1 }
  ) {
    precondition(binWidth > .zero && horizon > .zero)
    self.binWidth = binWidth
    self.horizon = horizon
    let streams = StreamDemand.streams(of: world)
    self.streams = streams
    var rates: [[Double]] = []
    for (id, workload) in world.workloads.enumerated() {
      if workload.isCalled {
        rates.append([])
        continue
      }
      var row = workload.spec.expectedRates(binWidth: binWidth, horizon: horizon)
      for bin in row.indices { row[bin] *= growth(id, binWidth * Int64(bin)) }
      rates.append(row)
    }
    for (id, workload) in world.workloads.enumerated() where workload.isCalled {
      guard let caller = world.caller(ofWorkload: id) else {
        rates[id] = [Double](repeating: 0, count: rates.map(\.count).max() ?? 0)
        continue
      }
      let calls = Double(world.calls(ofWorkload: id, by: caller))
      rates[id] = rates[caller].map { $0 * calls }
    }
    self.rates = rates
    shares = streams.map { stream in
      let caller = world.caller(ofWorkload: stream.workload) ?? stream.workload
      let origins = world.workloads[caller].spec.origins
      let total = origins.reduce(0) { $0 + $1.share }
      return (origins.first { $0.origin == stream.origin }?.share ?? 0) / total
    }
    diurnal = streams.map { stream in
      let caller = world.caller(ofWorkload: stream.workload) ?? stream.workload
      return OriginCurve(world.workloads[caller].spec, origin: stream.origin)
    }
    var states = [State(factors: world.workloads.map { _ in 1 }, share: 1)]
    for (id, workload) in world.workloads.enumerated() {
      let modulation = workload.spec.modulation
      guard modulation.count > 1, states.count * modulation.count <= Self.mostStates else {
        continue
      }
      states = states.flatMap { state in
        modulation.map { part in
          var next = state
          next.factors[id] = part.factor
          next.share *= part.share
          return next
        }
      }
    }
    self.states = states
  }

  /// Streams that tell bins apart: one of each workload whose origins keep their shares, else all of it.
  var keyStreams: [Int] {
    streams.indices.filter { place in
      diurnal[place] != nil
        || !streams[..<place].contains { $0.workload == streams[place].workload }
    }
  }

  /// Number of bins.
  public var bins: Int {
    Int((horizon.nanoseconds - 1) / binWidth.nanoseconds) + 1
  }

  /// Seconds of a bin.
  public func seconds(ofBin bin: Int) -> Double {
    let start = binWidth * Int64(bin)
    return min(binWidth, horizon - start).seconds
  }

  /// Expected requests a second of a stream in a bin, in a joint state.
  func rate(_ stream: Int, bin: Int, state: Int = 0) -> Double {
    let workload = streams[stream].workload
    let share = diurnal[stream]?.share(at: (Double(bin) + 0.5) * binWidth.seconds) ?? shares[stream]
    return rates[workload][bin] * share * states[state].factors[workload]
  }

  /// Expected requests a second of every stream in a bin, in the busiest joint state of workloads that change
  /// at random.
  public func rates(bin: Int) -> [Double] {
    streams.indices.map { stream in
      let workload = streams[stream].workload
      let busiest = states.map { $0.factors[workload] }.max() ?? 1
      return rate(stream, bin: bin) / max(1e-12, states[0].factors[workload]) * busiest
    }
  }

  /// Expected requests a second of a workload in a bin.
  public func workloadRate(_ workload: Int, bin: Int) -> Double { rates[workload][bin] }

  /// The rates of bins, row by row, all streams a row.
  func rows(_ bins: Range<Int>, state: Int = 0) -> Matrix {
    var matrix = Matrix(rows: bins.count, columns: streams.count)
    for (row, bin) in bins.enumerated() {
      for stream in streams.indices {
        matrix.elements[row * streams.count + stream] = rate(stream, bin: bin, state: state)
      }
    }
    return matrix
  }
}

/// The share of an origin in a workload that follows the hour of the day at each of several.
private struct OriginCurve: Sendable {
  /// By hour of the run's day, 24 of them and the first again.
  private let shares: [Double]

  init?(_ spec: WorkloadSpec, origin: Int) {
    guard case .diurnal = spec.arrivals,
      Set(spec.origins.map(\.utcOffsetHours)).count > 1,
      let place = spec.origins.firstIndex(where: { $0.origin == origin })
    else { return nil }
    shares = (0...24).map { spec.originShares(at: .seconds(Int64($0 % 24) * 3600))[place] }
  }

  func share(at seconds: Double) -> Double {
    let hours = (seconds / 3600).truncatingRemainder(dividingBy: 24)
    let before = min(23, Int(hours))
    let part = hours - Double(before)
    return shares[before] * (1 - part) + shares[before + 1] * part
  }
}
