import SimulationKernel

/// Draws scenarios: whole worlds with topologies, workloads, policies, incidents and contracts, valid
/// nearly always. The same seed draws the same scenario on every machine.
///
/// Worlds are small (minutes, thousands of requests, pools of few blocks), so that queues, preemptions,
/// refusals and failures are common and a world takes milliseconds.
public struct WorldDice {
  private var bits: SplitMix64
  /// The scenario so far.
  var draft = Draft.map([])
  /// Seconds simulated.
  var seconds = 0
  /// Whether somebody is billed, so that a starting day is given.
  var isBilled = false
  /// Places that the parts of the world refer to.
  var pools: [Site] = []
  var endpoints: [Site] = []
  var quotas: [String] = []
  var tenants: [String] = []
  var regions: [String] = []

  /// A pool or endpoint by its place and model.
  struct Site {
    var cloud: String
    var region: String
    var name: String
    var model: String

    var path: [String] { ["clouds", cloud, "regions", region] }
    var deployment: String { "\(cloud)/\(region)/\(name)" }
  }

  /// Creates the dice of a seed.
  public init(seed: UInt64) {
    bits = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x5_DEEC_E66D)
  }

  /// The scenario of a seed.
  public static func draft(seed: UInt64) -> Draft {
    var dice = WorldDice(seed: seed)
    return dice.roll(seed: seed)
  }

  mutating func roll(seed: UInt64) -> Draft {
    seconds = pick([60, 90, 150, 240])
    isBilled = chance(45)
    draft["plimsoll"] = 1
    draft["name"] = .scalar("world \(seed)")
    draft["seed"] = .scalar(String(bits.next() >> 12))
    if isBilled || chance(20) { draft["starts"] = .scalar(pick(Self.starts)) }
    draft["horizon"] = time(seconds)
    draft["warmup"] = chance(60) ? time(seconds / 5) : "0s"
    rollPlaces()
    rollTenants()
    rollGateway()
    rollMoney()
    rollWorkloads()
    rollRareThings()
    rollIncidents()
    return draft
  }

  /// Just before an hour, a day, a month, a year ends: where bills are cut.
  private static let starts = [
    "2026-03-02T08:00Z", "2026-03-02T08:59Z", "2026-02-28T23:59Z", "2026-12-31T23:59Z",
    "2028-02-29T11:58Z",
  ]

  // MARK: Draws

  mutating func below(_ count: Int) -> Int { Int(bits.next() % UInt64(count)) }
  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// A part of the run's time.
  mutating func moment() -> Draft { time(below(seconds)) }

  func time(_ seconds: Int) -> Draft { .scalar("\(seconds)s") }
  func percent(_ value: Int) -> Draft { .scalar("\(value)%") }
}
