import Money

/// What turns a simulated run into money: contracts, prices beside those of tokens, and how what was
/// seen stands for the rest of a term.
public struct Billing: Sendable {
  /// Accounts, commitments, reservations, plans; account ids are those of ``accountOfDeployment``.
  public var contracts: Contracts
  /// Id of the billing account of each deployment.
  public var accountOfDeployment: [Int]
  /// Machines of each pool; `nil` where nothing is paid for them.
  public var machines: [MachinePurchase?]
  /// Power of each pool's accelerators; `nil` where it is not known.
  public var power: [PowerCurve?]
  /// The grid of each region; `nil` where it is not known.
  public var grids: [Grid?]
  /// Whether an endpoint resells a third party's model (a marketplace), by endpoint id.
  public var isThirdParty: [Bool]
  /// Price of a gigabyte (1e9 bytes) from region `a` to region `b` at `a * regions + b`.
  public var transferPerGigabyte: [Money]
  /// How the run stands for the rest of the term.
  public var outlook: Outlook

  /// Creates the billing of a world in which only tokens and units cost money.
  public init(contracts: Contracts, world: World) {
    self.contracts = contracts
    self.accountOfDeployment = [Int](
      repeating: 0, count: world.pools.count + world.endpoints.count)
    self.machines = [MachinePurchase?](repeating: nil, count: world.pools.count)
    self.power = [PowerCurve?](repeating: nil, count: world.pools.count)
    self.grids = [Grid?](repeating: nil, count: world.regions.count)
    self.isThirdParty = [Bool](repeating: false, count: world.endpoints.count)
    self.transferPerGigabyte = [Money](
      repeating: .zero, count: world.regions.count * world.regions.count)
    self.outlook = Outlook()
  }
}

/// How the simulated window stands for the time that was not simulated.
///
/// Spending by use of an hour to come is that of an average simulated hour × ``loadMillionths`` × growth since the
/// run; capacity bought by the hour costs what it costs.
public struct Outlook: Hashable, Sendable {
  /// Average demand over that of the simulated window, millionths: below 1 where a peak was simulated.
  public var loadMillionths: Int64
  /// Growth of demand a month, millionths.
  public var monthlyGrowthMillionths: Int64
  /// Relative standard deviation of all spending to come, millionths.
  public var uncertaintyMillionths: Int64

  /// Creates an outlook; as it stands, the window is the average and demand stays.
  public init(
    loadMillionths: Int64 = 1_000_000, monthlyGrowthMillionths: Int64 = 0,
    uncertaintyMillionths: Int64 = 200_000
  ) {
    self.loadMillionths = loadMillionths
    self.monthlyGrowthMillionths = monthlyGrowthMillionths
    self.uncertaintyMillionths = uncertaintyMillionths
  }
}
