import Money
import SimulationKernel

/// A checked piece of a scenario: it has the shape the schema asks for, defaults filled in.
struct Item: Sendable {
  /// Where it stands; where its parent stands for a default.
  var mark: Mark
  var content: Content
  /// Whether it was written, and is not a default.
  var isWritten: Bool

  indirect enum Content: Sendable {
    /// A single value and how it was written.
    case scalar(ScalarValue, text: String)
    /// Keys in the schema's order, then in the file's.
    case mapping([Entry])
    case list([Item])
  }

  struct Entry: Sendable {
    var key: String
    /// Where the key stands.
    var mark: Mark
    var item: Item
  }

  /// The entries of a mapping.
  var entries: [Entry] {
    if case .mapping(let entries) = content { return entries }
    preconditionFailure("the schema promised a mapping")
  }

  /// The items of a list.
  var items: [Item] {
    if case .list(let items) = content { return items }
    preconditionFailure("the schema promised a list")
  }

  /// The items of a list, or the one in its place.
  var oneOrMore: [Item] {
    if case .list(let items) = content { return items }
    return [self]
  }

  /// The keys of a mapping, or nothing of a single value.
  var form: String? {
    if case .mapping(let entries) = content { return entries.first?.key }
    return nil
  }

  /// The value of a key, where there is one.
  subscript(key: String) -> Item? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.item
  }

  /// The value of a key that the schema requires or gives a default.
  func required(_ key: String) -> Item {
    guard let item = self[key] else { preconditionFailure("the schema promised the key \(key)") }
    return item
  }

  private var value: ScalarValue {
    if case .scalar(let value, _) = content { return value }
    preconditionFailure("the schema promised a single value")
  }

  /// A single value as it was written.
  var written: String {
    if case .scalar(_, let text) = content { return text }
    preconditionFailure("the schema promised a single value")
  }

  var text: String {
    if case .text(let text) = value { return text }
    preconditionFailure("the schema promised text")
  }

  /// The whole number, or `nil` where a word stands in its place.
  var integerOrNil: Int? {
    if case .integer(let integer) = value { return integer }
    return nil
  }

  var integer: Int {
    if case .integer(let integer) = value { return integer }
    preconditionFailure("the schema promised a whole number")
  }

  /// A whole number that fits a bookkeeper's integer: money, prices, limits.
  var whole: Int64 { Int64(integer) }

  var seed: UInt64 {
    if case .seed(let seed) = value { return seed }
    preconditionFailure("the schema promised a seed")
  }

  var number: Double {
    switch value {
    case .number(let number): return number
    case .integer(let integer): return Double(integer)
    default: preconditionFailure("the schema promised a number")
    }
  }

  var duration: Duration {
    if case .duration(let duration) = value { return duration }
    preconditionFailure("the schema promised a duration")
  }

  var money: Money {
    if case .money(let money) = value { return money }
    preconditionFailure("the schema promised money")
  }

  /// A day, from its number.
  var date: CivilDate { CivilDate(dayNumber: whole) }

  /// A share as millionths, rounded to the nearest.
  var millionths: Int64 { Int64((number * 1e6).rounded()) }

  var flag: Bool {
    if case .flag(let flag) = value { return flag }
    preconditionFailure("the schema promised a flag")
  }
}
