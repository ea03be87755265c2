/// The few colours of the terminal: marks of state, nothing else. Without colour every mark says the same
/// by its sign.
///
/// Own code, because all of it is three escape codes and one decision: a library (Rainbow was looked at)
/// keeps that decision in a global that tests and pipes cannot be given one by one.
public struct TextStyle: Hashable, Sendable {
  /// What a piece of text tells.
  public enum Tone: Sendable {
    /// A target is held.
    case good
    /// A target is missed.
    case bad
    /// Something is close to its limit.
    case warning
  }

  /// Whether escape codes are written at all.
  public var isColoured: Bool

  /// Creates a style.
  public init(isColoured: Bool) { self.isColoured = isColoured }

  /// The text in the colour of its tone.
  public func callAsFunction(_ text: String, _ tone: Tone) -> String {
    guard isColoured else { return text }
    let code =
      switch tone {
      case .good: "32"
      case .bad: "1;31"
      case .warning: "33"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
