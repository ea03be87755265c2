import Multicloud
import Runner
import SimulationKernel

/// How the replicas of elastic pools came and went, what they were short of and what they cost.
struct CapacitySummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout
  /// Pools shown; where there are more, those with the largest gap.
  private static let mostPools = 12

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// The lines; none where no pool is elastic. O(pools log pools).
  var lines: [String] {
    let all = world.pools.indices.compactMap { id in
      outcome.result.pools[id].capacity.map { (id: id, capacity: $0) }
    }
    if all.isEmpty { return [] }
    var shown = all
    if all.count > Self.mostPools {
      // Equal gaps keep the order of the world.
      let ranked = all.enumerated().sorted {
        ($1.element.capacity.gapTime, $0.offset) < ($0.element.capacity.gapTime, $1.offset)
      }
      shown = ranked.prefix(Self.mostPools).sorted { $0.offset < $1.offset }.map(\.element)
    }
    var lines = table(shown)
    for (id, capacity) in shown {
      lines += layout.wrapped(
        "\(world.poolName(id)): " + story(id, capacity).joined(separator: "; "), hanging: 4)
    }
    if shown.count < all.count {
      lines += layout.wrapped(
        "the \(shown.count) with the largest gaps of \(all.count); the others are in summary.csv")
    }
    return lines
  }

  // MARK: Replicas

  private func table(_ shown: [(id: Int, capacity: CapacityStatistics)]) -> [String] {
    let length = Double((outcome.result.end - outcome.result.measuredFrom).nanoseconds)
    func mean(_ sum: Int128) -> String {
      length > 0 ? Quantity.fixed(Double(sum) / length, 1) : "–"
    }
    // Names, figures and the spaces between take their part; the bars the rest.
    let names = min(28, shown.map { world.poolName($0.id).displayWidth }.max() ?? 0)
    let room = max(8, layout.width - 2 - names - 1 - 27)
    let hasBars = shown.contains { (outcome.use.capacity[$0.id]?.bins.count ?? 0) > 1 }
    var table = TextTable([
      .name("ready replicas", shortest: 20),
      .text(hasBars ? "to \(Quantity.clock(outcome.result.end - .zero)), █ = most" : ""),
      .number("mean"), .number("least"), .number("most"), .number("wanted"),
    ])
    for (id, capacity) in shown {
      let extremes = capacity.extremes
      let bars = outcome.use.capacity[id]?.condensed(to: room).map(\.ready) ?? []
      let full = max(bars.compactMap { $0 }.max() ?? 0, Double(extremes.mostReady), 1)
      table.add([
        world.poolName(id), hasBars ? Sparkline.text(bars, full: full) : "",
        mean(capacity.readyTime), extremes.leastReady.map(String.init) ?? "–",
        "\(extremes.mostReady)", mean(capacity.wantedTime),
      ])
    }
    return table.laidOut(width: layout.width)
  }

  // MARK: What happened

  private func story(_ id: Int, _ capacity: CapacityStatistics) -> [String] {
    var parts: [String] = []
    let came = capacity.scaleUps - capacity.failedScaleUps
    parts.append(
      "\(Quantity.counted(Int(came), "scale-up")), \(Quantity.grouped(capacity.scaleDowns)) down")
    if capacity.starts > 0 {
      let lead = Double(capacity.leadTime) / Double(capacity.starts)
      parts.append("lead time \(Quantity.latency(nanoseconds: lead))")
    }
    if capacity.failedScaleUps > 0 {
      parts.append(
        "\(Quantity.grouped(capacity.failedScaleUps)) failed (\(Self.reasons(capacity)))")
    }
    let losses = [
      (capacity.interruptions, "interruption", "interruptions"),
      (capacity.failures, "replica failed", "replicas failed"),
      (capacity.lostRequests, "request broken off", "requests broken off"),
      (capacity.movedRequests, "request moved", "requests moved"),
    ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.0 == 1 ? $0.1 : $0.2)" }
    if !losses.isEmpty { parts.append(losses.joined(separator: ", ")) }
    let each = Double(world.pools[id].acceleratorsPerReplica)
    func hours(_ time: Int128) -> Double { Double(time) / 3.6e12 * each }
    let gap = hours(capacity.gapTime)
    // A gap that prints as nothing is not worth a word.
    if gap >= 0.05 {
      let share = Double(capacity.gapTime) / Double(max(1, capacity.wantedTime))
      parts.append(
        "gap \(Quantity.fixed(gap, 1)) accelerator-hours, \(Quantity.percent(share)) of what was wanted"
      )
    }
    parts.append(paid(id, capacity, hours(capacity.machineTime)))
    return parts
  }

  /// Why scale-ups failed, the reasons that were there.
  static func reasons(_ capacity: CapacityStatistics) -> String {
    let other = capacity.failedScaleUps - capacity.quotaFailures - capacity.supplyFailures
    return [
      (capacity.quotaFailures, "quota"), (capacity.supplyFailures, "supply"), (other, "other"),
    ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
  }

  private func paid(_ id: Int, _ capacity: CapacityStatistics, _ hours: Double) -> String {
    var text = "\(Quantity.fixed(hours, 1)) accelerator-hours held"
    if capacity.spotTime > 0 {
      let share = Double(capacity.spotTime) / Double(max(1, capacity.servingTime))
      text += ", \(Quantity.percent(share)) spot"
    }
    guard let money = MachineMoney(world, pool: id, capacity) else { return text }
    text += ", \(Self.dollars(money.cost)) at the markets' prices"
    if money.saving > 0 { text += ", \(Self.dollars(money.saving)) less than on demand" }
    if money.saving < 0 { text += ", \(Self.dollars(-money.saving)) more than on demand" }
    return text
  }

  private static func dollars(_ picodollars: Int128) -> String {
    let value = Double(picodollars) / 1e12
    return Quantity.fixed(value, value >= 1000 ? 0 : 2) + " USD"
  }
}
