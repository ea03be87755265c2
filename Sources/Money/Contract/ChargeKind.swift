/// What a charge is for: contracts say which kinds count.
public enum ChargeKind: UInt8, CaseIterable, Hashable, Sendable {
  /// Tokens of a managed model, pay as you go.
  case tokens
  /// Virtual machines with accelerators.
  case accelerators
  /// Provisioned units of a managed model.
  case units
  /// Data that leaves a region.
  case transfer
  /// Data kept or read.
  case storage
  /// Work of the customer's own application stages.
  case application

  /// Name in scenarios and tables.
  public var name: String {
    switch self {
    case .tokens: "tokens"
    case .accelerators: "gpu"
    case .units: "provisioned"
    case .transfer: "egress"
    case .storage: "storage"
    case .application: "application"
    }
  }
}

/// A set of kinds of charge.
public struct ChargeKinds: OptionSet, Hashable, Sendable {
  /// A bit for each ``ChargeKind``, by raw value.
  public var rawValue: UInt8

  /// Creates a set from its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Creates a set of one kind.
  public init(_ kind: ChargeKind) {
    rawValue = 1 << kind.rawValue
  }

  /// Every kind.
  public static let all = ChargeKinds(rawValue: 0b11_1111)

  /// Whether a kind is in it.
  public func contains(_ kind: ChargeKind) -> Bool { contains(ChargeKinds(kind)) }
}
