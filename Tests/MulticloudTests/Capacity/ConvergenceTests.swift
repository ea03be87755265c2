import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Autoscalers in the simulator itself: cold start zero, signals without delay, a steady load.
@Suite struct ConvergenceTests {
  /// Replicas that take one request at a time, each 0.3252 s: 12.1 ms of prefill and 10.1 ms for every further
  /// of 32 tokens. Requests come in even gaps, 20 a second: 6.504 replicas' worth.
  private static let rate = 20.0
  private static let service = 0.0121 + 31 * 0.0101

  struct Case: CustomTestStringConvertible, Sendable {
    var settings: AutoscalerSettings
    var size: Int
    var testDescription: String { settings.policy }

    init(
      _ policy: String, _ size: Int, _ change: (inout AutoscalerSettings) -> Void
    ) {
      guard let type = PolicyRegistry.autoscaler(named: policy) else {
        preconditionFailure("a policy of the registry")
      }
      settings = type.usual
      settings.interval = .seconds(15)
      settings.scrapeInterval = .seconds(15)
      settings.scrapeDelay = .zero
      change(&settings)
      self.size = size
    }
  }

  static let load = rate * service

  static let cases = [
    Case("target-rate", whole(rate / 2.3)) { $0.target = 2.3 },
    Case("target-utilization", whole(load / 0.7)) {
      $0.signal = .busy
      $0.target = 0.7
      $0.toleranceUp = 0
      $0.toleranceDown = 0
      $0.window = $0.interval
    },
    Case("stable-panic", whole(load / 0.7)) { $0.target = 0.7 },
    Case("tolerance-band", whole(load / 0.7)) {
      $0.signal = .concurrency
      $0.target = 0.7
      $0.toleranceUp = 0
      $0.toleranceDown = 0
      $0.window = $0.interval
    },
    // Up until nobody queues, which past the backlog of the beginning is more than it needs; down until one
    // fewer would be above 80 %.
    Case("headroom", whole(load / 0.8)) {
      $0.signal = .busy
      $0.target = 0.8
      $0.queueLimit = 0.01
      $0.window = $0.interval
      $0.firstTokenLimit = .seconds(3600)
    },
    Case("scheduled", 9) { $0.schedule = [.init(from: .zero, replicas: 9)] },
    Case("forecast", whole(rate / 2.3)) {
      $0.target = 2.3
      $0.season = .seconds(600)
      $0.bin = .seconds(60)
      $0.planInterval = .seconds(60)
      $0.lookAhead = .zero
      $0.deviations = 0
    },
  ]

  private static func whole(_ replicas: Double) -> Int { Int(replicas.rounded(.up)) }

  @Test(arguments: cases, [2, 25])
  func eachComesToItsAnalyticSize(_ each: Case, _ initial: Int) throws {
    var worlds = ElasticWorlds()
    worlds.small.pools = [(region: 0, replicas: initial)]
    worlds.small.maxSequences = 1
    worlds.small.arrivals = .gamma(rate: Self.rate, coefficientOfVariation: 0.01)
    worlds.small.shape = .fixed(prompt: 64, output: 32)
    worlds.small.seconds = 9000
    worlds.elastic = ElasticPool(minimum: 1, maximum: 40)
    worlds.settings = each.settings
    let (result, keeper) = try worlds.run()
    let ready = keeper.minutes.compactMap { $0.capacity?.ready }
    #expect(ready.count == 150)
    #expect(ready.suffix(50).allSatisfy { $0 == each.size }, "\(ready.suffix(8)), not \(each.size)")
    #expect(result.totals[0].isConserved)
  }
}
