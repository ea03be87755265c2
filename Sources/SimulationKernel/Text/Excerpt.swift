/// Texts of others, cut so that they fit in a message.
///
/// A message quotes what it is about; where that is a megabyte without a blank, its beginning and the end of
/// the message, which says what was expected, are what a reader needs.
public enum Excerpt {
  /// Most bytes of a message that ``message(_:)`` leaves whole.
  public static let most = 2000
  private static let head = 1200
  private static let tail = 600

  /// The message as it is, or its beginning and its end where it is longer than ``most`` bytes.
  ///
  /// - Complexity: O(1) for a message that is short.
  public static func message(_ text: String) -> String {
    let count = text.utf8.count
    guard count > most else { return text }
    let scalars = text.unicodeScalars
    let first = scalars[..<place(head, in: text)]
    let last = scalars[place(count - tail, in: text)...]
    return String(first) + " … \(count - head - tail) bytes more … " + String(last)
  }

  /// The scalar that begins at a byte or holds it.
  private static func place(_ byte: Int, in text: String) -> String.Index {
    var index = text.utf8.index(text.startIndex, offsetBy: byte)
    // Bytes that continue a scalar begin with the bits 10.
    while index > text.startIndex, index < text.endIndex, text.utf8[index] & 0xC0 == 0x80 {
      index = text.utf8.index(before: index)
    }
    return index
  }
}
