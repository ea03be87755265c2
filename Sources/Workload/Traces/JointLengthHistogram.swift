import SimulationKernel

/// How often each pair of a prompt length and an output length came, in bins that widen with the
/// length.
///
/// A bin is named by its lower bound. Lengths below 2^(bits + 1) have bins of their own; above, each
/// doubling has 2^bits bins, so a bin is at most 2^-bits of its lower bound wide.
public struct JointLengthHistogram: Hashable, Sendable {
  /// A bin of both lengths that is not empty.
  public struct Cell: Hashable, Sendable {
    /// Smallest prompt length of the cell, tokens.
    public var prompt: Int32
    /// Smallest output length of the cell, tokens.
    public var output: Int32
    /// Requests in the cell.
    public var count: Int64
  }

  /// Bins per doubling, as a power of two.
  public let bits: Int
  /// The cells that are not empty, by prompt, then by output.
  public let cells: [Cell]
  private let cumulative: [UInt64]

  /// Creates a histogram from its cells.
  ///
  /// - Precondition: `bits` is 0 to 10; every cell's bounds are lower bounds of bins and at least 1,
  ///   its count is positive, cells are ordered by prompt, then output; there is at least one.
  init(bits: Int, cells: [Cell]) {
    precondition((0...10).contains(bits) && !cells.isEmpty)
    self.bits = bits
    self.cells = cells
    var total: UInt64 = 0
    var sums: [UInt64] = []
    sums.reserveCapacity(cells.count)
    for cell in cells {
      total += UInt64(cell.count)
      sums.append(total)
    }
    cumulative = sums
  }

  /// Counts the pairs of a trace.
  public init(_ rows: TraceRows, bits: Int = 3) {
    var pairs: [UInt64] = []
    pairs.reserveCapacity(rows.count)
    for (prompt, output) in zip(rows.promptTokens, rows.outputTokens) {
      let low = Self.lowerBound(prompt, bits: bits)
      pairs.append(UInt64(low) << 32 | UInt64(Self.lowerBound(output, bits: bits)))
    }
    pairs.sort()
    var cells: [Cell] = []
    for pair in pairs {
      let cell = Cell(
        prompt: Int32(pair >> 32), output: Int32(truncatingIfNeeded: pair), count: 1)
      if let last = cells.last, last.prompt == cell.prompt, last.output == cell.output {
        cells[cells.count - 1].count += 1
      } else {
        cells.append(cell)
      }
    }
    self.init(bits: bits, cells: cells)
  }

  /// Requests counted.
  public var total: Int64 { Int64(cumulative[cumulative.count - 1]) }

  /// The pair of lengths that two words of random bits stand for: a cell by its count, and a whole
  /// number of each of its ranges, all equally likely.
  ///
  /// - Complexity: O(log cells).
  public func lengths(_ bits: (UInt64, UInt64)) -> (prompt: Int32, output: Int32) {
    let (rank, rest) = boundedInteger(bits.0, below: UInt64(total))
    let cell = cells[cumulative.partitioningIndex { $0 > rank }]
    let prompt = boundedInteger(rest, below: UInt64(width(cell.prompt))).value
    let output = boundedInteger(bits.1, below: UInt64(width(cell.output))).value
    return (cell.prompt + Int32(prompt), cell.output + Int32(output))
  }

  /// Number of lengths in the bin with this lower bound.
  func width(_ lowerBound: Int32) -> Int32 { Self.width(lowerBound, bits: bits) }

  static func width(_ lowerBound: Int32, bits: Int) -> Int32 {
    1 << Int32(max(0, 31 - lowerBound.leadingZeroBitCount - bits))
  }

  static func lowerBound(_ length: Int32, bits: Int) -> Int32 {
    length & -width(length, bits: bits)
  }
}
