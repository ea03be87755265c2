extension DeterministicMath {
  /// The standard normal quantile: the number that a standard normal variate stays below with
  /// probability `u`; relative error below 10^-14.
  ///
  /// Three rational functions, one for |u - ½| ≤ 0.425 and two for the tails in √(-ln u); the
  /// division of the range follows Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), the
  /// coefficients were fitted here.
  ///
  /// - Precondition: `u` is in the open interval (0, 1).
  public static func normalQuantile(_ u: Double) -> Double {
    precondition(u > 0 && u < 1, "a quantile needs a probability between 0 and 1")
    let q = u - 0.5
    if abs(q) <= 0.425 { return q * centralRatio(0.180625 - q * q) }
    let r = (-log(q < 0 ? u : 1 - u)).squareRoot()
    let x = r <= 5 ? tailRatio(r - 1.6094306960679687) : farTailRatio(r - 5)
    return q < 0 ? -x : x
  }

  /// The probability that a standard normal variate stays below `x`; relative error below 10^-12
  /// for either tail.
  public static func normalProbability(below x: Double) -> Double {
    if x.isNaN { return x }
    if x == 0 { return 0.5 }
    let (lower, upper) = gammaProbability(shape: 0.5, below: 0.5 * x * x)
    return x < 0 ? 0.5 * upper : 0.5 + 0.5 * lower
  }

  private static func centralRatio(_ t: Double) -> Double {
    let p: InlineArray<8, Double> = [
      3.3871328727963665, 133.15967902685324, 1972.177220943195, 13738.452194293599,
      45955.2814696786, 67333.21682564274, 33474.84304775697, 2513.313355905654,
    ]
    let q: InlineArray<8, Double> = [
      1.0, 42.31864821813932, 687.3760755783112, 5396.642250315925, 21227.922444193813,
      39343.93505417679, 28763.775567965455, 5234.5150767852665,
    ]
    return polynomial(p, t) / polynomial(q, t)
  }

  private static func tailRatio(_ r: Double) -> Double {
    let p: InlineArray<8, Double> = [
      1.439531470938456, 5.700716396424084, 8.907139001340292, 7.029783081426451,
      2.9589761850828156, 0.6430022565059711, 0.06365047306503634, 0.0020439591486730185,
    ]
    let q: InlineArray<8, Double> = [
      1.0, 2.775398927974358, 2.9838576221744098, 1.5444955160141276, 0.3899070333623625,
      0.04269543867011102, 0.0014451918884425172, 0,
    ]
    return polynomial(p, r) / polynomial(q, r)
  }

  private static func farTailRatio(_ r: Double) -> Double {
    let p: InlineArray<8, Double> = [
      6.657904643501107, 5.358558340284937, 1.706207061082227, 0.27384977558420803,
      0.023338822384915577, 0.0010180149600843196, 1.99166055806004e-05, 1.2390201999306475e-07,
    ]
    let q: InlineArray<8, Double> = [
      1.0, 0.5840274486758339, 0.12861135274143554, 0.013280482118421512, 0.0006519319866060202,
      1.364526405922753e-05, 8.761173262637574e-08, 0,
    ]
    return polynomial(p, r) / polynomial(q, r)
  }

  @inline(__always)
  private static func polynomial(_ c: InlineArray<8, Double>, _ x: Double) -> Double {
    let x2 = x * x
    let x4 = x2 * x2
    return ((c[0] + x * c[1]) + x2 * (c[2] + x * c[3]))
      + x4 * ((c[4] + x * c[5]) + x2 * (c[6] + x * c[7]))
  }
}
