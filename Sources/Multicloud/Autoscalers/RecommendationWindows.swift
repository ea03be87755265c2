import SimulationKernel

/// The recommendations of the last while, of which a pool follows the one nearest to what it has: the least
/// of a window on the way up, the greatest of another on the way down.
///
/// The stabilisation windows of Kubernetes' HorizontalPodAutoscaler (`stabilizeRecommendationWithBehaviors` in
/// pkg/controller/podautoscaler/horizontal.go, v1.33, 2025-04). One that is exactly as old as its window
/// is out.
struct RecommendationWindows: Sendable {
  private let up: Int64
  private let down: Int64
  private var past: [(time: Int64, replicas: Int)] = []

  /// - Parameters:
  ///   - up: Window of the way up.
  ///   - down: Window of the way down.
  init(up: Duration, down: Duration) {
    self.up = up.nanoseconds
    self.down = down.nanoseconds
  }

  /// Notes a recommendation and says what to follow. O(recommendations in the windows).
  mutating func stabilised(_ recommended: Int, instead present: Int, at now: SimTime) -> Int {
    let now = now.nanoseconds
    past.removeAll { $0.time <= now - max(up, down) }
    var least = recommended
    var greatest = recommended
    for old in past {
      if old.time > now - up { least = min(least, old.replicas) }
      if old.time > now - down { greatest = max(greatest, old.replicas) }
    }
    past.append((now, recommended))
    return min(max(present, least), greatest)
  }
}
