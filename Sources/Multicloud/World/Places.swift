import SimulationKernel

/// A cloud provider.
public struct Cloud: Hashable, Sendable {
  /// Name, unique in the world, such as `azure`.
  public var name: String

  /// Creates a cloud.
  public init(name: String) { self.name = name }
}

/// A region of a cloud.
public struct Region: Hashable, Sendable {
  /// Name in its cloud, such as `eastus2`.
  public var name: String
  /// Id of its cloud.
  public var cloud: Int
  /// Id of its data zone; -1 where it is in none.
  public var zone: Int

  /// Creates a region.
  public init(name: String, cloud: Int, zone: Int = -1) {
    self.name = name
    self.cloud = cloud
    self.zone = zone
  }
}

/// A place where clients are.
public struct Origin: Hashable, Sendable {
  /// Name, unique in the world, such as `us-east`.
  public var name: String

  /// Creates an origin.
  public init(name: String) { self.name = name }
}

/// One-way delays, resolved to tables.
public struct Network: Hashable, Sendable {
  /// From origin `o` to region `r` at `o * regions + r`.
  public var originToRegion: [Duration]
  /// From region `a` to region `b` at `a * regions + b`; zero on the diagonal.
  public var regionToRegion: [Duration]
  /// Region through which every request enters, or `nil` where each origin reaches every region
  /// directly and the gateway decides at the client's edge.
  public var ingress: Int?

  /// Creates delay tables.
  public init(originToRegion: [Duration], regionToRegion: [Duration], ingress: Int? = nil) {
    self.originToRegion = originToRegion
    self.regionToRegion = regionToRegion
    self.ingress = ingress
  }
}
