/// Branch and bound for a ``CoverProgram``.
///
/// Options are decided one after the other, those that bear most first; the last follows from the others. A
/// choice is dropped when even fractional replicas could not make it better than the best one known: first
/// by shortfall (the densest options first, within each stock), then by cost (the cheapest by what they bear
/// first, each within what its stock has left). Both relaxations leave out a constraint only, so nothing
/// better is ever dropped.
struct CoverSearch {
  private typealias Option = CoverProgram.Option

  /// Replicas of an option that cost the same each: those there are, or those to be started.
  private struct Piece {
    var option: Int
    var unitCost: Int128
    var isStarted: Bool
  }

  /// What is decided so far.
  private struct Node {
    /// Options decided.
    var depth = 0
    /// What those decided bear, and the minima of the others.
    var borne: Int128
    /// What those decided cost, and the minima of the others.
    var cost: Int128
    /// Accelerators left in each stock once the minima of the others are taken.
    var slack: [Int]
  }

  private let program: CoverProgram
  /// Options in the order in which they are decided.
  private let options: [Option]
  /// Place of each in the program.
  private let places: [Int]
  /// Cheapest first.
  private let pieces: [Piece]
  /// Most borne an accelerator first.
  private let densest: [Int]
  private let demand: Int128
  private let nodes: Int

  private var counts: [Int]
  private var best: (shortfall: Int128, cost: Int128, counts: [Int])
  private var leastShortfall: Int128 = 0
  private var looks = 0

  init(_ program: CoverProgram, nodes: Int) {
    self.program = program
    self.nodes = nodes
    demand = Int128(program.demand)
    let order = program.options.indices.sorted {
      let (a, b) = (program.options[$0], program.options[$1])
      return a.yield != b.yield ? a.yield > b.yield : $0 < $1
    }
    places = order
    let options = order.map { program.options[$0] }
    self.options = options
    pieces = options.indices.flatMap { place in
      let option = options[place]
      return [
        Piece(option: place, unitCost: Int128(option.cost), isStarted: false),
        Piece(
          option: place, unitCost: Int128(option.cost) + Int128(option.startupCost),
          isStarted: true),
      ]
    }.sorted {
      let a = $0.unitCost * Int128(options[$1.option].yield)
      let b = $1.unitCost * Int128(options[$0.option].yield)
      if a != b { return a < b }
      return ($0.option, $0.isStarted ? 1 : 0) < ($1.option, $1.isStarted ? 1 : 0)
    }
    densest = options.indices.sorted {
      let a = Int128(options[$0].yield) * Int128(options[$1].accelerators)
      let b = Int128(options[$1].yield) * Int128(options[$0].accelerators)
      return a != b ? a > b : $0 < $1
    }
    counts = options.map(\.minimum)
    best = (0, 0, [])
  }

  /// The best choice.
  mutating func run() -> CoverProgram.Answer {
    let root = Node(
      borne: options.reduce(0) { $0 + Int128($1.yield) * Int128($1.minimum) },
      cost: options.reduce(0) { $0 + $1.price($1.minimum) },
      slack: program.obtainable.indices.map { stock in
        options.filter { $0.stock == stock }.reduce(program.obtainable[stock]) {
          $0 - $1.accelerators * ($1.minimum - $1.present)
        }
      })
    best = greedy(root)
    leastShortfall = shortfall(root)
    branch(root)
    var answer = options.map(\.minimum)
    for (place, count) in zip(places, best.counts) { answer[place] = count }
    return CoverProgram.Answer(
      counts: answer, shortfall: Int64(best.shortfall), cost: best.cost, isProven: looks <= nodes)
  }

  // MARK: A first choice

  /// Fills up the cheapest pieces, then takes away what is not needed, dearest first.
  private func greedy(_ root: Node) -> (Int128, Int128, [Int]) {
    var counts = options.map(\.minimum)
    var slack = root.slack
    var borne = root.borne
    for piece in pieces {
      let option = options[piece.option]
      var room = top(piece, option) - counts[piece.option]
      if option.stock >= 0, option.accelerators > 0 {
        room = min(room, slack[option.stock] / option.accelerators)
      }
      let needed = Self.ceiling(demand - borne, Int128(option.yield))
      let taken = Int(max(0, min(Int128(room), needed)))
      counts[piece.option] += taken
      borne += Int128(taken) * Int128(option.yield)
      if option.stock >= 0 { slack[option.stock] -= taken * option.accelerators }
    }
    for piece in pieces.reversed() {
      let option = options[piece.option]
      let bottom = piece.isStarted ? max(option.minimum, option.present) : option.minimum
      let spare = max(0, borne - demand) / Int128(option.yield)
      let given = Int(max(0, min(spare, Int128(counts[piece.option] - bottom))))
      counts[piece.option] -= given
      borne -= Int128(given) * Int128(option.yield)
    }
    let cost = zip(options, counts).reduce(Int128(0)) { $0 + $1.0.price($1.1) }
    return (max(0, demand - borne), cost, counts)
  }

  /// Most replicas of an option once a piece is used up.
  private func top(_ piece: Piece, _ option: Option) -> Int {
    piece.isStarted
      ? option.maximum : max(option.minimum, min(option.maximum, option.present))
  }

  // MARK: Branching

