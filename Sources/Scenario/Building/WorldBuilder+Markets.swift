import Catalog
import Multicloud
import ServingEngine
import SimulationKernel

/// Where machines come from.
extension WorldBuilder {
  /// A month, as vendors state interruptions: a twelfth of a year of 365.25 days.
  private static let month = Duration.seconds(2_629_800)

  /// Markets in the order of the file. The number of a course of shared shortages is its place among
  /// `common-spells`.
  mutating func buildMarkets() -> [Market] {
    let common = (root["common-spells"]?.entries ?? []).map {
      (name: $0.key, spells: spellPair($0.item))
    }
    var markets: [Market] = []
    for entry in root["markets"]?.entries ?? [] {
      if let market = buildMarket(entry, common) { markets.append(market) }
    }
    return markets
  }

  private mutating func buildMarket(
    _ entry: Item.Entry, _ common: [(name: String, spells: SpellPair)]
  ) -> Market? {
    let item = entry.item
    let region = reference(item.required("region"), "region", among: regionNames)
    let supply = supply(item.required("available"), market: entry.key, common)
    let accelerator = item["accelerator"].map { marketAccelerator($0) } ?? ""
    guard let region, let supply, let accelerator else { return nil }
    let cloud = clouds[regions[region].cloud].name
    let isSpot = item.required("kind").text == "spot"
    var market = Market(
      name: entry.key, region: region, kind: isSpot ? .spot : .onDemand, supply: supply,
      quota: item["quota"]?.integer)
    market.accelerator = accelerator
    market.priceMillionths = item["price"]?.millionths ?? 1_000_000
    if market.priceMillionths == 0 {
      diagnostics.report(item.required("price").mark, "a price of 0% is free: give one above")
    }
    guard isSpot else {
      for key in ["instance", "notice", "price-process", "limit", "interruptions"] {
        if let item = item[key] {
          diagnostics.report(
            item.mark, "market '\(entry.key)' is on demand, and \(key) is for spot: give kind: spot"
          )
        }
      }
      return market
    }
    market.notice =
      item["notice"]?.duration
      ?? Duration(seconds: catalog.spotTerms(cloud: cloud)?.noticeSeconds ?? 0)
    let known = catalog.spotMarket(
      cloud: cloud, region: regions[region].name, accelerator: accelerator,
      instance: item["instance"]?.text)
    if item["price"] == nil {
      if let known {
        market.priceMillionths = known.millionthsOfOnDemand
      } else {
        marketNotes.append(
          "market \(entry.key): the catalog has no spot price, so machines cost what they do on demand"
        )
      }
    }
    market.interruption = interruption(item, known)
    market.priceProcess = priceProcess(item, median: market.priceMillionths)
    return market
  }

  private func marketAccelerator(_ item: Item) -> String? {
    if let accelerator = catalog.accelerator(named: item.text) { return accelerator.name }
    let hint = NearestName.hint(for: item.text, among: catalog.acceleratorNames)
    diagnostics.report(item.mark, "unknown accelerator '\(item.text)'\(hint)")
    return nil
  }

  private func interruption(_ item: Item, _ known: SpotMarketFacts?) -> SpotInterruption? {
    var share = item["interruptions"]?.number ?? 0
    if let given = item["interruptions"], share >= 1 {
      diagnostics.report(given.mark, "interruptions: give a share below 100%")
      return nil
    }
    // Spells and recordings hold the interruptions already.
    if item["interruptions"] == nil, item.required("available")["always"] != nil {
      share = known?.monthlyInterruptions ?? 0
    }
    return share > 0 ? SpotInterruption(probability: share, within: Self.month) : nil
  }

  private func priceProcess(_ item: Item, median: Int64) -> SpotPriceModel? {
    guard let process = item["price-process"] else {
      if let limit = item["limit"] {
        diagnostics.report(
          limit.mark, "limit: a price that stays has no use for one; give price-process")
      }
      return nil
    }
    let floor = process.required("floor")
    guard floor.number > 0, floor.millionths <= median else {
      diagnostics.report(
        floor.mark, "price-process.floor: expected above 0% and at most the price of the market")
      return nil
    }
    return SpotPriceModel(
      median: Double(median) / 1e6, deviation: process.required("deviation").number,
      reversion: process.required("reversion").duration, floor: floor.number,
      step: process.required("step").duration, limitMillionths: item["limit"]?.millionths)
  }

