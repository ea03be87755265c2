import SimulationKernel

/// Everything about a request but its time: a function of the run's seed, the workload's name and
/// the request's number, and of nothing else.
///
/// A class of constants: reading it from an array counts one reference, where a struct with as many
/// arrays and enums inside would be copied piece by piece for every request.
final class RequestAttributes: Sendable {
  private let shape: ShapeLaw
  private let lengthDraws: KeyedStream
  private let placeDraws: KeyedStream
  private let origins: [Int32]
  /// The share of each origin and those before it; the last is 1.
  private let cumulativeShares: [Double]
  private let fixedEstimate: Int32
  /// Deviation of the logarithm of the estimate's error; zero for an estimate without noise.
  private let noise: Double
  private let isNoisy: Bool
  private let prefix: PrefixLaw?
  private let prefixDraws: KeyedStream
  private let followUp: ShapeLaw?

  init(_ spec: WorkloadSpec, streamSeed: UInt64) {
    lengthDraws = KeyedStream(seed: streamSeed, entity: 0, purpose: .lengths)
    placeDraws = KeyedStream(seed: streamSeed, entity: 0, purpose: .place)
    if case .trace(let replay) = spec.arrivals {
      shape = ShapeLaw(.empirical(replay.source))
    } else {
      shape = ShapeLaw(spec.shape)
    }
    prefix = spec.prefix.map(PrefixLaw.init)
    prefixDraws = KeyedStream(seed: streamSeed, entity: 0, purpose: .prefixes)
    followUp = spec.sessions?.followUp.map { ShapeLaw($0) }
    origins = spec.origins.map { Int32($0.origin) }
    cumulativeShares = Self.cumulative(spec.origins.map(\.share))
    switch spec.outputEstimate {
    case .mean:
      fixedEstimate = Int32(max(1, nearestInteger(spec.lengthMoments.meanOutput)))
      noise = 0
      isNoisy = false
    case .fixed(let tokens):
      fixedEstimate = Int32(tokens)
      noise = 0
      isNoisy = false
    case .noisy(let variation):
      fixedEstimate = 0
      noise = DeterministicMath.log1p(variation * variation).squareRoot()
      isNoisy = true
    }
  }

  /// What every request of the workload has, as far as that does not depend on the request.
  var common: CommonAttributes {
    var common = CommonAttributes()
    if !shape.isRandom, prefix == nil { common.lengths = shape.lengths((0, 0)) }
    if origins.count == 1 && !isNoisy { common.place = (origins[0], fixedEstimate) }
    return common
  }

  static func cumulative(_ shares: [Double]) -> [Double] {
    let total = shares.reduce(0, +)
    var sum = 0.0
    var cumulative = shares.map { share in
      sum += share
      return sum / total
    }
    cumulative[cumulative.count - 1] = 1
    return cumulative
  }

  /// The lengths of request `index`.
  func lengths(_ index: UInt64) -> (prompt: Int32, output: Int32) {
    var lengths = shape.lengths(lengthDraws.block(index))
    if prefix != nil { lengths.prompt += prefixTokens(index) }
    return lengths
  }

  /// Tokens of the shared text that request (or session) `number` begins with.
  func prefixTokens(_ number: UInt64) -> Int32 {
    prefix?.text(prefixDraws.block(number)).tokens ?? 0
  }

  /// New words and answer of the turn `index` of a session, its first one's shared text included.
  func turn(_ index: UInt64, isFirst: Bool) -> (prompt: Int32, output: Int32) {
    let draws = lengthDraws.block(index)
    if !isFirst { return (followUp ?? shape).lengths(draws) }
    let lengths = shape.lengths(draws)
    return (lengths.prompt + prefixTokens(SessionBook.session(of: index)), lengths.output)
  }

  /// The origin of request `index` and what a policy is told about its output, of `output` tokens.
  ///
  /// `shares` replaces the workload's own cumulative shares where those depend on the time.
  func place(
    _ index: UInt64, output: Int32, shares: [Double]? = nil
  ) -> (origin: Int32, estimate: Int32) {
    let (first, second) = placeDraws.block(index)
    let origin = origins[Self.pick(shares ?? cumulativeShares, unitInterval(first))]
    if !isNoisy { return (origin, fixedEstimate) }
    let error = DeterministicMath.exp(
      noise * DeterministicMath.normalQuantile(unitInterval(second)) - 0.5 * noise * noise)
    let estimate = Double(output) * error
    let limit = Double(TraceRows.longestLength)
    return (origin, Int32(max(1, nearestInteger(min(estimate, limit)))))
  }

  /// The first whose cumulative share is above `u`; origins are few, so a walk beats a search.
  private static func pick(_ cumulative: [Double], _ u: Double) -> Int {
    var i = 0
    while i < cumulative.count - 1 && cumulative[i] <= u { i += 1 }
    return i
  }
}

/// Attributes that all requests of a workload share; lengths and estimates are positive, so zero says
/// that they differ.
struct CommonAttributes: Sendable {
  var lengths: (prompt: Int32, output: Int32) = (0, 0)
  var place: (origin: Int32, estimate: Int32) = (0, 0)
}

extension KeyedStream.Purpose {
  static let gaps: Self = 256
  static let states: Self = 257
  static let lengths: Self = 258
  static let place: Self = 259
  static let thinning: Self = 260
  static let shifts: Self = 261
  static let thinking: Self = 262
  static let prefixes: Self = 263
  static let turns: Self = 264
}

/// The key of a workload's random streams: the run's seed and the workload's name, so that a workload
/// keeps its draws when others are added, removed or moved.
func streamSeed(_ seed: UInt64, workload name: String) -> UInt64 {
  var hash = Fingerprint()
  hash.combine(seed, 0)
  for byte in name.utf8 { hash.combine(UInt64(byte), 1) }
  return hash.value
}
