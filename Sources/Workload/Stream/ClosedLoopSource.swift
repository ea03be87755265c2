import SimulationKernel

/// A fixed number of clients that think, send a request, and wait for its answer; or that send one at
/// a fixed pace and fall behind only where an answer takes longer.
///
/// How long client `c` thinks before its request `i` is drawn by (c, i): the same thoughts whatever
/// the answers take. Memory: 40 bytes a client.
struct ClosedLoopSource: Sendable {
  private let meanThinkTime: Double
  private let thinking: KeyedStream
  private var next: MergeTree
  /// Requests each client has sent, which is the number of its next.
  private var iterations: [UInt32]
  private var isWaiting: [Bool]
  /// Time between the requests of a client that keeps a pace; 0 for one that thinks.
  private let pace: Int64
  /// When each client sent its last; empty without a pace.
  private var sent: [Int64] = []

  init(clients: Int, every: Duration, start: Int64, thinking: KeyedStream) {
    meanThinkTime = 0
    pace = every.nanoseconds
    self.thinking = thinking
    next = MergeTree(count: clients)
    iterations = [UInt32](repeating: 0, count: clients)
    isWaiting = [Bool](repeating: false, count: clients)
    sent = [Int64](repeating: 0, count: clients)
    for client in 0..<clients {
      next.update(client, to: later(start, by: Double(pace) / Double(clients) * Double(client)))
    }
  }

  init(clients: Int, thinkTime: Duration, start: Int64, thinking: KeyedStream) {
    meanThinkTime = Double(thinkTime.nanoseconds)
    pace = 0
    self.thinking = thinking
    next = MergeTree(count: clients)
    iterations = [UInt32](repeating: 0, count: clients)
    isWaiting = [Bool](repeating: false, count: clients)
    for client in 0..<clients { schedule(client, from: start) }
  }

  /// When the next request comes, nanoseconds; `Int64.max` while every client waits.
  var time: Int64 { next.time }

  /// The client that sends it.
  var client: Int { next.winner }

  /// The number of the next request, which its draws are keyed by.
  var index: UInt64 { UInt64(client) << 32 | UInt64(iterations[client]) }

  /// Takes the next request: its client waits from now on.
  mutating func advance() {
    let client = next.winner
    if pace > 0 { sent[client] = next.time }
    iterations[client] += 1
    isWaiting[client] = true
    next.update(client, to: Int64.max)
  }

  /// Tells `client` that its request was answered, or given up, at `time`.
  mutating func answered(_ client: Int, at time: Int64) {
    precondition(isWaiting[client], "a client is answered once for each request it sent")
    isWaiting[client] = false
    if pace > 0 {
      next.update(client, to: max(time, sent[client] + pace))
    } else {
      schedule(client, from: time)
    }
  }

  private mutating func schedule(_ client: Int, from time: Int64) {
    let (bits, _) = thinking.block(UInt64(client) << 32 | UInt64(iterations[client]))
    let thought = Distribution.unitExponential(unitInterval(bits)) * meanThinkTime
    next.update(client, to: later(time, by: thought))
  }
}
