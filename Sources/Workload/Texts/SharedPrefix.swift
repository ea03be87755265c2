/// Texts that the prompts of a workload begin with, such as system prompts: groups of equally long texts,
/// of which each request (each session) has one.
///
/// A prompt is the text and after it what the workload's shape says.
public struct SharedPrefix: Hashable, Sendable {
  /// Texts of one length.
  public struct Group: Hashable, Sendable {
    /// Length of each text, tokens.
    public var tokens: Int
    /// How many different texts there are.
    public var count: Int
    /// Share of the requests that have one of them, any positive number.
    public var weight: Double

    /// Creates a group.
    public init(tokens: Int, count: Int = 1, weight: Double = 1) {
      self.tokens = tokens
      self.count = count
      self.weight = weight
    }
  }

  /// The groups; at least one.
  public var groups: [Group]

  /// Creates shared texts.
  public init(groups: [Group]) { self.groups = groups }

  /// Number of texts.
  public var count: Int { groups.reduce(0) { $0 + $1.count } }

  /// Mean length and mean square of the length over requests, tokens.
  public var moments: (mean: Double, square: Double) {
    let total = groups.reduce(0) { $0 + $1.weight }
    var moments = (mean: 0.0, square: 0.0)
    for group in groups {
      let tokens = Double(group.tokens)
      moments.mean += group.weight / total * tokens
      moments.square += group.weight / total * tokens * tokens
    }
    return moments
  }
}
