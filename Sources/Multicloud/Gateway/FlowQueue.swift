/// Requests held at the gateway because the deployments of their model are busy.
///
/// Priority bands come first, strictly: a band whose ceiling the load has reached is held, and so is
/// every band below it. Inside a band one tenant is chosen by fairness, inside the tenant one request
/// by order. Ties go to the one that came first. Source: flow control of the Gateway API inference
/// extension and llm-d, 2026-08; the token counter: "Fairness in Serving Large Language Models"
/// (VTC), Sheng et al., OSDI 2024.
///
/// - Complexity: O(log held + tenants that wait) a push or pop; memory O(held).
public struct FlowQueue: ~Copyable {
  /// Who comes next among tenants of a band.
  public enum Fairness: String, CaseIterable, Hashable, Sendable {
    /// Whoever's request comes first in the order.
    case none
    /// Tenants in turn.
    case roundRobin = "round-robin"
    /// The tenant that was served the fewest tokens; outputs count twice.
    case virtualTokenCounter = "virtual-token-counter"
  }

  /// Who comes next among requests of a tenant.
  public enum Order: String, CaseIterable, Hashable, Sendable {
    /// As they came.
    case firstComeFirstServed = "fcfs"
    /// The one whose target ends first.
    case earliestDeadline = "edf"
    /// The one with the shortest expected output.
    case shortestEstimate = "sjf"
  }

  /// A request that waits.
  struct Entry: Hashable {
    var key: Int64
    var number: UInt64
    var slot: Int32
    var generation: UInt32
    var weight: Int64

    func precedes(_ other: Entry) -> Bool {
      key != other.key ? key < other.key : number < other.number
    }
  }

  private let ceilings: [Double]
  private let fairness: Fairness
  private let order: Order
  private let tenants: Int
  private let capacity: Int
  /// By band × tenants + tenant: a binary heap.
  private var lines: [[Entry]]
  private var counts: [Int]
  /// Tokens each tenant was served, and where the turn is in each band.
  private var served: [Int64]
  private var turn: [Int]
  private var pushed: UInt64 = 0

  /// Requests that wait.
  public private(set) var count = 0

  /// Creates an empty queue.
  ///
  /// - Parameters:
  ///   - ceilings: Load at which each band is held, highest band first.
  ///   - tenants: Number of tenants.
  ///   - capacity: Most requests held.
  public init(
    ceilings: [Double], fairness: Fairness, order: Order, tenants: Int, capacity: Int
  ) {
    precondition(!ceilings.isEmpty && tenants >= 1 && capacity >= 1)
    self.ceilings = ceilings
    self.fairness = fairness
    self.order = order
    self.tenants = tenants
    self.capacity = capacity
    lines = [[Entry]](repeating: [], count: ceilings.count * tenants)
    counts = [Int](repeating: 0, count: ceilings.count)
    served = [Int64](repeating: 0, count: tenants)
    turn = [Int](repeating: 0, count: ceilings.count)
  }

  /// Requests of a band that wait.
  public func count(band: Int) -> Int { counts[band] }

  /// Tokens a tenant was served, outputs counted twice.
  public func tokensServed(_ tenant: Int) -> Int64 { served[tenant] }

  /// Holds a request.
  ///
  /// - Returns: The newest request of the lowest band where the queue is full: it may be this one.
  public mutating func push(
    slot: Int32, generation: UInt32, band: Int, tenant: Int, deadline: Int64, estimate: Int64,
    cost: (input: Int64, output: Int64), at now: Int64
  ) -> (slot: Int32, generation: UInt32)? {
    let key: Int64 =
      switch order {
      case .firstComeFirstServed: 0
      case .earliestDeadline: deadline
      case .shortestEstimate: estimate
      }
    if !isWaiting(tenant) { lift(tenant) }
    pushed += 1
    let line = band * tenants + tenant
    lines[line].append(
      Entry(
        key: key, number: pushed, slot: slot, generation: generation,
        weight: cost.input + 2 * cost.output))
    siftUp(line, lines[line].count - 1)
    counts[band] += 1
    count += 1
    return count > capacity ? evict() : nil
  }

