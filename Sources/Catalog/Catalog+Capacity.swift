import SimulationKernel

/// Lookup in the tables about capacity that comes and goes. O(rows of the table) each.
extension Catalog {
  /// What is known of an accelerator on a cloud's spot market in a region, or `nil`.
  ///
  /// The first of the cloud's instance types with that accelerator for which the vendor publishes a band of
  /// interruptions; where there is none, the first with a list price on spot and on demand.
  ///
  /// - Parameters:
  ///   - accelerator: Name of the accelerator in its table.
  ///   - instance: The vendor's name of the instance type; `nil` for any.
  public func spotMarket(
    cloud: String, region: String, accelerator: String, instance: String? = nil
  ) -> SpotMarketFacts? {
    let fitting = instances.filter {
      $0.cloud == cloud && $0.accelerator == accelerator
        && (instance == nil || Self.matches(instance!, $0.name, []))
    }
    for machine in fitting {
      let offer = spotOffers.first {
        $0.cloud == cloud && $0.region == region && $0.instance == machine.name
      }
      guard let offer else { continue }
      return SpotMarketFacts(
        instance: machine.name, millionthsOfOnDemand: offer.millionthsOfOnDemand,
        monthlyInterruptions: interruptionBand(cloud: cloud, named: offer.band)?.monthlyShare)
    }
    for machine in fitting {
      func price(_ purchase: String) -> Int64? {
        instancePrices.filter {
          $0.cloud == cloud && $0.region == region && $0.instance == machine.name
            && $0.purchase == purchase
        }.max { $0.date < $1.date }?.picodollarsPerHour
      }
      guard let spot = price("spot"), let onDemand = price("on-demand"), spot <= onDemand else {
        continue
      }
      let share = (Int128(spot) * 1_000_000 + Int128(onDemand) / 2) / Int128(onDemand)
      return SpotMarketFacts(instance: machine.name, millionthsOfOnDemand: Int64(share))
    }
    return nil
  }

  /// A cloud's band of interruptions of that name.
  public func interruptionBand(cloud: String, named name: String) -> InterruptionBand? {
    interruptionBands.first { $0.cloud == cloud && $0.name == name }
  }

  /// What a cloud promises before it takes a spot machine back.
  public func spotTerms(cloud: String) -> SpotTerms? {
    spotTerms.first { $0.cloud == cloud }
  }

  /// How long the stages of a new replica take on a cloud; what is not known of it is taken from the rows
  /// of any cloud.
  public func coldStart(cloud: String) -> ColdStartFacts {
    func law(_ stage: String) -> Distribution {
      let rows = coldStarts.filter { $0.stage == stage }
      return (rows.first { $0.cloud == cloud } ?? rows.first { $0.cloud == "any" })?.law
        ?? .constant(0)
    }
    return ColdStartFacts(
      provisioning: law("provisioning"), loading: law("loading"), warming: law("warming"))
  }
}
