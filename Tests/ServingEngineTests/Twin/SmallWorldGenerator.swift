import ServingEngine

/// Draws small worlds. Equal seeds draw equal worlds, whatever was drawn before from other seeds.
struct SmallWorldGenerator {
  var seed: UInt64

  /// The world of this seed in `family`.
  func world(_ family: WorldFamily) -> SmallWorld {
    let index = WorldFamily.allCases.firstIndex(of: family)!
    var mixer = SplitMix64(seed: seed)
    var random = SplitMix64(seed: mixer.next() ^ UInt64(index + 1) &* 0xD1B5_4A32_D192_ED03)
    var world = WorldDials(family, &random).world(&random)
    switch family {
    case .snappedToBoundaries:
      snapArrivals(of: &world, &random)
      snapCancels(of: &world, &random)
    case .cancellations:
      snapCancels(of: &world, &random)
    case .everything where random.chance(20):
      snapArrivals(of: &world, &random)
      snapCancels(of: &world, &random)
    default: break
    }
    precondition(world.isValid, "\(family) \(seed) drew \(world)")
    return world
  }

  /// Moves up to three arrivals to the visible time of a boundary of the requests before them.
  private func snapArrivals(of world: inout SmallWorld, _ random: inout SplitMix64) {
    guard world.requests.count >= 2 else { return }
    for _ in 0..<3 {
      let k = random.integer(in: 1...(world.requests.count - 1))
      var before = world
      before.requests.removeLast(world.requests.count - k)
      let floor = world.requests[k - 1].arrival
      let boundaries = StepByStepTwin.observe(before).boundaries.filter { $0 >= floor }
      if boundaries.isEmpty { continue }
      let target = max(floor, random.pick(boundaries) + Int64(random.pick([0, 0, 0, -1, 1])))
      // Those after it move along, so that the order of arrival stays.
      let shift = target - world.requests[k].arrival
      for index in k..<world.requests.count {
        let arrival = max(target, world.requests[index].arrival + shift)
        let moved = arrival - world.requests[index].arrival
        world.requests[index].arrival = arrival
        if let cancel = world.requests[index].cancelTime {
          world.requests[index].cancelTime = cancel + moved
        }
      }
    }
  }

  /// Moves half of the cancels to the visible time of a boundary, or of an event of the request.
  private func snapCancels(of world: inout SmallWorld, _ random: inout SplitMix64) {
    for index in world.requests.indices
    where world.requests[index].cancelTime != nil && random.chance(50) {
      var without = world
      without.requests[index].cancelTime = nil
      let seen = StepByStepTwin.observe(without)
      let own = seen.events.filter { $0.request == index }.map(\.time)
      let times = random.chance(60) ? own : seen.boundaries
      let cancel = random.pick(times) + Int64(random.pick([0, 0, 0, -1, 1]))
      if cancel > world.requests[index].arrival { world.requests[index].cancelTime = cancel }
    }
  }
}
