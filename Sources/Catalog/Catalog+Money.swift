/// Lookup in the tables about money and energy. O(rows of the table) each.
extension Catalog {
  /// The machines for a pool: whole instances, each with as many replicas as its accelerators hold; of
  /// several instance types the cheapest altogether, of equal ones the first by name.
  ///
  /// Throws a ``PriceGap`` that says what there is where a region, accelerator, instance or purchase
  /// option has no price.
  public func machines(_ ask: MachineAsk) throws(PriceGap) -> MachineChoice {
    let fitting = instances.filter {
      $0.cloud == ask.cloud && $0.accelerator == ask.accelerator
        && $0.accelerators >= ask.acceleratorsPerReplica
        && (ask.instance == nil || Self.matches(ask.instance!, $0.name, []))
    }
    var best: MachineChoice?
    for instance in fitting {
      guard let price = instancePrice(instance, ask) else { continue }
      let perInstance = instance.accelerators / ask.acceleratorsPerReplica
      let choice = MachineChoice(
        instance: instance, count: (ask.replicas + perInstance - 1) / perInstance,
        picodollarsPerHour: price)
      if let known = best,
        (known.total, known.instance.name) <= (choice.total, instance.name)
      {
        continue
      }
      best = choice
    }
    if let best { return best }
    throw gap(ask, fitting)
  }

  private func instancePrice(_ instance: InstanceFacts, _ ask: MachineAsk) -> Int64? {
    if let price = listed(instance, ask, ask.purchase) { return price }
    let discount = purchaseDiscounts.first {
      $0.cloud == ask.cloud && $0.purchase == ask.purchase
    }
    guard let discount, let price = listed(instance, ask, "on-demand") else { return nil }
    return Int64((Int128(price) * Int128(discount.millionthsOfOnDemand) + 500_000) / 1_000_000)
  }

  private func listed(_ instance: InstanceFacts, _ ask: MachineAsk, _ purchase: String) -> Int64? {
    let rows = instancePrices.filter {
      $0.instance == instance.name && $0.purchase == purchase && $0.cloud == ask.cloud
        && $0.region == ask.region
    }
    // Dates of different lengths compare as text: a year comes before its months.
    let before = rows.filter { row in ask.asOf.map { row.date <= $0 } ?? true }
    return (before.max { $0.date < $1.date } ?? rows.min { $0.date < $1.date })?
      .picodollarsPerHour
  }

  /// What is missing, and what there is instead.
  private func gap(_ ask: MachineAsk, _ fitting: [InstanceFacts]) -> PriceGap {
    let place = "\(ask.cloud)/\(ask.region)"
    if let name = ask.instance, fitting.isEmpty {
      let known = instances.filter {
        $0.cloud == ask.cloud && $0.accelerator == ask.accelerator
      }.map(\.name)
      return PriceGap(
        description: "\(ask.cloud) has no instance '\(name)' with "
          + "\(ask.acceleratorsPerReplica) or more \(ask.accelerator)"
          + Self.list("; there are", known))
    }
    let names = Set(fitting.map(\.name))
    let here = instancePrices.filter {
      $0.cloud == ask.cloud && $0.region == ask.region && names.contains($0.instance)
    }
    if !here.isEmpty {
      let options = Self.purchaseOptions.filter { option in
        here.contains { $0.purchase == option }
          || purchaseDiscounts.contains { $0.cloud == ask.cloud && $0.purchase == option }
      }
      return PriceGap(
        description: "no \(ask.purchase) price of \(ask.accelerator) in \(place)"
          + Self.list("; there are prices", options))
    }
    let elsewhere = instancePrices.filter {
      $0.cloud == ask.cloud && names.contains($0.instance)
    }
    var places: [String] = []
    for price in elsewhere where !places.contains(price.region) { places.append(price.region) }
    if places.isEmpty {
      let sold = instances.filter { $0.cloud == ask.cloud }.map(\.accelerator)
      var kinds: [String] = []
      for kind in sold where !kinds.contains(kind) { kinds.append(kind) }
      return PriceGap(
        description:
          "no price of \(ask.acceleratorsPerReplica) × \(ask.accelerator) on \(ask.cloud)"
          + Self.list("; there are prices of", kinds))
    }
    return PriceGap(
      description: "no price of \(ask.accelerator) in \(place)"
        + Self.list("; there are prices in", places))
  }

  private static func list(_ lead: String, _ names: [String]) -> String {
    names.isEmpty ? "" : "\(lead) \(names.joined(separator: ", "))"
  }

  /// Whether a cloud sells a provider's models by its marketplace, as a third party's.
  public func isThirdParty(cloud: String, provider: String) -> Bool {
    !firstParties.contains("\(cloud)/\(provider)")
  }

  /// What an accelerator draws.
  public func power(ofAccelerator name: String) -> PowerFacts? {
    power.first { $0.accelerator == name }
  }

  /// What electricity is in a region.
  public func grid(cloud: String, region: String) -> GridFacts? {
    grids.first { $0.cloud == cloud && $0.region == region }
  }

  /// Picodollars of a gigabyte from a region to another one of any cloud, or within itself; the most
  /// specific row counts: by region, then by geography, then whatever the place. `nil` where the cloud
  /// has no price.
  public func transferPrice(
    cloud: String, from: RegionFacts, toCloud: String, to: RegionFacts
  ) -> Int64? {
    let isSame = from == to
    let sources = [from.name, from.geography, "any"]
    let targets =
      isSame
      ? ["same-region"]
      : cloud == toCloud ? [to.name, to.geography, "any"] : ["internet"]
    for source in sources {
      for target in targets {
        let row = transferPrices.first {
          $0.cloud == cloud && $0.from == source && $0.to == target
        }
        if let row { return row.picodollarsPerGigabyte }
      }
    }
    return nil
  }

  /// Picodollars of a reserved unit for a month.
  public func unitReservation(cloud: String, processing: String, termMonths: Int) -> Int64? {
    unitReservations.first {
      $0.cloud == cloud && $0.processing == processing && $0.termMonths == termMonths
    }?.picodollarsPerUnitMonth
  }
}
