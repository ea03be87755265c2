import Multicloud
import SimulationKernel

/// How much of every pool, endpoint and quota was used, minute by minute, in bounded memory.
public struct UseOverTime: Sendable {
  /// The minute in which most was used, after the warm-up.
  public struct Peak: Sendable {
    /// What was used, in the unit of its series.
    public var value: Double
    /// Start of the minute, from the run's start.
    public var start: Duration

    /// Creates a peak.
    public init(value: Double, start: Duration) {
      self.value = value
      self.start = start
    }
  }

  /// One pool, endpoint or quota.
  public struct Series: Sendable {
    /// Some minutes next to each other.
    public struct Bin: Sendable {
      /// What was used in the minute that used most.
      public var most = 0.0
      /// Waiting requests × nanoseconds.
      public var waitingIntegral: Int128 = 0
      /// Nanoseconds.
      public var length: Int64 = 0
    }

    /// Bins of equal length in order of time; the last may not be full.
    public private(set) var bins: [Bin] = []
    /// Minutes in a bin: a power of two.
    public private(set) var minutesPerBin = 1
    /// The minute in which most was used; `nil` where the whole run was warm-up.
    public private(set) var peak: Peak?
    /// Calls refused after the warm-up.
    public private(set) var refused: Int64 = 0
    private var minutes = 0

    /// Most bins kept: where there would be more, neighbours become one.
    public static let mostBins = 128

    /// Adds the next minute. O(1), amortised.
    mutating func add(
      _ value: Double, start: Int64, length: Int64, waitingIntegral: Int128 = 0, refused: Int64 = 0,
      isMeasured: Bool
    ) {
      if minutes == minutesPerBin * bins.count {
        if bins.count == Self.mostBins { halve() }
        bins.append(Bin())
      }
      minutes += 1
      let last = bins.count - 1
      bins[last].most = max(bins[last].most, value)
      bins[last].waitingIntegral += waitingIntegral
      bins[last].length += length
      guard isMeasured else { return }
      self.refused += refused
      if value > peak?.value ?? -1 {
        peak = Peak(value: value, start: Duration(nanoseconds: start))
      }
    }

    private mutating func halve() {
      for place in 0..<Self.mostBins / 2 {
        let (a, b) = (bins[2 * place], bins[2 * place + 1])
        bins[place] = Bin(
          most: max(a.most, b.most), waitingIntegral: a.waitingIntegral + b.waitingIntegral,
          length: a.length + b.length)
      }
      bins.removeLast(Self.mostBins / 2)
      minutesPerBin *= 2
    }

    /// Mean number waiting in the last third of the run and in the third before it; `nil` where the
    /// run is shorter than three bins.
    public var waitingTowardsEnd: (before: Double, last: Double)? {
      let third = bins.count / 3
      guard third > 0 else { return nil }
      func mean(_ part: ArraySlice<Bin>) -> Double {
        let length = part.reduce(0) { $0 + $1.length }
        return Double(part.reduce(0) { $0 + $1.waitingIntegral }) / Double(max(1, length))
      }
      return (mean(bins.dropLast(third).suffix(third)), mean(bins.suffix(third)))
    }
  }

  /// By pool: tokens computed and produced a second; of an elastic pool as many as its replicas of the start
  /// would, each doing what one of those did that served: its limit moves with them.
  public private(set) var pools: [Series]
  /// By pool: ready and wanted replicas; `nil` where they do not change.
  public private(set) var capacity: [CapacityOverTime?]
  /// By endpoint: requests in flight as a share of what it can run at once.
  public private(set) var endpoints: [Series]
  /// By quota: the most used of its limit, as a share.
  public private(set) var quotas: [Series]
  private let measuredFrom: Int64
  private let replicas: [Int]
  private let maxima: [Int]

  init(_ world: World) {
    pools = world.pools.map { _ in Series() }
    capacity = world.pools.map { $0.elastic == nil ? nil : CapacityOverTime() }
    replicas = world.pools.map { max(1, $0.replicas) }
    maxima = world.pools.map { $0.elastic?.maximum ?? $0.replicas }
    endpoints = world.endpoints.map { _ in Series() }
    quotas = world.quotas.map { _ in Series() }
    measuredFrom = world.warmup.nanoseconds
  }

  /// Whether any minute was recorded.
  public var isEmpty: Bool {
    pools.allSatisfy(\.bins.isEmpty) && endpoints.allSatisfy(\.bins.isEmpty)
  }

  mutating func look(at minute: borrowing PoolMinute) {
    let id = minute.pool
    let tokens = Double(minute.prefillTokens + minute.outputTokens)
    let isMeasured = minute.start >= measuredFrom
    var time = Double(minute.length)
    if let part = minute.capacity {
      time = Double(part.sums.servingTime) / Double(replicas[id])
      capacity[id]?.add(
        readyTime: part.sums.readyTime, wantedTime: part.sums.wantedTime, length: minute.length,
        isAtMaximum: part.wanted >= maxima[id], isMeasured: isMeasured)
    }
    pools[id].add(
      time > 0 ? tokens * 1e9 / time : 0, start: minute.start, length: minute.length,
      waitingIntegral: minute.waitingIntegral, isMeasured: isMeasured)
  }

  mutating func look(at minute: borrowing DeploymentMinute) {
    guard minute.deployment >= pools.count else { return }
    let time = Double(minute.length) * Double(minute.slots)
    endpoints[minute.deployment - pools.count].add(
      time > 0 ? Double(minute.inFlightIntegral) / time : 0, start: minute.start,
      length: minute.length, isMeasured: minute.start >= measuredFrom)
  }

  mutating func look(at minute: borrowing QuotaMinute) {
    let limit = min(minute.limit, minute.effectiveLimit)
    let share = limit > 0 ? Double(minute.mostUsed) / Double(limit) : minute.mostUsed > 0 ? 1 : 0
    quotas[minute.quota].add(
      share, start: minute.start, length: 0, refused: minute.refused,
      isMeasured: minute.start >= measuredFrom)
  }
}
