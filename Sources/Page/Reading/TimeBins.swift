/// How the minutes of a run are put together to points of a chart.
///
/// The rule: the shortest of 1, 2, 5, 10, 15, 20, 30 minutes, 1, 2, 3, 4, 6, 12 hours and whole days that
/// needs at most 200 points.
struct TimeBins: Hashable, Sendable {
  /// Most points of a chart.
  static let most = 200

  /// Minutes in a bin.
  let width: Int
  /// Minutes altogether; the last bin may be shorter.
  let minutes: Int

  /// - Parameter minutes: Minutes to cover, also one that has only begun.
  init(minutes: Int) {
    precondition(minutes >= 0)
    let steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440]
    let fitting = steps.first { minutes <= $0 * Self.most }
    let days = (minutes + 1440 * Self.most - 1) / (1440 * Self.most)
    width = fitting ?? 1440 * days
    self.minutes = minutes
  }

  /// Bins.
  var count: Int { (minutes + width - 1) / width }

  /// The bin of a minute; what lies beyond the end is counted in the last.
  func bin(_ minute: Int) -> Int { max(0, min(minute / width, count - 1)) }

  /// Minutes in a bin.
  func length(_ bin: Int) -> Int { min(width, minutes - bin * width) }

  /// Where a moment stands among the bins, such as 2.5 in the middle of the third; between 0 and the
  /// number of bins.
  func position(seconds: Double) -> Double {
    min(max(0, seconds / 60 / Double(width)), Double(count))
  }

  /// When a bin begins: hours and minutes, from two days on days too.
  func label(_ bin: Int) -> String {
    let start = bin * width
    let clock = "\(start % 1440 / 60):" + (start % 60 < 10 ? "0" : "") + "\(start % 60)"
    if minutes <= 2880 { return "\(start / 60):" + (start % 60 < 10 ? "0" : "") + "\(start % 60)" }
    return "day \(start / 1440 + 1)" + (width >= 1440 ? "" : ", \(clock)")
  }

  /// Every label.
  var labels: [String] { (0..<count).map(label) }

  /// `a minute`, `5 minutes`, `an hour`, `2 hours`, `3 days`.
  var words: String {
    let (number, unit) =
      width % 1440 == 0
      ? (width / 1440, "day") : width % 60 == 0 ? (width / 60, "hour") : (width, "minute")
    return number == 1 ? (unit == "hour" ? "an hour" : "a \(unit)") : "\(number) \(unit)s"
  }
}
