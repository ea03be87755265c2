import Multicloud
import Scenario

/// The same scenario is the same run.
struct SameAgain: Law {
  let name = "same-again"
  let statement = "the same scenario gives the same run"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    seen.wholeDifference(from: try player.play(draft))
  }
}

/// Who watches changes nothing.
struct LookingChangesNothing: Law {
  let name = "looking-changes-nothing"
  let statement = "a run without tables is the run with them"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    let (quiet, bill) = try player.playUnwatched(try player.world(draft.yaml))
    if let detail = seen.billDifference(from: bill) { return detail }
    guard quiet.fingerprint == seen.result.fingerprint, quiet.totals == seen.result.totals else {
      return "watched \(seen.result.fingerprint) \(seen.result.totals), alone \(quiet.fingerprint) "
        + "\(quiet.totals)"
    }
    return nil
  }
}

/// The scenario with its defaults written out is the scenario.
struct EffectiveTextIsTheSame: Law {
  let name = "effective-text"
  let statement = "the scenario with every default written out gives the same run"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    let text = try ScenarioDocument(text: draft.yaml, path: "world.yaml").effectiveYAML
    return seen.wholeDifference(from: try player.play(try player.world(text)))
  }
}
