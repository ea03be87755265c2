import Trust

/// What became of one world, as its process writes it down for the one that started it.
struct WorldReport: Codable, Sendable {
  /// How it ended.
  enum Kind: String, Codable, Sendable {
    /// It is begun; the last line of a process that ended early.
    case begun
    /// Its checker refused it.
    case refused
    /// Every law that applies holds.
    case held
    /// A law is broken.
    case failed
    /// Its process was ended by a trap, or for want of time.
    case crashed
  }

  /// Its seed.
  var seed: UInt64
  /// How it ended.
  var kind: Kind
  /// Requests played once.
  var requests: Int64 = 0
  /// Events of that.
  var events: Int64 = 0
  /// Laws that said something of it.
  var applied: [String] = []
  /// Laws that said nothing of it.
  var skipped: [String] = []
  /// The broken law.
  var law = ""
  /// How it is broken, why the world is refused, or how its process ended.
  var detail = ""

  init(seed: UInt64, kind: Kind, detail: String = "") {
    self.seed = seed
    self.kind = kind
    self.detail = detail
  }

  init(_ outcome: Trial.Outcome, seed: UInt64) {
    switch outcome {
    case .refused(let text): self.init(seed: seed, kind: .refused, detail: text)
    case .held(let held):
      self.init(seed: seed, kind: .held)
      requests = held.requests
      events = held.events
      applied = held.applied
      skipped = held.skipped
    case .failed(let failure):
      self.init(seed: seed, kind: .failed, detail: failure.detail)
      law = failure.law
    }
  }
}
