import Catalog
import Multicloud
import ServingEngine
import SimulationKernel
import Workload

extension WorldBuilder {
  /// The adapters an engine has room for; `nil` where there are none, or fewer are held than run.
  func adapterPlan(_ engine: Item, _ entry: Item.Entry) -> AdapterPlan? {
    guard let item = engine["adapters"] else { return nil }
    let resident = item.required("max").integer
    let held = item["held"]?.integer ?? resident
    if held < resident {
      diagnostics.report(
        item.mark,
        "pool '\(entry.key)': adapters held \(held) is below max \(resident); give \(resident) or more"
      )
      return nil
    }
    var plan = AdapterPlan(
      resident: resident, held: held, rank: item.required("rank").integer,
      costs: catalog.adapterCosts)
    func picoseconds(_ key: String) -> Int64? { item[key].map { $0.duration.nanoseconds * 1000 } }
    plan.loadTime = picoseconds("load")
    plan.fetchTime = picoseconds("fetch")
    plan.perStep = picoseconds("per-step")
    plan.perAdapter = picoseconds("per-adapter")
    plan.perToken = picoseconds("per-token")
    return plan
  }

  /// Which adapters a workload's requests are served with, numbered from `first`; `nil` where none are.
  func adapterUse(_ workload: Item.Entry, first: Int) -> AdapterUse? {
    guard let item = workload.item["adapters"] else { return nil }
    let weights = item["weights"]?.items.map(\.number) ?? []
    let count = item["count"]?.integer ?? weights.count
    func problem(_ text: String) -> AdapterUse? {
      diagnostics.report(item.mark, "workload '\(workload.key)': \(text)")
      return nil
    }
    if count == 0 { return problem("adapters need count or weights") }
    if !weights.isEmpty {
      if weights.count != count {
        return problem("\(count) adapters but \(weights.count) weights; leave one of them out")
      }
      if !weights.contains(where: { $0 > 0 }) { return problem("all weights of adapters are zero") }
    }
    return AdapterUse(
      first: first,
      weights: weights.isEmpty
        ? AdapterUse.zipf(count: count, exponent: item.required("zipf").number) : weights,
      plainShare: item.required("plain").number)
  }

  /// Numbers the adapters of all workloads and says which deployments cannot serve them.
  func giveAdapters(to demands: inout [World.Demand]) {
    var first = 0
    for entry in root.required("workloads").entries where entry.item["adapters"] != nil {
      guard let id = demands.firstIndex(where: { $0.spec.name == entry.key }) else { continue }
      guard let use = adapterUse(entry, first: first), let item = entry.item["adapters"] else {
        continue
      }
      first += use.cumulative.count
      demands[id].adapters = use
      let asked = [demands[id].model] + demands[id].alternatives
      for (place, pool) in pools.enumerated()
      where asked.contains(pool.model) && !pool.scheduler.adapters.isOn {
        diagnostics.report(
          item.mark,
          "workload '\(entry.key)' asks for adapters, which pool '\(poolEntries[place].key)' does not "
            + "serve; give it engine.adapters")
      }
      for (place, endpoint) in endpoints.enumerated() where asked.contains(endpoint.model) {
        diagnostics.report(
          item.mark,
          "workload '\(entry.key)' asks for adapters, which endpoint '\(endpointEntries[place].key)' does "
            + "not serve; only pools do")
      }
    }
  }
}
