import Estimate
import Multicloud
import Report
import SimulationKernel

/// A timed estimate: wall seconds on two cores.
struct EstimateMeasurement {
  var name: String
  var wallSeconds: Double
  /// Operations a second of the products inside it, one core.
  var productSpeed: Double
  /// The same of bare products of their shape, measured in the same run.
  var bareSpeed: Double

  var line: String {
    let speed = "dgemm \(Quantity.fixed(productSpeed / 1e9, 1)) GFLOP/s a core"
    let bare = "bare \(Quantity.fixed(bareSpeed / 1e9, 1)): \(Quantity.percent(productShare))"
    return "\(name): \(Quantity.fixed(wallSeconds, 2)) s  \(speed), \(bare)"
  }

  /// Speed of the products over that of bare ones.
  var productShare: Double { productSpeed / bareSpeed }

  /// 10,000 placements of a week of hours, and one placement of three years of minutes: 64 streams, 96
  /// deployments.
  static func all(_ world: World) throws -> [EstimateMeasurement] {
    [try placements(world), try minutes(world)]
  }

  private static func seconds(_ run: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let wall = try clock.measure(run)
    return Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
  }

  private static func placements(_ world: World) throws -> EstimateMeasurement {
    let placements = (0..<10_000).map { number in
      var placement = Placement(world)
      for pool in placement.replicas.indices {
        placement.replicas[pool] = 4 + (number * 31 + pool * 17) % 9
      }
      return placement
    }
    var timing = ProductTiming()
    let wall = try seconds {
      let screen = try PlacementScreen(world, binWidth: .seconds(3600), horizon: .seconds(604_800))
      timing = try screen.run(placements).timing
    }
    let screen = try PlacementScreen(world, binWidth: .seconds(3600), horizon: .seconds(604_800))
    return EstimateMeasurement(
      name: "estimate, 10,000 placements x 168 hours x 64 streams x 96 deployments",
      wallSeconds: wall, productSpeed: timing.operations / timing.seconds,
      bareSpeed: screen.bareSpeed(placements: placements.count))
  }

  private static func minutes(_ world: World) throws -> EstimateMeasurement {
    var settings = WorldEstimate.Settings(world)
    settings.horizon = .seconds(3 * 365 * 86_400)
    settings.warmup = .zero
    settings.mostLevels = 64
    settings.binsPerRow = 60
    settings.periods = [0]
    var estimate: WorldEstimate?
    let wall = try seconds { estimate = try WorldEstimate(world, settings) }
    return EstimateMeasurement(
      name: "estimate, 1 placement x 1,576,800 minutes x 64 streams x 96 deployments",
      wallSeconds: wall,
      productSpeed: estimate.map { $0.timing.operations / $0.timing.seconds } ?? 0,
      bareSpeed: estimate?.bareSpeed ?? 0)
  }
}
