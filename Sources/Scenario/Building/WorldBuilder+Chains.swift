import Multicloud
import SimulationKernel
import Workload

/// Stages of requests; each call of a model becomes a workload of its own.
extension WorldBuilder {
  /// Gives demands their chains, and appends the workloads the chains call; where each stands.
  mutating func buildChains(_ demands: inout [World.Demand]) -> [Mark] {
    // A demand that could not be built has been reported, and its neighbours' ids mean nothing.
    guard demands.count == root.required("workloads").entries.count else { return [] }
    var marks = root.required("workloads").entries.map(\.mark)
    for (id, entry) in root.required("workloads").entries.enumerated() {
      guard let item = entry.item["chain"] else { continue }
      demands[id].chain = chain(entry.key, item, of: id, in: &demands)
      marks += item.entries.filter { $0.item["call"] != nil }.map(\.mark)
    }
    return marks
  }

  private mutating func chain(
    _ workload: String, _ item: Item, of parent: Int, in demands: inout [World.Demand]
  ) -> Chain? {
    let names = item.entries.map(\.key)
    if names.isEmpty {
      diagnostics.report(item.mark, "chain of workload '\(workload)' has no stages")
      return nil
    }
    if !item.entries.contains(where: { $0.item["call"] != nil }) {
      diagnostics.report(item.mark, "chain of workload '\(workload)' calls no model")
      return nil
    }
    let after = item.entries.enumerated().map { waitsFor($1, $0, names) }
    var stages: [Chain.Stage] = []
    for (place, entry) in item.entries.enumerated() {
      guard
        let work = work(entry, "\(workload)/\(entry.key)", parent: parent, in: &demands)
      else { continue }
      stages.append(
        Chain.Stage(
          name: entry.key, work: work, after: predecessors(entry, place, names, after),
          bytesOut: entry.item.required("bytes").whole))
    }
    return stages.count == names.count ? Chain(stages: stages) : nil
  }

  /// Places of the stages that one names as before it; else of the one above it.
  private func waitsFor(_ entry: Item.Entry, _ place: Int, _ names: [String]) -> [Int] {
    guard let after = entry.item["after"] else { return place == 0 ? [] : [place - 1] }
    if beginsAtOnce(after) { return [] }
    return after.oneOrMore.compactMap { names.firstIndex(of: $0.text) }
  }

  /// Whether a stage is written to wait for no other.
  private func beginsAtOnce(_ after: Item) -> Bool { after.oneOrMore.map(\.text) == ["nothing"] }

  /// Places of the stages one comes after, which stand above it; others are reported.
  private func predecessors(
    _ entry: Item.Entry, _ place: Int, _ names: [String], _ after: [[Int]]
  ) -> [Int] {
    guard let written = entry.item["after"] else { return after[place] }
    if beginsAtOnce(written) { return [] }
    var places: [Int] = []
    for item in written.oneOrMore {
      guard let other = names.firstIndex(of: item.text) else {
        diagnostics.report(
          item.mark,
          "stage '\(entry.key)' comes after the unknown stage '\(item.text)'"
            + NearestName.hint(for: item.text, among: Array(names[..<place])))
        continue
      }
      if other == place {
        diagnostics.report(item.mark, "stage '\(entry.key)' comes after itself")
      } else if other < place {
        if !places.contains(other) { places.append(other) }
      } else if let way = way(from: other, to: place, after) {
        let circle = ([place] + way).reversed().map { names[$0] }.joined(separator: " → ")
        diagnostics.report(item.mark, "stages wait for each other in a circle: \(circle)")
      } else {
        diagnostics.report(
          item.mark,
          "stage '\(entry.key)' comes after '\(item.text)', which stands below it: "
            + "write stages in the order in which they run")
      }
    }
    return places
  }

  /// The shortest way from a stage to one it waits for, both included. O(stages²).
  private func way(from start: Int, to goal: Int, _ after: [[Int]]) -> [Int]? {
    var cameFrom = [Int?](repeating: nil, count: after.count)
    cameFrom[start] = start
    var queue = [start]
    var next = 0
    while next < queue.count {
      let stage = queue[next]
      next += 1
      if stage == goal {
        var way = [goal]
        while way[0] != start, let before = cameFrom[way[0]] { way.insert(before, at: 0) }
        return way
      }
      for other in after[stage] where cameFrom[other] == nil {
        cameFrom[other] = stage
        queue.append(other)
      }
    }
    return nil
  }

  private mutating func work(
    _ entry: Item.Entry, _ name: String, parent: Int, in demands: inout [World.Demand]
  ) -> Chain.Work? {
    if let call = entry.item["call"] {
      guard let called = called(call, entry, name, by: demands[parent], among: demands) else {
        return nil
      }
      demands.append(called)
      return .call(workload: demands.count - 1)
    }
    let kinds: [(String, Chain.Timed.Kind)] = [
      ("storage", .storage), ("retrieval", .retrieval), ("app", .app),
    ]
    guard let (key, kind) = kinds.first(where: { entry.item[$0.0] != nil }),
      let timed = entry.item[key], let region = regionID(timed.required("region"))
    else { return nil }
    var work = Chain.Timed(
      kind: kind, region: region, mean: timed.required("time").duration,
      variation: timed.required("variation").number,
      failureShare: timed.required("fails").number)
    work.picodollarsPerRun = timed["cost"]?.whole ?? 0
    return .timed(work)
  }

  /// The workload of a call: who asks and under which rules is its parent's, the rest its own.
  private mutating func called(
    _ call: Item, _ entry: Item.Entry, _ name: String, by parent: World.Demand,
    among demands: [World.Demand]
  ) -> World.Demand? {
    if demands.contains(where: { $0.spec.name == name }) {
      diagnostics.report(entry.mark, "stage '\(name)' has the name of a workload")
      return nil
    }
    var called = parent
    called.chain = nil
    called.isCalled = true
    called.objective = Objective()
    called.patience = nil
    called.timeout = nil
    called.clientRetry = RetryPolicy(attempts: 1)
    called.spec.name = name
    called.spec.arrivals = .poisson(rate: 1)
    called.spec.start = .zero
    called.spec.end = nil
    if let shape = call["shape"] {
      let builder = DemandBuilder(
        diagnostics: diagnostics, horizon: root.required("horizon").duration)
      guard let own = builder.shapeSpec(shape, traces: &traces) else { return nil }
      called.spec.shape = own
      called.spec.outputEstimate = .mean
      called.promptCache = nil
      called.maximumOutputTokens = nil
    }
    if let most = call["max-tokens"] { called.maximumOutputTokens = most.integer }
    if let models = call["model"] {
      guard let ids = servedModels(models, asker: "stage '\(name)'") else { return nil }
      called.model = ids[0]
      called.alternatives = Array(ids.dropFirst())
      checkEligible(called, name, models)
    }
    do {
      try called.spec.validate()
    } catch {
      if diagnostics.isEmpty { diagnostics.report(entry.mark, error.description) }
      return nil
    }
    return called
  }
}
