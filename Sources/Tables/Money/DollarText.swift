/// Picodollars as dollars with twelve decimals: 128 bits, where a bill may need them.
enum DollarText {
  static func text(_ picodollars: Int128) -> String {
    let unit: UInt128 = 1_000_000_000_000
    let decimals = String(picodollars.magnitude % unit)
    let zeros = String(repeating: "0", count: 12 - decimals.utf8.count)
    return (picodollars < 0 ? "-" : "") + String(picodollars.magnitude / unit) + "." + zeros
      + decimals
  }
}
