import Estimate
import Multicloud
import SimulationKernel

/// Placements as a user gives them: a table with a column for each deployment that varies, or ranges of
/// counts that are all combined.
public struct PlacementList: Sendable {
  /// Deployments that vary, by id, in the order they were given.
  public private(set) var varied: [Int] = []
  /// The placements, in the order of the table, or the last range fastest.
  public private(set) var placements: [Placement] = []
  private let world: World

  /// Most replicas or units of one deployment.
  public static let mostReplicas = 1_000_000

  /// Why a text is no list of placements: where, what was found, what was expected.
  public struct Problem: Error, Hashable, CustomStringConvertible {
    /// The place and the problem.
    public let description: String

    init(_ place: String, _ problem: String) {
      description = Excerpt.message("\(place): error: \(problem)")
    }

    init(range: String, _ problem: String) {
      description = Excerpt.message("error: --vary \(range): \(problem)")
    }
  }

  /// Reads a table: the first line names deployments, every other has a count for each.
  ///
  /// - Parameter path: Its file, for messages.
  public init(table bytes: [UInt8], path: String, world: World) throws(Problem) {
    self.world = world
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .filter { !$0.element.isEmpty }
    guard let header = lines.first else {
      throw Problem(path, "the file is empty; expected a header of deployments")
    }
    let place = "\(path):\(header.offset + 1)"
    for name in header.element.split(separator: ",", omittingEmptySubsequences: false) {
      try addVaried(try deployment(Self.trimmed(name), at: place), at: place)
    }
    guard lines.count > 1 else {
      throw Problem(path, "no placements below the header; expected one a line")
    }
    guard lines.count - 1 <= PlacementScreen.mostPlacements else {
      throw tooMany(lines.count - 1, path)
    }
    for (number, line) in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == varied.count else {
        throw Problem("\(path):\(number + 1)", "\(fields.count) fields, expected \(varied.count)")
      }
      var placement = Placement(world)
      for (d, field) in zip(varied, fields) {
        guard let count = Int(Self.trimmed(field)), 0...Self.mostReplicas ~= count else {
          throw Problem(
            "\(path):\(number + 1)",
            "'\(field.prefix(40))' for \(world.deploymentName(d)), expected a count from 0 to 1,000,000"
          )
        }
        set(d, count, &placement)
      }
      placements.append(placement)
    }
  }

  /// Combines ranges such as `azure/eastus2/chat=2..12`.
  public init(ranges: [String], world: World) throws(Problem) {
    self.world = world
    var counts: [ClosedRange<Int>] = []
    var total = 1
    for entry in ranges {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let range = Self.range(parts[1]) else {
        throw Problem(range: entry, "expected deployment=a..b, such as a/b/c=2..12")
      }
      guard range.upperBound <= Self.mostReplicas else {
        throw Problem(range: entry, "expected counts from 0 to 1,000,000")
      }
      try addVaried(try deployment(String(parts[0]), at: "--vary"), at: "--vary")
      let product = total.multipliedReportingOverflow(by: range.count)
      guard !product.overflow, product.partialValue <= PlacementScreen.mostPlacements else {
        throw tooMany(product.overflow ? .max : product.partialValue, "--vary")
      }
      total = product.partialValue
      counts.append(range)
    }
    placements = [Placement(world)]
    for (d, range) in zip(varied, counts) {
      placements = placements.flatMap { placement in
        range.map { count in
          var next = placement
          set(d, count, &next)
          return next
        }
      }
    }
  }

  /// `2..12`.
  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 3, ends[1].isEmpty, let from = Int(ends[0]), let to = Int(ends[2]),
      from >= 0,
      from <= to
    else { return nil }
    return from...to
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private func tooMany(_ count: Int, _ place: String) -> Problem {
    Problem(
      place,
      "\(PlacementScreen.Problem.tooMany(count: count, most: PlacementScreen.mostPlacements))")
  }

  private func deployment(_ name: String, at place: String) throws(Problem) -> Int {
    guard let d = world.deploymentNames.firstIndex(of: name) else {
      throw Problem(
        place,
        "no deployment '\(name.prefix(100))'; there are \(world.deploymentNames.joined(separator: ", "))"
      )
    }
    guard d < world.pools.count || world.endpoints[d - world.pools.count].units > 0 else {
      throw Problem(place, "'\(name)' has neither replicas nor provisioned units to vary")
    }
    return d
  }

  private mutating func addVaried(_ d: Int, at place: String) throws(Problem) {
    guard !varied.contains(d) else {
      throw Problem(place, "'\(world.deploymentName(d))' is given twice; expected each once")
    }
    varied.append(d)
  }

  private func set(_ d: Int, _ count: Int, _ placement: inout Placement) {
    if d < world.pools.count {
      placement.replicas[d] = count
    } else {
      placement.units[d - world.pools.count] = count
    }
  }
}