  // MARK: Supply

  private mutating func supply(
    _ item: Item, market: String, _ common: [(name: String, spells: SpellPair)]
  ) -> AvailabilityModel? {
    let given = ["always", "recorded", "spells"].filter { item[$0] != nil }
    guard given.count == 1, let form = given.first else {
      diagnostics.report(
        item.mark, "available: give one of always, recorded and spells, such as available: 64")
      return nil
    }
    let body = item.required(form)
    switch form {
    case "always": return .constant(body.integer)
    case "recorded": return recorded(body, market: market).map { .recorded($0) }
    default: return spells(body, common).map { .spells($0) }
    }
  }

  /// More spells in a run than this are a mistake of units.
  private static let mostSpells = 10_000_000.0

  private func spellPair(_ item: Item) -> SpellPair {
    let pair = SpellPair(up: spell(item.required("up")), down: spell(item.required("down")))
    let expected = root.required("horizon").duration.seconds / (pair.up.mean + pair.down.mean)
    if expected > Self.mostSpells {
      diagnostics.report(
        item.mark,
        "spells: some \(Int(min(expected, 1e15))) are expected in the run, more than "
          + "\(Int(Self.mostSpells)); give longer ones")
    }
    return pair
  }

  private func spell(_ item: Item) -> Distribution {
    let mean = item.required("mean").duration.seconds
    guard let cv = item["cv"]?.number else { return .exponential(mean: mean) }
    return cv == 0 ? .constant(mean) : .lognormal(mean: mean, coefficientOfVariation: cv)
  }

  private func spells(
    _ item: Item, _ common: [(name: String, spells: SpellPair)]
  ) -> SpellModel? {
    let (level, low) = (item.required("level"), item.required("low"))
    guard low.integer < level.integer else {
      diagnostics.report(low.mark, "spells: low \(low.integer) is not below level \(level.integer)")
      return nil
    }
    var shared: CommonSpells?
    if let name = item["common"] {
      guard let key = reference(name, "common spells", among: common.map(\.name)) else {
        return nil
      }
      shared = CommonSpells(
        spells: common[key].spells, key: UInt32(key), exposure: item.required("exposure").number)
    }
    return SpellModel(
      level: level.integer, low: low.integer, own: spellPair(item), common: shared)
  }

  private mutating func recorded(_ item: Item, market: String) -> RecordedAvailability? {
    switch (item["file"], item["steps"]) {
    case (let file?, nil): return recording(of: file, item, market: market)
    case (nil, let steps?): return planned(steps, item)
    default:
      diagnostics.report(item.mark, "recorded: give either file or steps")
      return nil
    }
  }

  private func planned(_ steps: Item, _ item: Item) -> RecordedAvailability? {
    let starts = steps.items.map { $0.required("at").duration }
    let length = item["length"]?.duration ?? Duration(nanoseconds: SimTime.never.nanoseconds)
    guard starts.first == .zero, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }),
      starts.last.map({ $0 < length }) == true
    else {
      diagnostics.report(
        steps.mark, "steps: give levels from 0s on, in order of time, all before length")
      return nil
    }
    return RecordedAvailability(
      starts: starts, levels: steps.items.map { $0.required("level").integer }, length: length)
  }

  private mutating func recording(
    of file: Item, _ item: Item, market: String
  ) -> RecordedAvailability? {
    guard let contents = traces.availability(file, diagnostics) else { return nil }
    let matching = contents.matching(
      zone: item["zone"]?.text, instance: item["instance"]?.text, start: item["start"]?.text)
    guard matching.count == 1, var recording = matching.first?.recording else {
      // Of none, what there is; of several, those among which to choose.
      let shown = matching.isEmpty ? contents.series : matching
      let names = shown.prefix(8).map { "\($0.zone) \($0.instance) \($0.start)" }
      let more = shown.count > 8 ? " and \(shown.count - 8) more" : ""
      diagnostics.report(
        item.mark,
        "market '\(market)': \(matching.isEmpty ? "no recording" : "\(matching.count) recordings") "
          + "of that zone, instance and start; there are \(names.joined(separator: ", "))\(more)")
      return nil
    }
    let accelerators = item.required("accelerators").integer
    recording.levels = recording.levels.map { $0 * accelerators }
    return recording
  }
}
