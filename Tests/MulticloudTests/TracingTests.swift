import SimulationKernel
import Testing
import Workload

@testable import Multicloud

/// Spans and levels as a recorder is told of them.
@Suite("Tracing")
struct TracingTests {
  /// Keeps spans, levels and minutes.
  private final class Watcher: Recorder {
    let wantsRequests = false
    let wantsPoolMinutes = true
    let hasFailed = false
    let traceWindow: TraceWindow?
    private(set) var spans: [ReplicaSpan] = []
    private(set) var levels: [LevelRecord] = []
    private(set) var minutes: [PoolMinute] = []

    init(_ window: TraceWindow?) { traceWindow = window }

    func record(_ request: borrowing RequestRecord) {}
    func record(_ minute: borrowing PoolMinute) { minutes.append(copy minute) }
    func record(_ span: borrowing ReplicaSpan) { spans.append(copy span) }
    func record(_ level: borrowing LevelRecord) { levels.append(copy level) }
  }

  private static let minute: Int64 = 60_000_000_000

  private static let worlds: [SmallWorlds] = [
    SmallWorlds(),
    SmallWorlds(
      pools: [(region: 0, replicas: 3), (region: 0, replicas: 1)],
      arrivals: .poisson(rate: 60), patience: .seconds(2)),
    // Blocks for two requests or so: preemptions, one-step spans, cancellations.
    SmallWorlds(
      arrivals: .poisson(rate: 40), shape: .fixed(prompt: 200, output: 80), queueLimit: 40,
      patience: .seconds(1), maxSequences: 6, kvBlocks: 40),
    // Now and then a request: replicas are idle most of the time.
    SmallWorlds(arrivals: .poisson(rate: 1)),
  ]

  private func watch(_ small: SmallWorlds, _ window: TraceWindow?) throws -> (
    Watcher, SimulationResult
  ) {
    let watcher = Watcher(window)
    var simulation = try Simulation(small.world, recorder: watcher)
    let result = simulation.run()
    return (watcher, result)
  }

  @Test("nothing changes by being watched", arguments: worlds.indices)
  func neutral(_ number: Int) throws {
    let (_, alone) = try watch(Self.worlds[number], nil)
    let (watcher, watched) = try watch(
      Self.worlds[number], TraceWindow(from: 0, until: 2 * Self.minute))
    #expect(alone.fingerprint == watched.fingerprint)
    #expect(alone.events == watched.events)
    #expect(!watcher.spans.isEmpty && !watcher.levels.isEmpty)
  }

  @Test(
    "spans do not overlap, their lengths are the busy time, their work is the pool's",
    arguments: worlds.indices)
  func spans(_ number: Int) throws {
    let small = Self.worlds[number]
    for (from, until) in [(0, 2), (0, 1), (1, 2)] as [(Int64, Int64)] {
      let window = TraceWindow(from: from * Self.minute, until: until * Self.minute)
      let (watcher, _) = try watch(small, window)
      var ends: [[Int32]: Int64] = [:]
      var busy = small.pools.map { _ in Int64(0) }
      var batches = small.pools.map { _ in Int64(0) }
      var tokens = small.pools.map { _ in Int64(0) }
      for span in watcher.spans {
        #expect(span.start >= window.from && span.end <= window.until && span.start < span.end)
        #expect(span.start >= ends[[span.pool, span.replica], default: 0])
        #expect(span.batch > 0 && span.batch <= small.maxSequences)
        ends[[span.pool, span.replica]] = span.end
        busy[Int(span.pool)] += span.end - span.start
        batches[Int(span.pool)] += Int64(span.batch) * (span.end - span.start)
        tokens[Int(span.pool)] += span.work?.outputTokens ?? 0
      }
      for pool in small.pools.indices {
        let minutes = watcher.minutes.filter {
          $0.pool == pool && $0.start >= window.from && $0.start < window.until
        }
        #expect(minutes.count == Int(until - from))
        #expect(busy[pool] == minutes.reduce(0) { $0 + $1.busy })
        #expect(batches[pool] == minutes.reduce(0) { $0 + $1.runningIntegral })
        // Spans that the window cuts do not say what they did.
        let made = minutes.reduce(0) { $0 + $1.outputTokens }
        #expect(tokens[pool] <= made)
        #expect(tokens[pool] * 10 >= made * 8)
      }
    }
  }

  @Test("levels change, in order of time, inside the window")
  func levels() throws {
    let window = TraceWindow(from: Self.minute / 2, until: Self.minute)
    let (watcher, _) = try watch(Self.worlds[2], window)
    var last: [LevelRecord.Subject: Int64] = [:]
    var time: Int64 = 0
    for level in watcher.levels {
      #expect(level.time >= max(time, window.from) && level.time < window.until)
      #expect(level.value >= 0 && level.value != last[level.subject])
      if case .blocks = level.subject { #expect(level.value <= 40) }
      time = level.time
      last[level.subject] = level.value
    }
    #expect(last.keys.contains(.waiting(pool: 0, replica: 1)))
    #expect(last.keys.contains(.blocks(pool: 0, replica: 0)))
  }
}
