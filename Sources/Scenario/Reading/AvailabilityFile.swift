import Multicloud
import SimulationKernel
import Workload

/// Recorded availability as intervals: a CSV file with a row for every time a zone's capacity changed.
///
/// Needed columns are `zone`, `t_s`, `duration_s` and `available_nodes`; `instance`, `start_date`, `cloud`,
/// `kind` and `max_nodes` tell recordings of one zone apart. Rows of a recording follow each other in time.
public struct AvailabilityFile: Sendable {
  /// What was recorded of a zone.
  public struct Series: Hashable, Sendable {
    /// The zone.
    public var zone: String
    /// The vendor's name of the instance, or the recorder's; empty where the file does not say.
    public var instance: String
    /// When the recording began, as it is written; empty where the file does not say.
    public var start: String
    /// The cloud; empty where the file does not say.
    public var cloud: String
    /// Nodes that could be had from each moment on.
    public var recording: RecordedAvailability

    /// The zone's region: its name without the letter of the zone, `us-east-1` of `us-east-1a` and
    /// `us-central1` of `us-central1-a`.
    public var region: String {
      guard let last = zone.last, last.isLetter, zone.count > 2 else { return zone }
      let body = zone.dropLast()
      return String(body.last == "-" ? body.dropLast() : body)
    }
  }

  /// Recordings, in order of their first rows.
  public let series: [Series]

  /// Latest moment, nanoseconds: a hundred years.
  private static let longest: Int64 = 36_525 * 86_400_000_000_000
  private static let needed = ["zone", "t_s", "duration_s", "available_nodes"]
  private static let telling = ["instance", "start_date", "cloud", "kind", "max_nodes"]

  /// Reads a file. O(its text).
  ///
  /// Throws a ``TraceError`` with the line of the first thing that is wrong.
  ///
  /// - Parameters:
  ///   - csv: Its bytes: UTF-8, a header, fields parted by commas, no quotes.
  ///   - name: Its name, for messages.
  public init(csv: [UInt8], name: String) throws(TraceError) {
    func wrong(_ line: Int?, _ problem: String) -> TraceError {
      TraceError(file: name, line: line, problem: problem)
    }
    guard let text = String(validating: csv, as: UTF8.self) else {
      throw wrong(nil, "the file is not UTF-8")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for column in Self.needed where !header.contains(column) {
      throw wrong(
        1, "no column \(column); expected \(Self.needed.joined(separator: ", ")) at least")
    }
    let places = (Self.needed + Self.telling).map { header.firstIndex(of: $0) }
    var growing: [Growing] = []
    var known: [[Substring]: Int] = [:]
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == header.count else {
        throw wrong(index + 1, "\(fields.count) fields; expected \(header.count), as in the header")
      }
      func field(_ column: Int) -> Substring { places[column].map { fields[$0] } ?? "" }
      guard let start = Decimal128(scaled: field(1))?.times(1_000_000_000),
        let length = Decimal128(scaled: field(2))?.times(1_000_000_000), length > 0,
        start <= Self.longest, length <= Self.longest
      else {
        throw wrong(
          index + 1,
          "t_s is '\(field(1))' and duration_s '\(field(2))'; expected seconds, "
            + "the second above 0, and no more than a hundred years")
      }
      guard let level = Decimal128(scaled: field(3))?.whole, level <= 1_000_000 else {
        throw wrong(
          index + 1, "available_nodes is '\(field(3))'; expected a whole number of at most 1000000")
      }
      let key = [field(0)] + Self.telling.indices.map { field(Self.needed.count + $0) }
      let place: Int
      if growing.last?.key == key {
        place = growing.count - 1
      } else if let earlier = known[key] {
        place = earlier
      } else {
        growing.append(Growing(key: key, begin: start, end: start))
        place = growing.count - 1
        known[key] = place
      }
      guard growing[place].end == start else {
        throw wrong(
          index + 1,
          "an interval of \(field(0)) begins at \(field(1)) s, and the one before it does not end there"
        )
      }
      growing[place].add(level, from: start, to: start + length)
    }
    guard !growing.isEmpty else { throw wrong(nil, "no intervals below the header") }
    series = growing.map(\.series)
  }

  /// A recording as far as it was read.
  private struct Growing {
    let key: [Substring]
    let begin: Int64
    var end: Int64
    private var starts: [Duration] = []
    private var levels: [Int] = []

    init(key: [Substring], begin: Int64, end: Int64) {
      self.key = key
      self.begin = begin
      self.end = end
    }

    mutating func add(_ level: Int, from start: Int64, to end: Int64) {
      if levels.last != level {
        starts.append(Duration(nanoseconds: start - begin))
        levels.append(level)
      }
      self.end = end
    }

    var series: Series {
      Series(
        zone: String(key[0]), instance: String(key[1]), start: String(key[2]),
        cloud: String(key[3]),
        recording: RecordedAvailability(
          starts: starts, levels: levels, length: Duration(nanoseconds: end - begin)))
    }
  }

  /// Recordings of a zone, an instance and a start; `nil` stands for any.
  public func matching(
    zone: String? = nil, instance: String? = nil, start: String? = nil
  ) -> [Series] {
    series.filter {
      (zone == nil || $0.zone == zone) && (instance == nil || $0.instance == instance)
        && (start == nil || $0.start == start)
    }
  }
}
