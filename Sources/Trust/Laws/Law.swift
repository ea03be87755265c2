import Multicloud

/// Something that must hold between a scenario and its runs.
public protocol Law: Sendable {
  /// Its name on the command line.
  var name: String { get }
  /// What it says, in a sentence.
  var statement: String { get }
  /// How a draft breaks it; `nil` where it does not.
  ///
  /// - Parameters:
  ///   - draft: The scenario.
  ///   - seen: What its run did.
  ///   - player: Plays changed scenarios.
  /// - Throws: What playing throws; `LawSkipped` where the law says nothing of this scenario.
  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String?
}

/// A law that says nothing of a scenario, and why.
public struct LawSkipped: Error, Sendable {
  /// Why.
  public var why: String
}

/// All laws.
public enum Laws {
  /// In the order in which they are tried: cheap ones first.
  public static let all: [any Law] = [
    RowsAgree(), SameAgain(), LookingChangesNothing(), EffectiveTextIsTheSame(), TenantsPermute(),
    UnusedChangesNothing(), LateIncidentChangesNothing(), LaterHorizonKeepsTheStart(),
    StrangersDoNotMeet(), EverythingTwice(), PoolSplits(), TimeScales(),
  ]
}
