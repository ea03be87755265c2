import SimulationKernel

/// Alike replicas of which every arrival joins the one with the fewest requests, as a Markov chain from empty.
///
/// Alike replicas need no names: a state is their numbers of requests in falling order, and it does not matter
/// which of equals an arrival joins. Uniformisation (A. Jensen, 1953) gives expectations over a time exactly but
/// for what is cut off: states with more than `most` requests at a replica.
struct ShortestQueueChain {
  let fleet: TextbookFleet
  let most: Int
  private let states: [[Int]]
  /// By state: where it may jump and at what rate.
  private let jumps: [[(state: Int, rate: Double)]]

  init(_ fleet: TextbookFleet, most: Int) {
    self.fleet = fleet
    self.most = most
    let states = Self.falling(fleet.replicas, most)
    var numbers: [[Int]: Int] = [:]
    for (number, state) in states.enumerated() { numbers[state] = number }
    self.states = states
    jumps = states.map { state in
      var changed: [(state: [Int], rate: Double)] = []
      if let shortest = state.last, shortest < most {
        var next = state
        next[next.count - 1] = shortest + 1
        changed.append((next, fleet.rate))
      }
      for i in state.indices where state[i] > 0 {
        var next = state
        next[i] -= 1
        changed.append((next, Double(min(state[i], fleet.servers))))
      }
      return changed.compactMap { jump in
        numbers[jump.state.sorted(by: >)].map { (state: $0, rate: jump.rate) }
      }
    }
  }

  /// All falling sequences of this length of numbers up to `most`.
  private static func falling(_ length: Int, _ most: Int) -> [[Int]] {
    length == 0
      ? [[]] : (0...most).flatMap { first in falling(length - 1, first).map { [first] + $0 } }
  }

  /// The expected number of requests, averaged over the first `seconds` from empty, and the probability of the
  /// edge where states were cut off, at the end.
  func meanRequests(seconds: Double) -> (mean: Double, edge: Double) {
    let pace = fleet.rate + Double(fleet.replicas * fleet.servers)
    let jumpsMeant = pace * seconds
    var probabilities = [Double](repeating: 0, count: states.count)
    probabilities[0] = 1
    let requests = states.map { Double($0.reduce(0, +)) }
    var integral = 0.0
    var jump = 0.0
    while true {
      // The chain is before its next jump for a share of the time: P(Poisson > jump) / pace.
      let more = DeterministicMath.gammaProbability(shape: jump + 1, below: jumpsMeant).lower
      if more < 1e-14 { break }
      integral += more / pace * zip(probabilities, requests).reduce(0) { $0 + $1.0 * $1.1 }
      var next = probabilities
      for (state, probability) in probabilities.enumerated() where probability > 0 {
        for (target, rate) in jumps[state] {
          let moved = probability * rate / pace
          next[target] += moved
          next[state] -= moved
        }
      }
      probabilities = next
      jump += 1
    }
    let edge = zip(states, probabilities).reduce(0) { $0 + ($1.0[0] == most ? $1.1 : 0) }
    return (integral / seconds, edge)
  }
}
