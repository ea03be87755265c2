/// The cheapest numbers of replicas that bear a demand, from what is to be had.
///
/// Minimise `Σ cost·n + startup cost·max(n − present, 0)` over whole `n`, subject to `Σ yield·n ≥ demand`,
/// `minimum ≤ n ≤ maximum`, and for each stock `Σ accelerators·(n − present) ≤ obtainable` over the options
/// that take from it: what one gives back another may take. Where no choice bears the demand, the one with
/// the least shortfall, and among those the cheapest.
///
/// The program of SageServe's hourly plan (shashwatj07/SageServe, long_term_allocation.py, read 2026-08) with
/// the stock that it leaves out. Whole numbers throughout, so that the answer is the same on every machine;
/// solved by branch and bound (``CoverSearch``).
struct CoverProgram: Sendable {
  /// A kind of replica.
  struct Option: Hashable, Sendable {
    /// Fewest.
    var minimum: Int
    /// Most.
    var maximum: Int
    /// How many there are.
    var present: Int
    /// What one bears, in the demand's unit; above zero.
    var yield: Int64
    /// What one costs.
    var cost: Int64
    /// What one costs more where it has to be started.
    var startupCost: Int64 = 0
    /// Accelerators one takes.
    var accelerators = 1
    /// The stock they come from; -1 where they are always to be had.
    var stock = -1
  }

  /// A choice.
  struct Answer: Hashable, Sendable {
    /// Replicas by option.
    var counts: [Int]
    /// Demand that is not borne.
    var shortfall: Int64
    /// What the replicas cost.
    var cost: Int128
    /// Whether no better choice exists; false where the search was cut short.
    var isProven = true
  }

  /// The kinds of replicas.
  let options: [Option]
  /// What shall be borne.
  let demand: Int64
  /// Accelerators to be had beyond those held, by stock. No less than the minima need: what must be is
  /// asked for whether or not it is there.
  let obtainable: [Int]

  /// Creates a program.
  ///
  /// - Parameter obtainable: Accelerators to be had beyond those held, by stock; a negative number or
  ///   one too small for the minima is raised to what they need.
  init(options: [Option], demand: Int64, obtainable: [Int] = []) {
    precondition(
      options.allSatisfy {
        0 <= $0.minimum && $0.minimum <= $0.maximum && $0.yield > 0 && $0.cost >= 0
          && $0.startupCost >= 0 && $0.accelerators >= 0 && $0.stock < obtainable.count
      })
    self.options = options
    self.demand = demand
    self.obtainable = obtainable.indices.map { stock in
      let needed = options.filter { $0.stock == stock }.reduce(0) {
        $0 + $1.accelerators * ($1.minimum - $1.present)
      }
      // A limit beyond all maxima is none; this keeps sums small.
      let useful = options.filter { $0.stock == stock }.reduce(0) {
        $0 + $1.accelerators * ($1.maximum - $1.present)
      }
      return max(needed, min(obtainable[stock], useful))
    }
  }

  /// The best choice; past `nodes` looks the best that was found, which a greedy one starts.
  ///
  /// Exponential in the options at worst, within `nodes` × options.
  func solve(nodes: Int = 20_000) -> Answer {
    guard !options.isEmpty else { return Answer(counts: [], shortfall: max(0, demand), cost: 0) }
    var search = CoverSearch(self, nodes: nodes)
    return search.run()
  }

  /// What numbers of replicas leave of the demand, and cost.
  func value(_ counts: [Int]) -> (shortfall: Int64, cost: Int128) {
    var borne: Int128 = 0
    var cost: Int128 = 0
    for (option, count) in zip(options, counts) {
      borne += Int128(option.yield) * Int128(count)
      cost += option.price(count)
    }
    return (Int64(max(0, Int128(demand) - borne)), cost)
  }
}

extension CoverProgram.Option {
  /// What so many cost.
  func price(_ count: Int) -> Int128 {
    Int128(cost) * Int128(count) + Int128(startupCost) * Int128(max(0, count - present))
  }
}
