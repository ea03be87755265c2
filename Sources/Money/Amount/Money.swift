/// An amount of money in whole picodollars (1e-12 US dollars): sums are exact, whatever their order.
///
/// 128 bits hold a hundred thousand million million million dollars. The only rounding is where a price is
/// multiplied by a part of its unit (``prorated(_:over:)``) and where an invoice is made
/// (``roundedToCents``); both round half to even.
public struct Money: Hashable, Comparable, Sendable, AdditiveArithmetic {
  /// Whole picodollars.
  public var picodollars: Int128

  /// Picodollars in a dollar.
  public static let dollar: Int128 = 1_000_000_000_000
  /// Picodollars in a cent.
  public static let cent: Int128 = 10_000_000_000
  /// Nothing.
  public static let zero = Money(picodollars: 0)

  /// Creates an amount from picodollars.
  public init(picodollars: Int128) {
    self.picodollars = picodollars
  }

  /// Creates an amount from whole dollars.
  public init(dollars: Int64) {
    self.picodollars = Int128(dollars) * Money.dollar
  }

  /// The exact sum.
  public static func + (a: Money, b: Money) -> Money {
    Money(picodollars: a.picodollars + b.picodollars)
  }

  /// The exact difference.
  public static func - (a: Money, b: Money) -> Money {
    Money(picodollars: a.picodollars - b.picodollars)
  }

  /// The amount with its sign turned.
  public static prefix func - (a: Money) -> Money {
    Money(picodollars: -a.picodollars)
  }

  /// The exact product with a count.
  public static func * (a: Money, count: Int64) -> Money {
    Money(picodollars: a.picodollars * Int128(count))
  }

  /// Whether `a` is less.
  public static func < (a: Money, b: Money) -> Bool { a.picodollars < b.picodollars }

  /// `self × part / whole`, rounded half to even to a picodollar. `whole` is above zero.
  public func prorated(_ part: Int64, over whole: Int64) -> Money {
    precondition(whole > 0, "a price is prorated over a part of its unit")
    return Money(
      picodollars: Money.divided(picodollars * Int128(part), by: Int128(whole)))
  }

  /// The share `millionths / 1e6` of the amount, rounded half to even to a picodollar.
  public func share(millionths: Int64) -> Money { prorated(millionths, over: 1_000_000) }

  /// The nearest whole cent; half a cent goes to the even one.
  public var roundedToCents: Money {
    Money(picodollars: Money.divided(picodollars, by: Money.cent) * Money.cent)
  }

  /// Dollars as a floating-point number, for ratios and forecasts only.
  public var dollars: Double { Double(picodollars) / 1e12 }

  /// `numerator / denominator`, half to even; the denominator is above zero.
  static func divided(_ numerator: Int128, by denominator: Int128) -> Int128 {
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder < 0 {
      quotient -= 1
      remainder += denominator
    }
    let doubled = remainder * 2
    if doubled > denominator || (doubled == denominator && quotient & 1 != 0) { quotient += 1 }
    return quotient
  }
}

extension Money: CustomStringConvertible {
  /// Dollars with as many decimals as are needed, at least two: `12.50`, `-0.000001`.
  public var description: String {
    let magnitude = picodollars.magnitude
    let unit = UInt128(Money.dollar)
    var decimals = String(magnitude % unit)
    decimals = String(repeating: "0", count: 12 - decimals.count) + decimals
    while decimals.count > 2 && decimals.hasSuffix("0") { decimals.removeLast() }
    return (picodollars < 0 ? "-" : "") + String(magnitude / unit) + "." + decimals
  }
}
