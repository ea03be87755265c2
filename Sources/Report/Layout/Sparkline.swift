/// A line of bars in eight heights, `▁▂▃▄▅▆▇█`: how a figure moves, in a line of text.
public enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar for every value between 0 and `full`; what is above has the highest bar, what is missing a
  /// space. O(values).
  public static func text(_ values: [Double?], full: Double) -> String {
    precondition(full > 0, "the highest bar stands for something")
    return String(
      values.map { value in
        guard let value, !value.isNaN else { return " " }
        let height = min(max(value / full, 0), 1) * Double(bars.count)
        return bars[min(bars.count - 1, Int(height))]
      })
  }

  /// At most `width` values, each the highest of as many neighbours. O(values).
  public static func condensed(_ values: [Double?], to width: Int) -> [Double?] {
    precondition(width > 0, "a line has room for something")
    let each = (values.count + width - 1) / width
    guard each > 1 else { return values }
    return stride(from: 0, to: values.count, by: each).map { start in
      values[start..<min(start + each, values.count)].compactMap { $0 }.max()
    }
  }
}