  private mutating func branch(_ node: Node) {
    let option = options[node.depth]
    let highest = most(node.depth, node.slack)
    if node.depth == options.count - 1 { return finish(node, option, highest) }
    let required = best.shortfall
    let start = share(node, of: node.depth)
    var count = start
    while count <= highest {
      guard look(node, option, count, required: required, start: start) else { break }
      count += 1
    }
    count = start - 1
    while count >= option.minimum {
      guard look(node, option, count, required: required, start: start) else { break }
      count -= 1
    }
  }

  /// Decides an option and goes on. Whether its neighbour on the same side may be worth a look too.
  ///
  /// - Parameters:
  ///   - required: The best shortfall when the place to start from was chosen.
  ///   - start: The place to start from; the least cost is there or right above it.
  private mutating func look(
    _ node: Node, _ option: Option, _ count: Int, required: Int128, start: Int
  ) -> Bool {
    looks += 1
    guard looks <= nodes else { return false }
    let child = child(node, option, count)
    let least = shortfall(child)
    let isWorth =
      least < best.shortfall
      || least == best.shortfall
        && (cost(child, slack: child.slack).map { $0 < best.cost } ?? false)
    if isWorth {
      counts[node.depth] = count
      branch(child)
      return looks <= nodes
    }
    // With the stock that this option takes left to the others, the cost is convex in the count, and grows
    // on either side of its least; a count too small to bear the demand lies below it. Where a
    // smaller shortfall may be found, or the place to start from was for another one, nothing follows.
    guard count != start, best.shortfall == leastShortfall, required == best.shortfall else {
      return true
    }
    return cost(child, slack: node.slack).map { $0 < best.cost } ?? false
  }

  private func child(_ node: Node, _ option: Option, _ count: Int) -> Node {
    var child = node
    child.depth += 1
    child.borne += Int128(option.yield) * Int128(count - option.minimum)
    child.cost += option.price(count) - option.price(option.minimum)
    if option.stock >= 0 {
      child.slack[option.stock] -= option.accelerators * (count - option.minimum)
    }
    return child
  }

  /// The last option: the fewest that bear what is left, or all there are.
  private mutating func finish(_ node: Node, _ option: Option, _ highest: Int) {
    let needed = Self.ceiling(demand - node.borne, Int128(option.yield))
    let count = option.minimum + Int(max(0, min(needed, Int128(highest - option.minimum))))
    let last = child(node, option, count)
    let shortfall = max(0, demand - last.borne)
    guard (shortfall, last.cost) < (best.shortfall, best.cost) else { return }
    counts[node.depth] = count
    best = (shortfall, last.cost, counts)
  }

  // MARK: Bounds

  /// Most replicas of an option that its stock has room for while the others undecided stay at their
  /// minima.
  private func most(_ place: Int, _ slack: [Int]) -> Int {
    let option = options[place]
    guard option.stock >= 0, option.accelerators > 0 else { return option.maximum }
    return min(option.maximum, option.minimum + slack[option.stock] / option.accelerators)
  }

  /// No choice below the node leaves less of the demand than this.
  private func shortfall(_ node: Node) -> Int128 {
    var borne = node.borne
    var slack = node.slack
    for place in densest where place >= node.depth {
      let option = options[place]
      let room = option.maximum - option.minimum
      guard option.stock >= 0, option.accelerators > 0 else {
        borne += Int128(option.yield) * Int128(room)
        continue
      }
      let left = slack[option.stock]
      let needed = room.multipliedReportingOverflow(by: option.accelerators)
      if !needed.overflow, needed.partialValue <= left {
        borne += Int128(option.yield) * Int128(room)
        slack[option.stock] -= needed.partialValue
      } else {
        borne += Self.ceiling(
          Int128(option.yield) * Int128(left), Int128(option.accelerators))
        slack[option.stock] = 0
      }
    }
    return max(0, demand - borne)
  }

  /// No choice below the node that leaves no more of the demand than the best one costs less than this;
  /// `nil` where there is none.
  private func cost(_ node: Node, slack: [Int]) -> Int128? {
    var left = demand - best.shortfall - node.borne
    var cost = node.cost
    for piece in pieces where left > 0 && piece.option >= node.depth {
      let option = options[piece.option]
      let room = Int128(room(piece, option, slack))
      if room * Int128(option.yield) >= left {
        return cost + Self.ceiling(piece.unitCost * left, Int128(option.yield))
      }
      cost += piece.unitCost * room
      left -= room * Int128(option.yield)
    }
    return left > 0 ? nil : cost
  }

  /// How many of an option the relaxation of ``cost(_:slack:)`` takes, rounded down.
  private func share(_ node: Node, of place: Int) -> Int {
    var left = demand - best.shortfall - node.borne
    var share = options[place].minimum
    for piece in pieces where left > 0 && piece.option >= node.depth {
      let option = options[piece.option]
      let room = Int128(room(piece, option, node.slack))
      let taken = min(room, left / Int128(option.yield))
      if piece.option == place { share += Int(taken) }
      if taken < room { break }
      left -= room * Int128(option.yield)
    }
    return share
  }

  /// Replicas of a piece between the minimum and what the stock has room for.
  private func room(_ piece: Piece, _ option: Option, _ slack: [Int]) -> Int {
    let most = most(piece.option, slack)
    let there = max(option.minimum, min(most, option.present))
    return piece.isStarted ? most - there : there - option.minimum
  }

  private static func ceiling(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    dividend > 0 ? (dividend + divisor - 1) / divisor : 0
  }
}
