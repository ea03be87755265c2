/// A way in which a cloud deploys managed models.
public struct DeploymentTypeFacts: Hashable, Sendable {
  /// Where a request may be processed.
  public enum Processing: String, CaseIterable, Hashable, Sendable {
    /// In any region of the cloud.
    case global
    /// In any region of the deployment's data zone or geography.
    case zone
    /// In the deployment's region only.
    case region
  }

  /// How capacity is sold.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// By the token, from shared capacity.
    case standard
    /// By the hour, as units of capacity set aside.
    case provisioned
    /// By the token, within a day.
    case batch
    /// By the token, before standard requests.
    case priority
    /// By the token, when there is room.
    case flex
  }

  /// The cloud, or `direct` for the API of the provider.
  public var cloud: String
  /// Name, such as `data-zone-standard`.
  public var name: String
  /// Other names, such as `standard` where the cloud has one meaning for it.
  public var aliases: [String]
  /// What the vendor calls it, such as `DataZoneProvisionedManaged`.
  public var vendorName: String
  /// Where a request may be processed.
  public var processing: Processing
  /// How capacity is sold.
  public var kind: Kind
}
