/// Spot machines over zones, and those that stand in for them.
extension Simulation {
  /// Brings a pool that places spot machines to what its placement wants: spot replicas zone by zone, and those
  /// on demand that stand in for what is not ready. O(places of the pool × replicas asked for).
  mutating func adjustSpot(_ pool: Int) {
    guard let placement = elastic[pool].placement, let spot = elastic[pool].spec.spot else {
      return
    }
    let target = elastic[pool].goal
    let zones = spot.zones.map { zone in market(pool, zone) }
    let spotPlaces = placesOfZones(zones)
    let wantedSpot = placement.spotTarget(target: target)
    let present = committed(pool, in: spotPlaces)
    if present < wantedSpot { startSpot(pool, wantedSpot - present, zones) }
    if present > wantedSpot { stopReplicas(pool, present - wantedSpot, from: spotPlaces) }
    guard spot.fallback >= 0 else { return }
    let place = market(pool, spot.fallback)
    let fallback = place..<(place + 1)
    let wanted = placement.onDemandTarget(
      target: target, readySpot: count(pool, in: spotPlaces) { $0 == .ready })
    let standing = committed(pool, in: fallback)
    if standing < wanted {
      revive(pool, atMost: wanted - standing, from: fallback)
      while committed(pool, in: fallback) < wanted, startReplica(pool, from: place) {}
    } else if standing > wanted {
      stopReplicas(pool, standing - wanted, from: fallback)
    }
  }

  /// Asks the zones that the placement names, until there are enough or every zone has failed.
  private mutating func startSpot(_ pool: Int, _ count: Int, _ zones: [Int]) {
    revive(pool, atMost: count, from: placesOfZones(zones))
    let wanted = elastic[pool].placement?.spotTarget(target: elastic[pool].goal) ?? 0
    var refused: [Int] = []
    while committed(pool, in: placesOfZones(zones)) < wanted {
      let held = zones.map { committed(pool, in: $0..<($0 + 1)) }
      guard let zone = elastic[pool].placement?.zoneForNext(held: held, refused: refused) else {
        return
      }
      if startReplica(pool, from: zones[zone]) { continue }
      refused.append(zone)
      elastic[pool].placement?.noteFailed(zone)
    }
  }

  /// Zones stand first among a pool's markets, in order.
  private func placesOfZones(_ zones: [Int]) -> Range<Int> {
    assert(zones == Array(1...zones.count))
    return 1..<(zones.count + 1)
  }

  /// The place of a market among a pool's, counted from 1.
  private func market(_ pool: Int, _ id: Int) -> Int {
    guard let place = elastic[pool].spec.markets.firstIndex(of: id) else {
      preconditionFailure("a pool places machines of its own markets")
    }
    return place + 1
  }

  private func committed(_ pool: Int, in places: Range<Int>) -> Int {
    count(pool, in: places) {
      $0 == .provisioning || $0 == .loading || $0 == .warming || $0 == .ready
    }
  }

  private func count(
    _ pool: Int, in places: Range<Int>, _ isCounted: (ReplicaPhase) -> Bool
  ) -> Int {
    var sum = 0
    let first = elastic[pool].first
    for replica in first..<(first + elastic[pool].places)
    where places.contains(Int(replicaStates[replica].market)) {
      if isCounted(replicaStates[replica].phase) { sum += 1 }
    }
    return sum
  }

  /// A machine of a market was taken back.
  mutating func notePreempted(_ pool: Int, _ place: Int) {
    guard let zone = zone(pool, place) else { return }
    elastic[pool].placement?.notePreempted(zone)
  }

  /// A machine of a market serves.
  mutating func noteReady(_ pool: Int, _ place: Int) {
    guard let zone = zone(pool, place) else { return }
    elastic[pool].placement?.noteReady(zone)
  }

  private func zone(_ pool: Int, _ place: Int) -> Int? {
    guard place > 0, let spot = elastic[pool].spec.spot else { return nil }
    return spot.zones.firstIndex(of: elastic[pool].spec.markets[place - 1])
  }
}
