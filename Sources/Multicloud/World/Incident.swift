import SimulationKernel

/// Something that goes wrong for a while.
public struct Incident: Hashable, Sendable {
  /// What it befalls.
  public enum Target: Hashable, Sendable {
    /// Everything of a cloud; id.
    case cloud(Int)
    /// Everything in a region; id.
    case region(Int)
    /// Everything in a data zone; id.
    case zone(Int)
    /// All endpoints and pools of an account; id.
    case account(Int)
    /// All endpoints that serve models of a provider; id.
    case provider(Int)
    /// One pool or endpoint; deployment id.
    case deployment(Int)
    /// A quota; id.
    case quota(Int)
    /// The way between two clouds; their ids.
    case link(Int, Int)
  }

  /// What it does.
  public enum Effect: Hashable, Sendable {
    /// Requests fail at once with a server error; those in service fail too.
    case fails
    /// Requests get no answer until whoever waits gives up.
    case hangs
    /// Answers of endpoints, and steps of replicas, take this many times as long.
    case slows(Double)
    /// A quota's effective limit is this share of its limit.
    case cuts(Double)
    /// Packets are lost on the way from the gateway to a deployment and back.
    case loses(PacketLoss)
  }

  /// The most that brown-outs at once make of a time, multiplied: beyond it, a deployment hangs for all
  /// practical purposes.
  public static let mostSlowness = 1e6

  /// What it befalls.
  public var target: Target
  /// What it does.
  public var effect: Effect
  /// When it begins, from the run's start.
  public var start: Duration
  /// How long it lasts.
  public var duration: Duration

  /// Creates an incident.
  public init(target: Target, effect: Effect, start: Duration, duration: Duration) {
    self.target = target
    self.effect = effect
    self.start = start
    self.duration = duration
  }
}
