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
    case .failures:
      drawFailures(of: &world, &random)
      if random.chance(25) { drawProfileChanges(of: &world, &random) }
      if random.chance(50) { snapCancels(of: &world, &random) }
    case .brownOuts:
      drawProfileChanges(of: &world, &random)
      if random.chance(25) { drawFailures(of: &world, &random) }
      if random.chance(50) { snapCancels(of: &world, &random) }
    case .transfers:
      drawTransfers(of: &world, &random)
      if random.chance(30) { drawFailures(of: &world, &random) }
      if random.chance(20) { drawProfileChanges(of: &world, &random) }
      if random.chance(50) { snapCancels(of: &world, &random) }
    case .speculation:
      drawSpeculation(of: &world, &random)
      if random.chance(30) { drawFailures(of: &world, &random) }
      if random.chance(20) { drawProfileChanges(of: &world, &random) }
      if random.chance(30) { snapArrivals(of: &world, &random) }
      if random.chance(30) { snapCancels(of: &world, &random) }
    case .earlierEngines:
      drawEarlierEngine(of: &world, &random)
      if random.chance(30) { drawFailures(of: &world, &random) }
      if random.chance(30) { snapArrivals(of: &world, &random) }
      if random.chance(30) { snapCancels(of: &world, &random) }
    case .adapters:
      drawAdapters(of: &world, &random)
      if random.chance(25) { drawSpeculation(of: &world, &random) }
      if random.chance(30) { drawFailures(of: &world, &random) }
      if random.chance(20) { drawProfileChanges(of: &world, &random) }
      if random.chance(30) { snapArrivals(of: &world, &random) }
      if random.chance(30) { snapCancels(of: &world, &random) }
    case .prefixes:
      drawPrefixes(of: &world, &random)
      if random.chance(30) { snapArrivals(of: &world, &random) }
      if random.chance(50) { snapCancels(of: &world, &random) }
    case .prefixesAndFailures:
      drawPrefixes(of: &world, &random)
      drawFailures(of: &world, &random)
      if random.chance(40) { drawProfileChanges(of: &world, &random) }
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

  /// Lets caches come with most requests and stay after some, half of the comings at a boundary or beside it.
  private func drawTransfers(of world: inout SmallWorld, _ random: inout SplitMix64) {
    world.settings.transfersCaches = true
    let longest = Int(max(1, span(world) / Int64(random.pick([1, 4, 20, 100]))))
    let (comes, stays) = (random.pick([30, 70, 100]), random.pick([0, 30, 60]))
    for index in world.requests.indices {
      if random.chance(comes) {
        world.requests[index].transfer = SmallTransfer(
          delay: Int64(random.integer(in: 1...longest)),
          bringsFirstToken: world.requests[index].outputTokens > 1 && random.chance(50))
      }
      if random.chance(stays) {
        world.requests[index].keepsFor = Int64(random.integer(in: 1...longest))
      }
    }
    for index in world.requests.indices
    where world.requests[index].transfer != nil && random.chance(50) {
      let seen = StepByStepTwin.observe(world)
      guard
        let start = seen.events.first(where: { $0.kind == .reserved && $0.request == index })?.time
      else { continue }
      let later = seen.boundaries.filter { $0 > start }
      if later.isEmpty { continue }
      let delay = random.pick(later) - start + Int64(random.pick([0, 0, 0, -1, 1]))
      world.requests[index].transfer?.delay = max(1, delay)
    }
  }

  /// Lets the replica die up to four times, mostly while it works, half of the times at a boundary's
  /// visible time or beside it.
  private func drawFailures(of world: inout SmallWorld, _ random: inout SplitMix64) {
    if random.chance(60) {
      world.comebackDelay =
        random.chance(50) ? 1 : Int64(random.integer(in: 1...20)) * span(world) / 40
      world.comebackDelay = max(1, world.comebackDelay!)
    }
    for _ in 0..<random.integer(in: 1...4) {
      let time = moment(of: world, &random)
      if world.failures.contains(where: { $0.time == time }) { continue }
      world.failures.append(SmallFailure(time: time, isEarly: random.chance(50)))
      world.failures.sort { $0.time < $1.time }
    }
  }

  /// Other step times, from a fiftieth faster to ten times slower, and up to five moments of change.
  private func drawProfileChanges(of world: inout SmallWorld, _ random: inout SplitMix64) {
    for _ in 0..<random.integer(in: 1...2) {
      let percent = Int64(random.pick([98, 101, 137, 200, 1000]))
      var other = world.stepTime
      other.decodeBase = other.decodeBase.map { max(1000, $0 * percent / 100) }
      other.decodeBase[0] = 0
      other.perKVToken = other.perKVToken * percent / 100
      other.mixed.base = max(1000, other.mixed.base * Double(percent) / 100)
      world.otherStepTimes.append(other)
    }
    let profiles = world.stepTimes.count
    for _ in 0..<random.integer(in: 1...5) {
      world.profileChanges.append(
        SmallProfileChange(
          time: moment(of: world, &random), profile: random.integer(in: 0...(profiles - 1))))
      world.profileChanges.sort { $0.time < $1.time }
    }
  }

  /// A moment of the world's life: anywhere in it, or at a boundary or a nanosecond beside; most often in
  /// a step that leaves a decoding sequence out, where there is one.
  private func moment(of world: SmallWorld, _ random: inout SplitMix64) -> Int64 {
    let seen = StepByStepTwin.observe(world)
    let boundaries = seen.boundaries
    if !seen.leavingOut.isEmpty, random.chance(50) {
      return random.pick(seen.leavingOut) + Int64(random.integer(in: 0...1))
    }
    if random.chance(50) {
      return max(0, random.pick(boundaries) + Int64(random.pick([0, 0, 0, -1, 1])))
    }
    let last = boundaries.last!
    return Int64(random.integer(in: 0...Int(last)))
  }

  /// How long the world lives, nanoseconds.
  private func span(_ world: SmallWorld) -> Int64 {
    StepByStepTwin.observe(world).boundaries.last!
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
