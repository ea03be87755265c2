/// A quota: a name and a rule.
public struct QuotaSpec: Hashable, Sendable {
  /// Name, for output and messages.
  public var name: String
  /// How it admits calls.
  public var rule: QuotaRule

  /// Creates a quota.
  public init(name: String, rule: QuotaRule) {
    self.name = name
    self.rule = rule
  }

  /// What is wrong with the quota, a message for each that begins with its name; empty if nothing
  /// is.
  public func problems() -> [String] {
    rule.problems().map { "quota '\(name)': \($0)" }
  }
}
