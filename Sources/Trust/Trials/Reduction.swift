/// Makes a failing scenario small: takes away entries, elements and digits as long as it goes on failing
/// in the same way.
///
/// The scenario's own checker says what is a scenario, so that nothing here knows what keys mean; what
/// it refuses does not fail. This is delta debugging over a tree (Zeller and Hildebrandt, "Simplifying
/// and Isolating Failure-Inducing Input", 2002; Misherghi and Su, "HDD: Hierarchical Delta Debugging",
/// 2006), from the top down, until nothing more can go.
public struct Reduction {
  /// Whether a draft still fails as the first did.
  private let fails: (Draft) -> Bool
  /// Most drafts that are tried.
  private let limit: Int
  /// Drafts tried so far.
  public private(set) var tries = 0

  /// Creates a reduction.
  public init(limit: Int = 2_000, fails: @escaping (Draft) -> Bool) {
    self.limit = limit
    self.fails = fails
  }

  /// The smallest draft found that fails.
  ///
  /// - Complexity: O(size²) trials at worst, `limit` at most.
  public mutating func smallest(_ draft: Draft) -> Draft {
    var best = draft
    var isSmaller = true
    while isSmaller, tries < limit {
      isSmaller = false
      for path in Self.paths(of: best) where tries < limit {
        for candidate in Self.smaller(best, at: path) where tries < limit {
          tries += 1
          if fails(candidate) {
            best = candidate
            isSmaller = true
            break
          }
        }
      }
    }
    return best
  }

  /// Places in a tree, by number of the child, those near the root first.
  private static func paths(of draft: Draft) -> [[Int]] {
    var all: [[Int]] = [[]]
    var next = 0
    while next < all.count {
      let path = all[next]
      next += 1
      switch draft.part(at: path) {
      case .map(let entries)?: for place in entries.indices { all.append(path + [place]) }
      case .list(let items)?: for place in items.indices { all.append(path + [place]) }
      case .scalar?, nil: break
      }
    }
    // The root itself cannot go.
    return Array(all.dropFirst())
  }

  /// A draft without a part, or with a simpler one.
  private static func smaller(_ draft: Draft, at path: [Int]) -> [Draft] {
    guard let part = draft.part(at: path) else { return [] }
    var candidates = [draft.replacing(path, with: nil)]
    if case .scalar(let text) = part {
      candidates += simpler(text).map { draft.replacing(path, with: .scalar($0)) }
    }
    return candidates.filter { $0 != draft }
  }

  /// The same unit with half the number.
  private static func simpler(_ text: String) -> [String] {
    let digits = text.prefix { $0.isNumber }
    guard let number = Int(digits), number > 1 else { return [] }
    let rest = text.dropFirst(digits.count)
    // A day is no number.
    guard !rest.hasPrefix("-"), !rest.hasPrefix(".") else { return [] }
    return [1, number / 2].filter { $0 > 0 && $0 < number }.map { "\($0)\(rest)" }
  }
}

extension Draft {
  /// The part at a place.
  fileprivate func part(at path: [Int]) -> Draft? {
    guard let first = path.first else { return self }
    let rest = Array(path.dropFirst())
    switch self {
    case .map(let entries):
      return entries.indices.contains(first) ? entries[first].value.part(at: rest) : nil
    case .list(let items): return items.indices.contains(first) ? items[first].part(at: rest) : nil
    case .scalar: return nil
    }
  }

  /// The draft with another part at a place, or without it.
  fileprivate func replacing(_ path: [Int], with part: Draft?) -> Draft {
    guard let first = path.first else { return part ?? self }
    let rest = Array(path.dropFirst())
    switch self {
    case .map(var entries):
      guard entries.indices.contains(first) else { return self }
      if rest.isEmpty, part == nil {
        entries.remove(at: first)
      } else {
        entries[first].value = entries[first].value.replacing(rest, with: part)
      }
      return .map(entries)
    case .list(var items):
      guard items.indices.contains(first) else { return self }
      if rest.isEmpty, part == nil {
        items.remove(at: first)
      } else {
        items[first] = items[first].replacing(rest, with: part)
      }
      return .list(items)
    case .scalar: return self
    }
  }
}
