import SimulationKernel

/// The server in front of an engine: it reads a request and turns its prompt into tokens before the
/// engine's queue knows of it. Requests pass it beside each other.
public struct FrontEnd: Hashable, Sendable {
  /// Time of any request.
  public var base: Duration
  /// What each prompt token adds.
  public var perPromptToken: Duration

  /// Creates a front end; without arguments one that takes no time.
  public init(base: Duration = .zero, perPromptToken: Duration = .zero) {
    self.base = base
    self.perPromptToken = perPromptToken
  }

  /// What a request with a prompt of that many tokens takes, nanoseconds.
  @inline(__always)
  func delay(promptTokens: Int32) -> Int64 {
    base.nanoseconds + perPromptToken.nanoseconds * Int64(promptTokens)
  }
}
