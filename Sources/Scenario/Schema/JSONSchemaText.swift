import Foundation

/// The schema as JSON Schema, draft 2020-12, for editors.
enum JSONSchemaText {
  static func json(_ shape: Shape) -> String {
    var root = object(shape)
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "Plimsoll scenario"
    let options: JSONSerialization.WritingOptions = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: root, options: options) else {
      preconditionFailure("the schema is plain data")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func object(_ shape: Shape) -> [String: Any] {
    switch shape {
    case .scalar(let kind): return scalar(kind)
    case .mapping(let fields): return mapping(fields)
    case .table(let noun, let shape):
      return [
        "type": "object", "description": "By name of the \(noun)",
        "additionalProperties": object(shape),
      ]
    case .list(let shape): return ["type": "array", "items": object(shape)]
    case .shorthand(let key, let fields):
      let short = fields.first { $0.key == key }.map { object($0.shape) } ?? [:]
      return ["anyOf": [short, mapping(fields)]]
    case .variant(let variants): return ["oneOf": variants.map { mapping($0.fields) }]
    case .oneOrMore(let shape):
      let one = object(shape)
      return ["anyOf": [one, ["type": "array", "items": one, "minItems": 1]]]
    case .wordOr(let words, let variants):
      let forms = variants.map { mapping($0.fields) }
      return ["oneOf": [["type": "string", "enum": words]] + forms]
    case .value: return [:]
    }
  }

  private static func mapping(_ fields: [Field]) -> [String: Any] {
    var properties: [String: Any] = [:]
    for field in fields {
      var property = object(field.shape)
      property["description"] = field.doc
      if let fallback = field.fallback { property["default"] = fallback }
      properties[field.key] = property
    }
    var result: [String: Any] = [
      "type": "object", "properties": properties, "additionalProperties": false,
    ]
    let required = fields.filter(\.isRequired).map(\.key)
    if !required.isEmpty { result["required"] = required }
    return result
  }

  private static func scalar(_ kind: ScalarKind) -> [String: Any] {
    switch kind {
    case .text: return ["type": "string", "minLength": 1]
    case .word(let words): return ["type": "string", "enum": words]
    case .flag: return ["type": "boolean"]
    case .number(let range):
      return ["type": "number", "minimum": range.lowerBound, "maximum": range.upperBound]
    case .ratio(let range):
      let number: [String: Any] = [
        "type": "number", "minimum": range.lowerBound, "maximum": range.upperBound,
      ]
      return ["anyOf": [number, ["type": "string", "pattern": kind.pattern ?? ""]]]
    case .seed: return ["type": "integer", "minimum": 0, "maximum": UInt64.max]
    case .count(let range), .tokens(let range), .tokensOr(_, let range):
      let number: [String: Any] = [
        "type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound,
      ]
      let text: [String: Any] = ["type": "string", "pattern": kind.pattern ?? ""]
      return ["anyOf": [number, text]]
    case .share:
      let number: [String: Any] = ["type": "number", "minimum": 0, "maximum": 1]
      return ["anyOf": [number, ["type": "string", "pattern": kind.pattern ?? ""]]]
    case .duration(let allowsZero):
      let text: [String: Any] = ["type": "string", "pattern": kind.pattern ?? ""]
      return allowsZero ? ["anyOf": [text, ["const": 0]]] : text
    case .limitOfFigure, .load:
      return ["anyOf": [["type": "number", "minimum": 0], ["type": "string", "minLength": 1]]]
    case .bytes, .bandwidth, .units:
      let text: [String: Any] = ["type": "string", "pattern": kind.pattern ?? ""]
      return ["anyOf": [["type": "integer", "minimum": 0], text]]
    case .rate, .scale, .growth, .timeOfDay, .offset, .money, .contractMoney, .hourlyMoney,
      .unitMonthMoney,
      .date, .moment, .term, .price, .limit, .speed:
      return ["type": "string", "pattern": kind.pattern ?? ""]
    }
  }
}
