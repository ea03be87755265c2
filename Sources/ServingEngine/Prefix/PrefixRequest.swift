/// A request as a prefix cache sees it: whose text its prompt is.
struct PrefixRequest {
  /// The text shared with others that it begins with, a node of the tree; -1 for none.
  var prefix: Int32 = -1
  /// The conversation that follows it; 0 for none.
  var session: UInt64 = 0
  /// Prompt tokens.
  var prompt: Int32
}
