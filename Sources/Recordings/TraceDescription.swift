import SimulationKernel
import Statistics
import Workload

/// What a trace is like: how many come when, how unevenly, how long they are, what they share; and how far
/// synthetic demand fitted to it is off.
public struct TraceDescription: Sendable {
  /// Figures of one kind of length, tokens.
  public struct Lengths: Hashable, Sendable {
    /// Mean.
    public var mean: Double
    /// Median.
    public var median: Int32
    /// 90th percentile.
    public var p90: Int32
    /// 99th percentile.
    public var p99: Int32
    /// Longest.
    public var longest: Int32
    /// Median of the lognormal law fitted to the logarithms.
    public var lognormalMedian: Double
    /// Standard deviation of the logarithms, the law's.
    public var lognormalSigma: Double
    /// Distance of Kolmogorov and Smirnov between the lengths and that law.
    public var distance: Double
  }

  /// What prompts share, from the hashes of their blocks.
  public struct Sharing: Hashable, Sendable {
    /// Tokens of a block.
    public var blockTokens: Int
    /// Blocks that differ.
    public var blocks: Int
    /// Share of all prompt tokens that lie in leading blocks seen before: what a cache that never forgets
    /// would save.
    public var tokenShare: Double
    /// Share of requests with at least one such block.
    public var requestShare: Double
  }

  /// Requests.
  public let requests: Int
  /// From the first to the last, seconds.
  public let span: Double
  /// Requests a second between the two.
  public let rate: Double
  /// Most requests in a whole minute from the first on, and when it begins, seconds; `nil` below a minute.
  public let peakMinute: (requests: Int, start: Double)?
  /// Counts in windows of a second, ten, a minute and ten, as far as two fit.
  public let dispersions: [CountDispersion]
  /// Coefficient of variation of the gaps.
  public let gapVariation: Double
  /// Correlation of the counts of seconds that lie 1, 10, 60 and 600 apart, as far as they do.
  public let correlations: [(lag: Int, value: Double)]
  /// Prompt lengths.
  public let prompts: Lengths
  /// Output lengths.
  public let outputs: Lengths
  /// Correlation of a request's prompt and output.
  public let lengthCorrelation: Double
  /// What prompts share; `nil` where the trace does not say.
  public let sharing: Sharing?
  /// Synthetic arrivals fitted to the trace, the nearest in dispersion first; empty below a hundred
  /// requests.
  public let twins: [ArrivalTwin]

  /// Windows through which counts are seen, seconds.
  public static let windows = [1, 10, 60, 600]

  /// Fewest requests that synthetic arrivals are fitted to.
  public static let fewestForTwins = 100

  /// Describes a trace.
  ///
  /// - Parameter seeds: Courses of each synthetic twin that are played.
  /// - Throws: where the trace has fewer than two requests, or all at one instant.
  /// - Complexity: O(n log n), and as many requests drawn for each twin and seed.
  public init(_ trace: ImportedTrace, name: String, seeds: Int = 10) throws(RecordingError) {
    guard trace.count >= 2, let first = trace.times.first, let last = trace.times.last, last > first
    else {
      throw RecordingError(
        file: name,
        problem: "found \(trace.count) requests at one instant, expected two or more apart")
    }
    requests = trace.count
    span = Double(last - first) / 1e9
    rate = Double(trace.count - 1) / span
    peakMinute = Self.peak(trace.times)
    dispersions = Self.windows.compactMap {
      CountDispersion(times: trace.times, window: Int64($0) * 1_000_000_000)
    }
    let gaps = zip(trace.times, trace.times.dropFirst()).map { Double($1 - $0) }
    let moments = SampleMoments(gaps)
    gapVariation = moments.deviation / moments.mean
    correlations = Self.correlations(trace.times)
    prompts = Self.lengths(trace.promptTokens)
    outputs = Self.lengths(trace.outputTokens)
    lengthCorrelation = Self.correlation(trace.promptTokens, trace.outputTokens)
    sharing = Self.sharing(trace)
    if trace.count >= Self.fewestForTwins {
      twins = ArrivalTwin.fitted(
        times: trace.times, rate: rate, gapVariation: gapVariation, dispersions: dispersions,
        seeds: seeds)
    } else {
      twins = []
    }
  }

