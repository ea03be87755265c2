/// What a place in a scenario may hold. The whole format is one value of this type, and reading,
/// defaults, diagnostics, the JSON Schema and the effective scenario all come from it.
indirect enum Shape: Sendable {
  /// A single value.
  case scalar(ScalarKind)
  /// Known keys.
  case mapping([Field])
  /// Names of the writer's own choosing, each with the same shape; `noun` says what is named.
  case table(noun: String, Shape)
  /// A sequence.
  case list(Shape)
  /// A single value, or a mapping that says more; the value is short for the mapping's `key`.
  case shorthand(key: String, [Field])
  /// A mapping that holds the keys of exactly one of several forms, told apart by its first key.
  case variant([Variant])
  /// One, or a list of at least one; one by itself stays so when it is written out.
  case oneOrMore(Shape)
  /// One of some words, or a mapping of one of several forms.
  case wordOr([String], [Variant])
  /// Whatever may stand after `=` in `--set`: its place says what it must be.
  case value

  /// One form of a variant.
  struct Variant: Sendable {
    /// The key that names the form.
    var key: String
    /// The form's keys, the naming one first.
    var fields: [Field]
  }
}

/// A key of a mapping.
struct Field: Sendable {
  var key: String
  var shape: Shape
  /// What a missing key stands for, written as YAML; `nil` where there is no default.
  var fallback: String?
  var isRequired: Bool
  /// One line for people.
  var doc: String

  init(
    _ key: String, _ shape: Shape, required: Bool = false, default fallback: String? = nil,
    _ doc: String
  ) {
    self.key = key
    self.shape = shape
    self.fallback = fallback
    isRequired = required
    self.doc = doc
  }

  init(
    _ key: String, _ kind: ScalarKind, required: Bool = false, default fallback: String? = nil,
    _ doc: String
  ) {
    self.init(key, .scalar(kind), required: required, default: fallback, doc)
  }
}
