import SimulationKernel

/// Round trips where nothing was measured: light in fibre over the great circle, lengthened by the
/// route's detours.
public struct RoundTripModel: Hashable, Sendable {
  /// Radius of the Earth, kilometres.
  public var earthRadius: Double
  /// Speed of light in fibre, kilometres per second.
  public var fibreSpeed: Double
  /// Measured round trip over the shortest possible one.
  public var routeInflation: Double
  /// Shortest round trip between two regions, milliseconds.
  public var regionFloor: Double
  /// What a client's access network adds to each round trip, milliseconds.
  public var lastMile: Double

  /// Shortest possible round trip, milliseconds: light in fibre over the great circle.
  public func fibreBound(_ a: Coordinates, _ b: Coordinates) -> Double {
    2 * a.greatCircle(to: b, radius: earthRadius) / fibreSpeed * 1000
  }

  /// Round trip between two regions, to 0.1 ms.
  public func betweenRegions(_ a: Coordinates, _ b: Coordinates) -> Duration {
    Self.rounded(max(regionFloor, fibreBound(a, b) * routeInflation))
  }

  /// Round trip between a client and a region, to 0.1 ms.
  public func fromClient(_ client: Coordinates, _ region: Coordinates) -> Duration {
    Self.rounded(fibreBound(client, region) * routeInflation + lastMile)
  }

  /// `milliseconds` to the nearest 0.1 ms, half to even.
  static func rounded(_ milliseconds: Double) -> Duration {
    .microseconds(Int64((milliseconds * 10).rounded(.toNearestOrEven)) * 100)
  }
}
