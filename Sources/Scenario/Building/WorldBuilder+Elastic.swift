import Catalog
import Multicloud
import SimulationKernel

/// Capacity that moves.
extension WorldBuilder {
  /// What makes a pool's replicas change; `nil` where nothing does, or where it is wrong.
  func elasticPool(_ entry: Item.Entry, replicas: Int, cloud: String) -> ElasticPool? {
    guard let item = entry.item["elastic"] else {
      if let autoscale = entry.item["autoscale"] {
        diagnostics.report(
          autoscale.mark,
          "pool '\(entry.key)' has an autoscaler and no bounds: add elastic: { minimum: 1, maximum: "
            + "\(max(2, 2 * replicas)) }")
      }
      return nil
    }
    let (minimum, maximum) = (
      item.required("minimum").integer, item.required("maximum").integer
    )
    if minimum > maximum {
      diagnostics.report(
        item.mark, "pool '\(entry.key)': minimum \(minimum) is above maximum \(maximum)")
      return nil
    }
    if replicas < minimum || replicas > maximum {
      diagnostics.report(
        entry.item.required("replicas").mark,
        "pool '\(entry.key)' begins with \(replicas) replicas, outside \(minimum) to \(maximum)")
      return nil
    }
    let known = catalog.coldStart(cloud: cloud)
    var life = ReplicaLife(
      provisioning: known.provisioning, loading: known.loading, warming: known.warming)
    if let law = lawOfLife(item, "provisioning") { life.provisioning = law }
    if let law = lawOfLife(item, "loading") { life.loading = law }
    if let law = lawOfLife(item, "warming") { life.warming = law }
    life.drainLimit = item.required("drain-limit").duration
    var elastic = ElasticPool(
      minimum: minimum, maximum: maximum, life: life, markets: [],
      retry: item.required("retry").duration,
      whenEmpty: ElasticPool.WhenEmpty(rawValue: item.required("when-empty").text) ?? .refuse,
      detection: item.required("detection").duration, blocks: blocks(item, entry))
    elastic.inFlight =
      ElasticPool.InFlight(rawValue: item.required("in-flight").text) ?? .drain
    if let failures = item["failures"], let repair = distribution(failures.required("repair")) {
      elastic.failure = MachineFailure(
        meanTimeBetween: failures.required("mtbf").duration, repair: repair,
        replicasPerNode: failures.required("replicas-per-node").integer)
    }
    return elastic
  }

  private func lawOfLife(_ item: Item, _ key: String) -> Distribution? {
    item[key].flatMap(distribution)
  }

  /// The law of a length of time, in seconds; `nil` where it is wrong, which is reported.
  func distribution(_ item: Item) -> Distribution? {
    let forms = ["constant", "exponential", "lognormal", "gamma", "uniform"]
    let given = forms.filter { item[$0] != nil }
    guard given.count == 1, let form = given.first, let body = item[form] else {
      diagnostics.report(
        item.mark,
        "a length of time is one of \(forms.joined(separator: ", ")): write 4m or "
          + "{ lognormal: { median: 4m, sigma: 0.3 } }")
      return nil
    }
    switch form {
    case "exponential": return .exponential(mean: body.required("mean").duration.seconds)
    case "lognormal":
      return .lognormal(
        median: body.required("median").duration.seconds, sigma: body.required("sigma").number)
    case "gamma":
      return .gamma(
        mean: body.required("mean").duration.seconds,
        coefficientOfVariation: body.required("cv").number)
    case "uniform":
      let (least, greatest) = (body.required("min").duration, body.required("max").duration)
      guard least <= greatest else {
        diagnostics.report(body.mark, "uniform: min is above max")
        return nil
      }
      return .uniform(lower: least.seconds, upper: greatest.seconds)
    default: return .constant(body.duration.seconds)
    }
  }

  private func blocks(_ item: Item, _ entry: Item.Entry) -> [CapacityBlock] {
    item.required("blocks").items.compactMap { block in
      let start = block.required("at").duration
      let length = block.required("for").duration
      let margin = block.required("margin").duration
      guard margin < length else {
        diagnostics.report(
          block.mark, "pool '\(entry.key)': the block's margin is not shorter than the block")
        return nil
      }
      return CapacityBlock(
        start: start, end: Duration(nanoseconds: start.nanoseconds + length.nanoseconds),
        replicas: block.required("replicas").integer, margin: margin)
    }.sorted { $0.start < $1.start }
  }
}
