/// What a request has to do with its replica's prefix cache.
struct PrefixHolder {
  /// The text that its own words are of; -1 before its first admission, or where it is gone.
  var tail: Int32 = -1
  /// What it holds, from its last blocks down; -1 for nothing.
  var top: Int32 = -1
  /// Full blocks of it that are named.
  var named: Int32 = 0
  /// The next running request whose words are of the same text.
  var nextWriter: Int32 = -1
  /// Prompt tokens that its first admission found; -1 before.
  var hitTokens: Int32 = -1
}
