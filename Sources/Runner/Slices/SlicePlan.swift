import Money
import Multicloud
import SimulationKernel

/// How a long run is cut: consecutive slices of its time, each played from a little before its beginning.
public struct SlicePlan: Hashable, Sendable {
  /// Where slices begin and the last ends.
  public let edges: [SimTime]
  /// How long before its beginning a slice is played, so that it is measured in a busy system.
  public let overlap: Duration

  /// Number of slices.
  public var count: Int { edges.count - 1 }

  /// Why a run cannot be cut so.
  public enum Problem: Error, CustomStringConvertible {
    /// What it is, and what to do.
    case impossible(String)

    /// What it is, and what to do.
    public var description: String {
      switch self {
      case .impossible(let text): text
      }
    }
  }

  /// Cuts a world's horizon into `count` slices of about equal length.
  ///
  /// Edges lie on whole minutes, on whole hours of UTC where the world is billed, so that no billing period is
  /// cut; there are fewer slices where the horizon has fewer of those.
  public init(_ world: World, count: Int, overlap: Duration) throws(Problem) {
    if let problem = world.sliceProblem { throw .impossible(problem) }
    let isBilled = world.billing != nil
    let grain: Int64 = isBilled ? 3600 : 60
    if let starts = world.billing?.contracts.starts, starts.seconds % 3600 != 0 {
      throw .impossible("a billed run that is cut into slices begins on a whole hour")
    }
    guard overlap >= .zero, overlap.nanoseconds % 60_000_000_000 == 0 else {
      throw .impossible("the overlap of slices is whole minutes, such as 10m")
    }
    let length = world.horizon.seconds
    let steps = Int64((length / Double(grain)).rounded(.up))
    let slices = min(Int64(max(1, count)), steps)
    var edges = (0..<slices).map { SimTime.zero + .seconds($0 * steps / slices * grain) }
    edges.append(.zero + world.horizon)
    guard edges.count == 2 || edges[1] > .zero + world.warmup else {
      throw .impossible(
        "the warm-up is as long as the first of \(slices) slices; choose fewer slices or a shorter "
          + "warm-up")
    }
    self.edges = edges
    self.overlap = overlap
  }

  /// When a slice is played from.
  public func start(_ slice: Int) -> SimTime {
    slice == 0 ? .zero : .zero + max(.zero, edges[slice] - .zero - overlap)
  }

  /// The world of a slice, its warm-up and horizon as times of the whole run.
  func world(_ slice: Int, of world: World) -> World {
    var part = world
    if slice > 0 { part.warmup = edges[slice] - .zero }
    part.horizon = edges[slice + 1] - .zero
    return part
  }
}
