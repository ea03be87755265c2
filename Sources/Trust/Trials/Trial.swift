import Multicloud
import Scenario

/// One scenario held against the simulator's laws and all laws between scenarios and runs.
public struct Trial: Sendable {
  /// Who plays.
  public var player: Player
  /// Which laws.
  public var laws: [any Law]

  /// A law that a draft breaks.
  public struct Failure: Sendable {
    /// Name of the law.
    public var law: String
    /// How.
    public var detail: String
  }

  /// What a trial came to.
  public enum Outcome: Sendable {
    /// The scenario is none; what its checker says. The dice are to blame.
    case refused(String)
    /// Everything held; how many laws said nothing of it.
    case held(requests: Int64, events: Int64, skipped: Int)
    /// Something broke.
    case failed(Failure)
  }

  /// Name under which broken laws of the simulator itself are told.
  public static let invariants = "invariants"

  /// Creates a trial.
  public init(player: Player, laws: [any Law] = Laws.all) {
    self.player = player
    self.laws = laws
  }

  /// Holds a draft against all laws. O(laws) runs.
  public func outcome(of draft: Draft) -> Outcome {
    let seen: Observation
    do {
      let world = try player.world(draft.yaml)
      seen = try player.play(world)
    } catch let error as ScenarioError {
      return .refused(error.description)
    } catch {
      return .failed(Failure(law: Self.invariants, detail: "\(error)"))
    }
    var skipped = 0
    for law in laws {
      do {
        if let detail = try law.broken(by: draft, seen, player) {
          return .failed(Failure(law: law.name, detail: detail))
        }
      } catch is LawSkipped {
        skipped += 1
      } catch {
        return .failed(Failure(law: law.name, detail: "the changed scenario: \(error)"))
      }
    }
    return .held(requests: seen.result.requests, events: seen.result.events, skipped: skipped)
  }

  /// The failure of a draft; `nil` where it is refused or all holds.
  public func failure(of draft: Draft) -> Failure? {
    if case .failed(let failure) = outcome(of: draft) { return failure }
    return nil
  }
}
