import Catalog
import Multicloud
import ServingEngine
import SimulationKernel

extension WorldBuilder {
  /// How an engine speculates; `nil` where it does not. Says what is wrong with what was written.
  func speculation(
    _ engine: Item, hasStepTimes: Bool, _ entry: Item.Entry
  ) -> (plan: SpeculationPlan, speculation: Speculation)? {
    guard let item = engine["speculation"] else { return nil }
    func problem(_ item: Item, _ text: String) -> (SpeculationPlan, Speculation)? {
      diagnostics.report(item.mark, "pool '\(entry.key)': \(text)")
      return nil
    }
    let method = item.required("method")
    guard let drafter = catalog.drafter(named: method.text) else {
      let methods = catalog.drafters.map(\.method)
      return problem(
        method,
        "unknown method of speculation '\(method.text)'"
          + NearestName.hint(for: method.text, among: methods))
    }
    let step = item["draft-step"]
    var model: LanguageModel?
    if let name = item["draft-model"] {
      guard drafter.needsModel else {
        return problem(
          name, "draft-model is for method draft-model; method \(drafter.method) has none")
      }
      model = catalog.model(named: name.text)
      if model == nil {
        let names = catalog.models.map(\.name)
        return problem(
          name, "unknown model '\(name.text)'" + NearestName.hint(for: name.text, among: names))
      }
    }
    if hasStepTimes {
      if step == nil {
        return problem(item, "explicit step times need speculation.draft-step too")
      }
    } else if let token = item["per-draft-token"] {
      return problem(
        token,
        "per-draft-token goes with engine.step-time; without it the accelerator's kernels say")
    } else if drafter.needsModel && model == nil {
      return problem(item, "method draft-model needs draft-model, the model that drafts")
    }
    return (
      SpeculationPlan(
        draftTokens: item.required("draft-tokens").integer, drafter: drafter, model: model,
        passMicroseconds: step.map { Double($0.duration.nanoseconds) / 1000 }),
      Speculation(acceptance: item.required("acceptance").number)
    )
  }
}

/// What speculation adds to explicit step times, nanoseconds.
struct ExplicitDrafting {
  var draftTokens: Int64 = 0
  /// By each step.
  var perStep: Int64 = 0
  /// By each decoding sequence in a step.
  var perSequence: Int64 = 0

  init(_ engine: Item) {
    guard let item = engine["speculation"] else { return }
    draftTokens = Int64(item.required("draft-tokens").integer)
    perStep = draftTokens * (item["draft-step"]?.duration.nanoseconds ?? 0)
    perSequence = draftTokens * (item["per-draft-token"]?.duration.nanoseconds ?? 0)
  }
}
