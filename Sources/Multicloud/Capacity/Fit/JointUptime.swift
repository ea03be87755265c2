import SimulationKernel

/// Time in which courses have capacity: each alone, every two at once, and any of a group. Courses can be
/// added up.
public struct JointUptime: Hashable, Sendable {
  /// Number of courses.
  public let count: Int
  /// Courses of each group.
  public let groups: [[Int]]
  private var nanoseconds: Int64 = 0
  /// Time in which course i has capacity and course j too, at i × count + j.
  private var both: [Int64]
  /// Time in which any course of a group has capacity, by group.
  private var any: [Int64]

  /// Time of nothing.
  ///
  /// - Parameters:
  ///   - count: Number of courses.
  ///   - groups: Courses of which it is asked how long any has capacity.
  public init(count: Int, groups: [[Int]] = []) {
    self.count = count
    self.groups = groups
    any = groups.map { _ in 0 }
    both = Array(repeating: 0, count: count * count)
  }

  /// Adds what courses do together up to a moment. O(changes × courses²).
  mutating func add(_ courses: [AvailabilityPath], for length: Duration) {
    precondition(courses.count == count, "every course has its place")
    var courses = courses
    let end = length.nanoseconds
    var now: Int64 = 0
    while now < end {
      var next = end
      for course in courses { next = min(next, course.nextChange) }
      for i in 0..<count where courses[i].level > 0 {
        for j in 0..<count where courses[j].level > 0 { both[i * count + j] += next - now }
      }
      for (group, members) in groups.enumerated()
      where members.contains(where: { courses[$0].level > 0 }) {
        any[group] += next - now
      }
      now = next
      for i in 0..<count {
        while courses[i].nextChange <= now { courses[i].advance() }
      }
    }
    nanoseconds += end
  }

  /// Share of time in which a course has capacity.
  public func availability(_ i: Int) -> Double { joint(i, i) }

  /// Share of time in which both have.
  public func joint(_ i: Int, _ j: Int) -> Double {
    Double(both[i * count + j]) / Double(nanoseconds)
  }

  /// Share of time in which any course of a group has capacity.
  public func availability(ofGroup group: Int) -> Double {
    Double(any[group]) / Double(nanoseconds)
  }

  /// Correlation of two courses; 0 where one of them never changes.
  public func correlation(_ i: Int, _ j: Int) -> Double {
    let (a, b) = (availability(i), availability(j))
    let variances = a * (1 - a) * b * (1 - b)
    return variances > 0 ? (joint(i, j) - a * b) / variances.squareRoot() : 0
  }
}
