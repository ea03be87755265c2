import SimulationKernel

/// A client of ServeGen: rates and variations by window, and how long its requests are. Requests are not
/// recorded, so they are drawn, by a seed.
///
/// Source: alibaba/ServeGen, `data/**/chunk-*-trace.csv`, read 2026-07: start of the window in seconds,
/// requests a second, coefficient of variation of their gaps, name of the law fitted (`Gamma` or
/// `Weibull`; empty where there were too few requests), and the law's two parameters. Rate and variation
/// are used, the parameters say the same.
public struct ServeGenClient: Sendable {
  /// How long requests are from some moment on.
  public struct Lengths: Sendable {
    /// Seconds from the start of the trace.
    public var from: Int64
    /// Law of the prompt.
    public var prompt: LengthSpec
    /// Law of the output, independent of the prompt.
    public var output: LengthSpec

    /// Creates lengths.
    public init(from: Int64, prompt: LengthSpec, output: LengthSpec) {
      self.from = from
      self.prompt = prompt
      self.output = output
    }
  }

  private struct Window {
    var start: Int64
    var rate: Double
    var variation: Double
    var isWeibull: Bool
  }

  private let file: String
  private var windows: [Window] = []

  /// Length of the last window, whose end the file does not say, seconds.
  private static let lastWindow: Int64 = 600

  /// Variations that arrivals take.
  private static let variations = 0.01...20.0

  /// Creates a client without windows.
  public init(file: String) { self.file = file }

  /// Reads a line without its end; blank ones are passed over.
  public mutating func read(_ line: String, number: Int) throws(TraceError) {
    func problem(_ text: String) -> TraceError {
      TraceError(file: file, line: number, problem: text)
    }
    let line = line.last == "\r" ? String(line.dropLast()) : line
    if line.allSatisfy({ $0 == " " }) { return }
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == 6 else {
      throw problem("found \(fields.count) fields, expected 6: time, rate, cv, law, two parameters")
    }
    guard let start = Int64(fields[0]), start >= 0, start < 1 << 31 else {
      throw problem("found \"\(fields[0])\", expected the start of a window in whole seconds")
    }
    if let last = windows.last, start <= last.start {
      throw problem(
        "found a window at \(start) s after one at \(last.start) s, expected rising ones")
    }
    guard let rate = Double(fields[1]), rate >= 0, rate <= 1e6 else {
      throw problem("found \"\(fields[1])\", expected requests a second from 0 to 1e6")
    }
    let name = fields[3].lowercased()
    guard name.isEmpty || name == "gamma" || name == "weibull" || name == "exponential" else {
      throw problem("found the law \"\(fields[3])\", expected Gamma, Weibull or Exponential")
    }
    var window = Window(start: start, rate: rate, variation: 1, isWeibull: name == "weibull")
    if rate > 0, !name.isEmpty, name != "exponential" {
      guard let variation = Double(fields[2]), variation > 0, variation.isFinite else {
        throw problem("found \"\(fields[2])\", expected a coefficient of variation above 0")
      }
      window.variation = variation
    }
    windows.append(window)
  }

  /// Most requests that are drawn: more than any trace that is published, and what memory holds.
  public static let mostRequests = 1e8

  /// How many requests its windows come to, on average.
  public var expectedRequests: Double {
    windows.indices.reduce(0) { sum, index in
      sum + windows[index].rate * Double(end(of: index) - windows[index].start)
    }
  }

  /// When a window ends, seconds: at the beginning of the next.
  private func end(of index: Int) -> Int64 {
    index + 1 < windows.count ? windows[index + 1].start : windows[index].start + Self.lastWindow
  }

  /// Draws the requests.
  ///
  /// - Parameters:
  ///   - lengths: By rising moment, the first at or before the first window.
  ///   - seed: Key of every draw.
  /// - Throws: where there are no windows, or nothing comes in them.
  /// - Complexity: O(requests), and a few milliseconds for each window with a variation of its own.
  public func draw(lengths: [Lengths], seed: UInt64) throws(TraceError) -> ImportedTrace {
    guard let first = windows.first, !lengths.isEmpty else {
      throw TraceError(file: file, problem: "found no windows, expected at least one")
    }
    guard expectedRequests <= Self.mostRequests else {
      throw TraceError(
        file: file,
        problem: "about \(Int64(expectedRequests)) requests in its windows, expected at most "
          + "\(Int64(Self.mostRequests)); cut the file into parts")
    }
    var trace = ImportedTrace()
    var bounded = 0
    for (index, window) in windows.enumerated() where window.rate > 0 {
      let end = end(of: index)
      let law = lengths.last { $0.from <= window.start } ?? lengths[0]
      let variation = min(
        max(window.variation, Self.variations.lowerBound), Self.variations.upperBound)
      if variation != window.variation { bounded += 1 }
      let arrivals: ArrivalSpec =
        if window.isWeibull {
          .weibull(
            rate: window.rate,
            shape: WeibullShape.shape(coefficientOfVariation: variation))
        } else if variation == 1 {
          .poisson(rate: window.rate)
        } else {
          .gamma(rate: window.rate, coefficientOfVariation: variation)
        }
      let spec = WorkloadSpec(
        name: "window-\(window.start)", arrivals: arrivals,
        shape: .independent(prompt: law.prompt, output: law.output),
        origins: [OriginShare(origin: 0, share: 1)])
      do {
        var stream = try DemandStream(
          [spec], seed: seed, horizon: .seconds(end - window.start))
        while stream.nextTime != .never {
          let arrival = stream.pull()
          trace.append(
            time: (window.start - first.start) * 1_000_000_000 + arrival.time.nanoseconds,
            prompt: arrival.promptTokens, output: arrival.outputTokens)
        }
      } catch {
        throw TraceError(file: file, problem: "the window at \(window.start) s: \(error)")
      }
    }
    guard trace.count > 0 else {
      throw TraceError(file: file, problem: "nothing comes in any window at this seed")
    }
    trace.notes.append(
      "requests are drawn from the windows' rates and variations, seed \(seed): the file records none"
    )
    if bounded > 0 {
      trace.notes.append(
        "\(bounded) windows vary by more than \(Int(Self.variations.upperBound)) or less than "
          + "\(Self.variations.lowerBound); they were drawn at that")
    }
    trace.finish(rebased: false)
    return trace
  }
}