  /// Lets the next request go; `nil` where none may at this load.
  public mutating func pop(saturation: Double) -> (slot: Int32, generation: UInt32)? {
    for band in ceilings.indices {
      if saturation >= ceilings[band] { return nil }
      guard counts[band] > 0 else { continue }
      let tenant = nextTenant(band)
      let line = band * tenants + tenant
      let entry = remove(line, 0, band)
      turn[band] = (tenant + 1) % tenants
      served[tenant] += entry.weight
      return (entry.slot, entry.generation)
    }
    return nil
  }

  /// Takes a request out whose client has given up. O(held).
  public mutating func remove(slot: Int32) {
    for line in lines.indices {
      if let place = lines[line].firstIndex(where: { $0.slot == slot }) {
        _ = remove(line, place, line / tenants)
        return
      }
    }
  }

  /// Counts tokens expected for a tenant's request that need not wait; those that wait are counted
  /// when they go.
  public mutating func charge(tenant: Int, input: Int64, output: Int64) {
    served[tenant] += input + 2 * output
  }

  private func isWaiting(_ tenant: Int) -> Bool {
    ceilings.indices.contains { !lines[$0 * tenants + tenant].isEmpty }
  }

  /// A tenant that comes back is counted up to the least of those that wait: being away earns
  /// nothing.
  private mutating func lift(_ tenant: Int) {
    var least = Int64.max
    for other in 0..<tenants where other != tenant && isWaiting(other) {
      least = min(least, served[other])
    }
    if least != .max { served[tenant] = max(served[tenant], least) }
  }

  private func nextTenant(_ band: Int) -> Int {
    var best = -1
    for step in 0..<tenants {
      let tenant = fairness == .roundRobin ? (turn[band] + step) % tenants : step
      let line = lines[band * tenants + tenant]
      guard let first = line.first else { continue }
      if best < 0 {
        best = tenant
        if fairness == .roundRobin { return best }
        continue
      }
      let bestFirst = lines[band * tenants + best][0]
      let isBetter =
        fairness == .virtualTokenCounter && served[tenant] != served[best]
        ? served[tenant] < served[best] : first.precedes(bestFirst)
      if isBetter { best = tenant }
    }
    precondition(best >= 0, "a band with requests has a tenant that waits")
    return best
  }

  /// Gives up the newest request of the lowest band that has any. O(held of the band).
  private mutating func evict() -> (slot: Int32, generation: UInt32) {
    guard let band = ceilings.indices.last(where: { counts[$0] > 0 }) else {
      preconditionFailure("an empty queue is not full")
    }
    var line = -1
    var place = -1
    var newest: UInt64 = 0
    for tenant in 0..<tenants {
      for (index, entry) in lines[band * tenants + tenant].enumerated()
      where entry.number > newest {
        (line, place, newest) = (band * tenants + tenant, index, entry.number)
      }
    }
    let entry = remove(line, place, band)
    return (entry.slot, entry.generation)
  }

  private mutating func remove(_ line: Int, _ place: Int, _ band: Int) -> Entry {
    let entry = lines[line][place]
    let last = lines[line].removeLast()
    if place < lines[line].count {
      lines[line][place] = last
      siftUp(line, place)
      siftDown(line, place)
    }
    counts[band] -= 1
    count -= 1
    return entry
  }

  private mutating func siftUp(_ line: Int, _ start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      if !lines[line][place].precedes(lines[line][parent]) { return }
      lines[line].swapAt(place, parent)
      place = parent
    }
  }

  private mutating func siftDown(_ line: Int, _ start: Int) {
    var place = start
    while true {
      var child = 2 * place + 1
      if child >= lines[line].count { return }
      if child + 1 < lines[line].count, lines[line][child + 1].precedes(lines[line][child]) {
        child += 1
      }
      if !lines[line][child].precedes(lines[line][place]) { return }
      lines[line].swapAt(place, child)
      place = child
    }
  }
}
