import Foundation

/// How many worlds the exactness tests try, and which.
enum ExactnessRun {
  /// Worlds over all families, from `PLIMSOLL_EXACTNESS_WORLDS`, by default 6,600.
  static let worlds: Int = number("PLIMSOLL_EXACTNESS_WORLDS") ?? 6_600

  /// First seed of every family, from `PLIMSOLL_EXACTNESS_SEED`, by default 0: give another for
  /// worlds never tried before.
  static let firstSeed: UInt64 = UInt64(number("PLIMSOLL_EXACTNESS_SEED") ?? 0)

  /// Whether each world is named before it runs (`PLIMSOLL_EXACTNESS_TRACE=1`), to find the one that
  /// traps or hangs the engine.
  static let traces = number("PLIMSOLL_EXACTNESS_TRACE") == 1

  /// The seeds one family runs.
  static func seeds(of family: WorldFamily) -> Range<UInt64> {
    let count = WorldFamily.shares(of: worlds).first { $0.family == family }!.worlds
    return firstSeed..<(firstSeed + UInt64(count))
  }

  /// Says which world is next on standard error, at once, so that it is there when the engine traps.
  static func trace(_ message: String) {
    guard traces else { return }
    FileHandle.standardError.write(Data("exactness: \(message)\n".utf8))
  }

  private static func number(_ name: String) -> Int? {
    guard let text = ProcessInfo.processInfo.environment[name] else { return nil }
    guard let value = Int(text), value >= 0 else {
      preconditionFailure("\(name) is '\(text)'; a whole number, 0 or more, was expected")
    }
    return value
  }
}
