/// A scenario before it is text: what the dice make, and what a reduction takes apart.
public indirect enum Draft: Hashable, Sendable {
  /// A value as the scenario writes it.
  case scalar(String)
  /// A list.
  case list([Draft])
  /// Keys and values, in order.
  case map([Entry])

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: Draft

    /// Creates an entry.
    public init(_ key: String, _ value: Draft) {
      self.key = key
      self.value = value
    }
  }

  /// A map of keys and values, in order.
  public static func of(_ entries: (String, Draft)...) -> Draft {
    .map(entries.map { Entry($0.0, $0.1) })
  }

  /// The value of a key of a map; setting one that is not there adds it, `nil` removes it.
  public subscript(key: String) -> Draft? {
    get {
      guard case .map(let entries) = self else { return nil }
      return entries.first { $0.key == key }?.value
    }
    set {
      var entries: [Entry] = []
      if case .map(let own) = self { entries = own }
      let place = entries.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (nil, let value?): entries.append(Entry(key, value))
      case (let place?, nil): entries.remove(at: place)
      case (nil, nil): break
      }
      self = .map(entries)
    }
  }

  /// The value at a path of keys; setting creates the maps on the way.
  public subscript(path path: [String]) -> Draft? {
    get { path.reduce(Optional(self)) { $0?[$1] } }
    set {
      guard let first = path.first else {
        if let newValue { self = newValue }
        return
      }
      var inner = self[first] ?? .map([])
      if path.count == 1 {
        self[first] = newValue
      } else {
        inner[path: Array(path.dropFirst())] = newValue
        self[first] = inner
      }
    }
  }

  /// Entries of a map; none of anything else.
  public var entries: [Entry] {
    guard case .map(let entries) = self else { return [] }
    return entries
  }

  /// Values in it, keys not counted.
  public var size: Int {
    switch self {
    case .scalar: 1
    case .list(let items): 1 + items.reduce(0) { $0 + $1.size }
    case .map(let entries): 1 + entries.reduce(0) { $0 + $1.value.size }
    }
  }
}

extension Draft: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  /// A value as text.
  public init(stringLiteral value: String) { self = .scalar(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .scalar(String(value)) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .scalar(String(value)) }
}