  private static func peak(_ times: [Int64]) -> (requests: Int, start: Double)? {
    let minute: Int64 = 60_000_000_000
    guard let first = times.first, let last = times.last, last - first >= minute else { return nil }
    var best = (requests: 0, start: 0.0)
    var row = 0
    // From request to request: a gap may be of years.
    while row < times.count {
      let number = (times[row] - first) / minute
      guard number < (last - first) / minute else { break }
      let start = row
      while row < times.count, times[row] < first + (number + 1) * minute { row += 1 }
      if row - start > best.requests { best = (row - start, Double(number) * 60) }
    }
    return best
  }

  /// Of the counts of whole seconds; no more than a quarter of the trace apart.
  private static func correlations(_ times: [Int64]) -> [(lag: Int, value: Double)] {
    guard let first = times.first, let last = times.last else { return [] }
    let seconds = Int((last - first) / 1_000_000_000)
    // A second takes four bytes; a year of them is a thousandth of the trace that fills it.
    guard seconds >= 8, seconds <= 400 * 86_400 else { return [] }
    var counts = [Int32](repeating: 0, count: seconds)
    for time in times {
      let second = Int((time - first) / 1_000_000_000)
      if second < seconds { counts[second] += 1 }
    }
    let mean = counts.reduce(0.0) { $0 + Double($1) } / Double(seconds)
    let squares = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    guard squares > 0 else { return [] }
    return windows.filter { $0 <= seconds / 4 }.map { lag in
      var sum = 0.0
      for second in 0..<(seconds - lag) {
        sum += (Double(counts[second]) - mean) * (Double(counts[second + lag]) - mean)
      }
      return (lag, sum / squares)
    }
  }

  private static func lengths(_ tokens: [Int32]) -> Lengths {
    let sorted = tokens.sorted()
    func quantile(_ p: Double) -> Int32 {
      sorted[min(sorted.count - 1, Int((p * Double(sorted.count)).rounded(.up)) - 1)]
    }
    let logs = SampleMoments(tokens.lazy.map { DeterministicMath.log(Double(max(1, $0))) })
    let median = DeterministicMath.exp(logs.mean)
    let law = Distribution.lognormal(median: median, sigma: logs.deviation)
    // Draws are rounded to whole tokens, so a length stands for all that round to it.
    let distance = KolmogorovSmirnov.distance(
      sorted.map { Double(max(1, $0)) }, isWhole: true
    ) { 1 - law.probability(above: $0 + 0.5) }
    return Lengths(
      mean: tokens.reduce(0.0) { $0 + Double($1) } / Double(tokens.count), median: quantile(0.5),
      p90: quantile(0.9), p99: quantile(0.99), longest: sorted[sorted.count - 1],
      lognormalMedian: median, lognormalSigma: logs.deviation, distance: distance)
  }

  private static func correlation(_ a: [Int32], _ b: [Int32]) -> Double {
    let (x, y) = (SampleMoments(a.lazy.map(Double.init)), SampleMoments(b.lazy.map(Double.init)))
    guard x.variance > 0, y.variance > 0 else { return 0 }
    let sum = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - x.mean) * (Double($1.1) - y.mean) }
    return sum / (Double(a.count - 1) * x.deviation * y.deviation)
  }

  private static func sharing(_ trace: ImportedTrace) -> Sharing? {
    guard let blockTokens = trace.blockTokens, !trace.hashEnds.isEmpty else { return nil }
    var seen: Set<UInt64> = []
    var (all, hit, requests) = (0.0, 0.0, 0)
    for row in 0..<trace.count {
      let hashes = trace.hashes(of: row)
      let leading = hashes.prefix { seen.contains($0) }.count
      all += Double(trace.promptTokens[row])
      hit += Double(min(Int(trace.promptTokens[row]), leading * blockTokens))
      requests += leading > 0 ? 1 : 0
      seen.formUnion(hashes)
    }
    return Sharing(
      blockTokens: blockTokens, blocks: seen.count, tokenShare: all > 0 ? hit / all : 0,
      requestShare: Double(requests) / Double(trace.count))
  }
}
