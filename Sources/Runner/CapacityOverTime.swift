import Multicloud

/// How many replicas of an elastic pool were ready and wanted in the course of a run, in bounded memory.
public struct CapacityOverTime: Hashable, Sendable {
  /// Some minutes next to each other: sums over them.
  public struct Bin: Hashable, Sendable {
    /// Ready replicas × nanoseconds.
    public var readyTime: Int128 = 0
    /// Wanted replicas × nanoseconds.
    public var wantedTime: Int128 = 0
    /// Nanoseconds.
    public var length: Int64 = 0

    /// Ready replicas, mean over time; `nil` where no time has passed.
    public var ready: Double? { length > 0 ? Double(readyTime) / Double(length) : nil }

    static func + (a: Bin, b: Bin) -> Bin {
      Bin(
        readyTime: a.readyTime + b.readyTime, wantedTime: a.wantedTime + b.wantedTime,
        length: a.length + b.length)
    }
  }

  /// Bins of equal length in order of time; the last may not be full.
  public private(set) var bins: [Bin] = []
  /// Minutes in a bin: a power of two.
  public private(set) var minutesPerBin = 1
  /// Minutes after the warm-up.
  public private(set) var measuredMinutes = 0
  /// Minutes after the warm-up at whose end the most was wanted that may be.
  public private(set) var minutesAtMaximum = 0
  private var minutes = 0

  /// Most bins kept: where there would be more, neighbours become one.
  public static let mostBins = UseOverTime.Series.mostBins

  /// Adds the next minute. O(1), amortised.
  mutating func add(
    readyTime: Int128, wantedTime: Int128, length: Int64, isAtMaximum: Bool, isMeasured: Bool
  ) {
    if minutes == minutesPerBin * bins.count {
      if bins.count == Self.mostBins { halve() }
      bins.append(Bin())
    }
    minutes += 1
    let last = bins.count - 1
    bins[last] = bins[last] + Bin(readyTime: readyTime, wantedTime: wantedTime, length: length)
    guard isMeasured else { return }
    measuredMinutes += 1
    if isAtMaximum { minutesAtMaximum += 1 }
  }

  private mutating func halve() {
    bins = Self.joined(bins, 2)
    minutesPerBin *= 2
  }

  /// At most `count` bins, each the sum of as many neighbours. O(bins).
  public func condensed(to count: Int) -> [Bin] {
    precondition(count > 0, "a line has room for something")
    return Self.joined(bins, max(1, (bins.count + count - 1) / count))
  }

  private static func joined(_ bins: [Bin], _ each: Int) -> [Bin] {
    stride(from: 0, to: bins.count, by: each).map { start in
      bins[start..<min(start + each, bins.count)].reduce(Bin(), +)
    }
  }
}
