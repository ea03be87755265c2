/// A point on the globe.
public struct Coordinates: Hashable, Sendable {
  /// Degrees north.
  public var latitude: Double
  /// Degrees east.
  public var longitude: Double

  /// Creates a point from degrees.
  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Length of the great circle to `other` on a sphere of `radius`, in the unit of `radius`.
  ///
  /// From the chord between the points, which is exact for near ones. Uses `+ - * /` and square
  /// roots only, since delays reach the event path, and is symmetric to the bit.
  public func greatCircle(to other: Coordinates, radius: Double) -> Double {
    let (a, b) = (unitVector, other.unitVector)
    let (x, y, z) = (a.x - b.x, a.y - b.y, a.z - b.z)
    let halfChord = min(1, (x * x + y * y + z * z).squareRoot() / 2)
    return 2 * radius * Self.arcSine(halfChord)
  }

  private var unitVector: (x: Double, y: Double, z: Double) {
    let (sinLatitude, cosLatitude) = Self.sineAndCosine(degrees: latitude)
    let (sinLongitude, cosLongitude) = Self.sineAndCosine(degrees: longitude)
    return (cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude)
  }

  /// Sine and cosine of an angle of at most 180 degrees, by Taylor series of an eighth of it and
  /// three doublings. Error below 1e-14.
  static func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
    let x = degrees * (Double.pi / 180) / 8
    let square = x * x
    var sine = x
    var term = x
    for n in 1...7 {
      term = -term * square / Double(2 * n * (2 * n + 1))
      sine += term
    }
    var cosine = 1.0
    term = 1
    for n in 1...7 {
      term = -term * square / Double((2 * n - 1) * 2 * n)
      cosine += term
    }
    for _ in 0..<3 { (sine, cosine) = (2 * sine * cosine, cosine * cosine - sine * sine) }
    return (sine, cosine)
  }

  /// Arc sine of a number from 0 to 1, in radians, by halving the angle three times and the series
  /// of the arc tangent. Error below 1e-14.
  static func arcSine(_ x: Double) -> Double {
    var tangent = x / (1 + (1 - x * x).squareRoot())
    for _ in 0..<2 { tangent = tangent / (1 + (1 + tangent * tangent).squareRoot()) }
    let square = tangent * tangent
    var power = tangent
    var sum = 0.0
    for n in 0..<14 {
      sum += (n.isMultiple(of: 2) ? power : -power) / Double(2 * n + 1)
      power *= square
    }
    return 8 * sum
  }
}
