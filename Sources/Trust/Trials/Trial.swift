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

  /// What holds.
  public struct Held: Sendable {
    /// Requests of its run.
    public var requests: Int64
    /// Events of that.
    public var events: Int64
    /// Laws that say something of it, by name.
    public var applied: [String] = []
    /// Laws that say nothing of it.
    public var skipped: [String] = []
  }

  /// What a trial came to.
  public enum Outcome: Sendable {
    /// The scenario is none; what its checker says. The dice are to blame.
    case refused(String)
    /// Everything held.
    case held(Held)
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
    var held = Held(requests: seen.result.requests, events: seen.result.events)
    for law in laws {
      do {
        if let detail = try law.broken(by: draft, seen, player) {
          return .failed(Failure(law: law.name, detail: detail))
        }
        held.applied.append(law.name)
      } catch is LawSkipped {
        held.skipped.append(law.name)
      } catch {
        return .failed(Failure(law: law.name, detail: "the changed scenario: \(error)"))
      }
    }
    return .held(held)
  }

  /// The failure of a draft; `nil` where it is refused or all holds.
  public func failure(of draft: Draft) -> Failure? {
    if case .failed(let failure) = outcome(of: draft) { return failure }
    return nil
  }
}
