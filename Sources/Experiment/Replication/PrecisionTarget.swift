/// How well a figure is to be known: `ttft_p95: 2%`, `chat ttft_p95: 2%` or `tpot_mean: 0.5` (in its unit).
public struct PrecisionTarget: Hashable, Sendable {
  /// Which figure, as a person names it.
  public var figure: String
  /// Half-width of the interval that is enough.
  public var width: Width

  /// A half-width.
  public enum Width: Hashable, Sendable {
    /// As a share of the mean.
    case relative(Double)
    /// In the figure's unit.
    case absolute(Double)
  }

  /// Reads a target; `nil` where it is none. `:` and `=` part the figure from its width.
  public init?(_ text: String) {
    guard let at = text.lastIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
    figure = Self.trimmed(text[..<at])
    let width = Self.trimmed(text[text.index(after: at)...])
    guard !figure.isEmpty else { return nil }
    if width.hasSuffix("%") {
      guard let percent = Double(Self.trimmed(width.dropLast())), percent > 0, percent < 100 else {
        return nil
      }
      self.width = .relative(percent / 100)
    } else {
      guard let value = Double(width), value > 0, value.isFinite else { return nil }
      self.width = .absolute(value)
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
