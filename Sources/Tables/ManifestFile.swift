import FoundationEssentials
import SimulationKernel

/// The keys of `manifest.json`, spelled as they stand in the file.
struct ManifestFile: Decodable {
  struct Input: Decodable {
    var name: String
    var bytes: Int
    var sha256: String

    var input: Manifest.Input { Manifest.Input(name: name, bytes: bytes, sha256: sha256) }
  }

  struct TableEntry: Decodable {
    var name: String
    var version: Int?
    var rows: Int?
    var bytes: Int
    var sha256: String
  }

  /// A number of seconds, brought to nanoseconds without a `Double` in between.
  struct Seconds: Decodable {
    var nanoseconds: Duration?

    init(from decoder: any Decoder) throws {
      let decimal = try decoder.singleValueContainer().decode(Decimal.self)
      nanoseconds = FixedDecimal.parse(decimal.description.utf8, decimals: 9)
        .map { Duration(nanoseconds: $0) }
    }
  }

  /// What every version of the format has.
  struct Head: Decodable {
    var formatVersion: Int
    var toolVersion: String?

    enum CodingKeys: String, CodingKey {
      case formatVersion = "format_version"
      case toolVersion = "tool_version"
    }
  }

  var formatVersion: Int
  var toolVersion: String
  var complete: Bool
  var scenario: Input
  var inputs: [Input]
  var seed: UInt64
  var overrides: [String]
  var startedUTC: String
  var wallSeconds: Seconds
  var simulatedSeconds: Seconds
  var requests: Int
  var events: Int
  var fingerprint: String
  var tables: [TableEntry]

  enum CodingKeys: String, CodingKey {
    case formatVersion = "format_version"
    case toolVersion = "tool_version"
    case complete
    case scenario
    case inputs
    case seed
    case overrides
    case startedUTC = "started_utc"
    case wallSeconds = "wall_seconds"
    case simulatedSeconds = "simulated_seconds"
    case requests
    case events
    case fingerprint
    case tables
  }

  /// What a decoding error says, in a few words.
  static func explain(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (key.map { [$0] } ?? [])
      return keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "'\(place(context, key))' is missing"
    case .valueNotFound(_, let context): return "'\(place(context))' is null"
    case .typeMismatch(let type, let context): return "'\(place(context))' is not a \(type)"
    case .dataCorrupted(let context):
      let key = place(context)
      return key.isEmpty ? "it is not JSON" : "'\(key)' is out of range"
    @unknown default: return "\(error)"
    }
  }
}
