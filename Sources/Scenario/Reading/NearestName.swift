/// Suggestions for misspelt names.
public enum NearestName {
  /// ` (did you mean 'x'?)`, or the list of what there is where it is short, or nothing.
  public static func hint(for name: String, among names: [String]) -> String {
    if let nearest = nearest(to: name, among: names) { return " (did you mean '\(nearest)'?)" }
    if names.isEmpty { return "" }
    let shown = names.count <= 12 ? names : Array(names.prefix(12)) + ["…"]
    return "; there is: " + shown.joined(separator: ", ")
  }

  /// The name with the least edit distance, where that is at most a third of its length.
  static func nearest(to name: String, among names: [String]) -> String? {
    let lowered = Array(name.lowercased().utf8)
    var best: (distance: Int, name: String)?
    for candidate in names {
      let distance = distance(lowered, Array(candidate.lowercased().utf8))
      if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? Int.max {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// Levenshtein's distance. O(|a|·|b|).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.count > 64 || b.count > 64 { return Int.max }
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var corner = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, corner + (a[i] == b[j] ? 0 : 1))
        corner = above
      }
    }
    return row[b.count]
  }
}
