import SimulationKernel

extension TraceProfile {
  /// The rate of a replay of this profile: the sum of its copies, each shifted by whole seconds of the
  /// recording (shifts drawn as for rows, rounded down), the fractional one scaled.
  func curve(_ replay: TraceReplay, shifts: KeyedStream) -> RateCurve {
    let (count, fraction) = replay.copies
    let bins = countsBySecond.count
    let bound = recordedShift(replay)
    var weights = [Double](repeating: 0, count: bins)
    for copy in 0..<count {
      let weight = copy == count - 1 ? fraction ?? 1 : 1
      let shift =
        copy == 0 ? 0 : Int(boundedInteger(shifts.block(UInt64(copy)).0, below: bound).value)
      weights[shift % bins] += weight
    }
    var sums = [Double](repeating: 0, count: bins)
    for (shift, weight) in weights.enumerated() where weight > 0 {
      for i in 0..<bins { sums[(i + shift) % bins] += weight * Double(countsBySecond[i]) }
    }
    return curve(sums, replay)
  }

  /// The same curve on average over all shifts.
  func meanCurve(_ replay: TraceReplay) -> RateCurve {
    let bins = countsBySecond.count
    let window = Int(min(recordedShift(replay), UInt64(Int32.max)))
    let first = min(replay.rateScale, 1)
    let others = replay.rateScale - first
    let total = Double(total)
    // The mean over the last `window` seconds, around the end of the profile, by running sums.
    var before = [0.0]
    for count in countsBySecond { before.append(before[before.count - 1] + Double(count)) }
    func sum(to second: Int) -> Double {
      let passes = second >= 0 ? second / bins : -((bins - 1 - second) / bins)
      return Double(passes) * total + before[second - passes * bins]
    }
    let sums = (0..<bins).map { i in
      let mean = (sum(to: i + 1) - sum(to: i + 1 - window)) / Double(window)
      return first * Double(countsBySecond[i]) + others * mean
    }
    return curve(sums, replay)
  }

  /// The bound of shifts in whole recorded seconds, at least 1 (which shifts nothing).
  private func recordedShift(_ replay: TraceReplay) -> UInt64 {
    UInt64(max(1, min(replay.copyShift.seconds * replay.timeScale, 1e12)))
  }

  private func curve(_ countsPerSecond: [Double], _ replay: TraceReplay) -> RateCurve {
    let scale = replay.timeScale
    return RateCurve(
      bounds: (0...countsPerSecond.count).map { nearestInteger(Double($0) * 1e9 / scale) },
      ratesAtStart: countsPerSecond.map { $0 * scale },
      ratesAtEnd: countsPerSecond.map { $0 * scale }, repeats: replay.loops)
  }
}
