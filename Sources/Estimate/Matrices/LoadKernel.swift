import COpenBLAS

/// The inner loop of a screening: products of demand with placements' work, many placements side by side,
/// into memory that stays in the cache.
struct LoadKernel: ~Copyable {
  private let demand: UnsafeMutablePointer<Double>
  private let work: UnsafeMutablePointer<Double>
  private let loads: UnsafeMutablePointer<Double>
  let bins: Int
  let streams: Int
  let columns: Int
  /// What the products took.
  private(set) var timing = ProductTiming()

  /// Prepares memory for products of `demand` (bins × streams) with up to `columns` columns of work.
  init(_ demand: Matrix, columns: Int) {
    bins = demand.rows
    streams = demand.columns
    self.columns = columns
    self.demand = .allocate(capacity: max(1, bins * streams))
    self.demand.initialize(from: demand.elements, count: bins * streams)
    work = .allocate(capacity: max(1, streams * columns))
    work.initialize(repeating: 0, count: max(1, streams * columns))
    loads = .allocate(capacity: max(1, bins * columns))
    loads.initialize(repeating: 0, count: max(1, bins * columns))
  }

  deinit {
    demand.deallocate()
    work.deallocate()
    loads.deallocate()
  }

  /// Sets the work of a stream's request in a column, replica-seconds.
  func set(stream: Int, column: Int, _ value: Double) { work[stream * columns + column] = value }

  /// Multiplies.
  mutating func multiply() {
    let clock = ContinuousClock()
    let begin = clock.now
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(bins), Int32(columns), Int32(streams), 1,
      demand, Int32(streams), work, Int32(columns), 0, loads, Int32(columns))
    timing.add(clock.now - begin, bins, streams, columns)
  }

  /// The load in a bin and column.
  @inline(__always)
  func load(bin: Int, column: Int) -> Double { loads[bin * columns + column] }

  /// The bare product of a shape, `count` times: what an estimate's own products are held against.
  static func bare(bins: Int, streams: Int, columns: Int, count: Int) -> ProductTiming {
    var demand = Matrix(rows: bins, columns: streams)
    for i in demand.elements.indices { demand.elements[i] = Double(i % 97) / 97 }
    var kernel = LoadKernel(demand, columns: columns)
    for stream in 0..<streams {
      for column in 0..<columns { kernel.set(stream: stream, column: column, 1) }
    }
    kernel.multiply()
    kernel.timing = ProductTiming()
    for _ in 0..<count { kernel.multiply() }
    return kernel.timing
  }
}
