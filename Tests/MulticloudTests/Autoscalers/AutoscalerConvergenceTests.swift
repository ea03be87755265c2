import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscalers in a closed loop")
struct AutoscalerConvergenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var settings: AutoscalerSettings
    /// Replicas it comes to from few, and from many.
    var fromFew: Int
    var fromMany: Int
    /// Most changes under noise in 1800 decisions.
    var changes: Int
    var testDescription: String { settings.policy }

    init(
      _ type: any Autoscaler.Type, fromFew: Int, fromMany: Int, changes: Int = 12,
      _ change: (inout AutoscalerSettings) -> Void
    ) {
      settings = type.usual
      change(&settings)
      self.fromFew = fromFew
      self.fromMany = fromMany
      self.changes = changes
    }
  }

  /// 12.3 requests a second of 2 s each: 24.6 at once, on replicas of 8 slots 3.075 replicas' worth.
  static let load = ToyPool(rate: 12.3, service: 2)

  static let cases = [
    // ⌈12.3 / 0.5⌉.
    Case(TargetRateAutoscaler.self, fromFew: 25, fromMany: 25) { $0.target = 0.5 },
    // ⌈3.075 / 0.6⌉: 51 % used, in the tolerance of 10 % around 60 % nothing else is.
    Case(TargetUtilizationAutoscaler.self, fromFew: 6, fromMany: 6) {
      $0.target = 0.6
      $0.window = $0.interval
    },
    // ⌈24.6 / 4⌉.
    Case(StablePanicAutoscaler.self, fromFew: 7, fromMany: 7) { $0.target = 4 },
    Case(ToleranceBandAutoscaler.self, fromFew: 6, fromMany: 6) {
      $0.target = 0.6
      $0.window = $0.interval
    },
    // Up until nobody queues, ⌈3.075⌉; down until one fewer would be above 70 %, ⌈3.075 / 0.7⌉.
    Case(HeadroomAutoscaler.self, fromFew: 4, fromMany: 5) {
      $0.queueLimit = 0.01
      $0.window = $0.interval
      $0.target = 0.7
    },
    // Up to ⌈3.075 / 0.8⌉, down to ⌈3.075 / 0.72⌉.
    Case(ProvisionedUnitsAutoscaler.self, fromFew: 4, fromMany: 5) { $0.target = 0.8 },
    // A plan an hour, each for a greatest load of its own.
    Case(ForecastAutoscaler.self, fromFew: 25, fromMany: 25, changes: 60) { $0.target = 0.5 },
    Case(ScheduledAutoscaler.self, fromFew: 9, fromMany: 9) {
      $0.schedule = [.init(from: .zero, replicas: 9)]
    },
  ]

  @Test("under a steady load each comes to its analytic size, and stays there", arguments: cases)
  func steady(_ each: Case) throws {
    let type = try #require(PolicyRegistry.autoscaler(named: each.settings.policy))
    let few = Self.load.run(type, each.settings, from: 1, decisions: 400)
    #expect(few.suffix(200).allSatisfy { $0 == each.fromFew }, "\(few.suffix(5))")
    let many = Self.load.run(type, each.settings, from: 60, decisions: 2000)
    #expect(many.suffix(200).allSatisfy { $0 == each.fromMany }, "\(many.suffix(5))")
  }

  @Test("every policy is listed among the cases")
  func all() {
    #expect(
      Self.cases.map(\.settings.policy).sorted() == PolicyRegistry.autoscalers.map { $0.name })
  }

  @Test("noise of 5 % does not make those with hysteresis flap", arguments: cases)
  func noise(_ each: Case) throws {
    let type = try #require(PolicyRegistry.autoscaler(named: each.settings.policy))
    let noisy = ToyPool(rate: 12.3, service: 2, noise: 0.05)
    let sizes = noisy.run(type, each.settings, from: each.fromFew, decisions: 2000).suffix(1800)
    let changes = zip(sizes, sizes.dropFirst()).filter { $0 != $1 }.count
    // Some settle a little higher, none goes back and forth.
    let (least, most) = (sizes.min() ?? 0, sizes.max() ?? 0)
    #expect(changes <= each.changes && most - least <= 2, "\(changes) changes, \(least) to \(most)")
  }

  @Test("without the stabilisation the same noise does")
  func noiseWithoutHysteresis() {
    var settings = TargetUtilizationAutoscaler.usual
    settings.target = 0.615
    settings.toleranceUp = 0
    settings.toleranceDown = 0
    settings.downDelay = .zero
    settings.window = .seconds(15)
    let noisy = ToyPool(rate: 12.3, service: 2, noise: 0.05)
    let sizes = noisy.run(TargetUtilizationAutoscaler.self, settings, from: 5, decisions: 1000)
    #expect(zip(sizes, sizes.dropFirst()).filter { $0 != $1 }.count > 100)
    settings.downDelay = .seconds(300)
    let calm = noisy.run(TargetUtilizationAutoscaler.self, settings, from: 5, decisions: 1000)
    #expect(zip(calm, calm.dropFirst()).filter { $0 != $1 }.count <= 3)
  }
}
