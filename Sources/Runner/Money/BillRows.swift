import Money
import Multicloud
import SimulationKernel
import Tables
import Workload

extension ChargeRow {
  /// A charge under the names of a world.
  init(_ charge: Charge, _ world: World, _ billing: Billing) {
    let usage = charge.usage
    let tenant =
      usage.tenant < 0
      ? [] : world.tenants[usage.tenant].name.split(separator: "/", maxSplits: 1).map(String.init)
    let account = billing.contracts.accounts[usage.account]
    let hasUsage = charge.category == .usage && usage.quantity > 0
    self.init(
      account: account.name, tenant: tenant.first ?? "",
      project: tenant.count > 1 ? tenant[1] : "",
      workload: usage.workload < 0 ? "" : world.workloadNames[usage.workload],
      start: charge.start.description, end: charge.end.description,
      category: charge.category.focusName, description: charge.words,
      provider: world.clouds[account.cloud].name, service: usage.service,
      region: usage.region < 0 ? "" : world.regions[usage.region].name,
      resource: usage.deployment < 0 ? "" : world.deploymentName(usage.deployment),
      sku: usage.sku, pricing: charge.pricingCategory,
      quantity: hasUsage ? usage.quantity : nil, unit: hasUsage ? usage.unit : "",
      list: charge.list.picodollars, contracted: charge.contracted.picodollars,
      billed: charge.billed.picodollars, effective: charge.effective.picodollars,
      eligible: charge.eligible.picodollars,
      discount: (
        charge.discount,
        charge.discount.isEmpty
          ? "" : usage.sku == "savings-plan" || charge.category == .shortfall ? "Spend" : "Usage",
        charge.status.focusName
      ))
  }
}

extension Charge {
  /// What it is, in words.
  fileprivate var words: String {
    switch (category, status) {
    case (.usage, .none): "\(usage.kind.name) used"
    case (.usage, .used): "\(usage.kind.name) covered by \(discount)"
    case (.usage, .unused): "unused part of \(discount)"
    case (.purchase, _): "price of \(discount)"
    case (.shortfall, _): "shortfall of \(discount)"
    case (.credit, _): "credit"
    case (.rounding, _): "rounding of the invoice to cents"
    }
  }

  /// The FOCUS pricing category.
  fileprivate var pricingCategory: String {
    switch category {
    case .usage:
      status != .none ? "Committed" : usage.purchase == .spot ? "Dynamic" : "Standard"
    case .purchase: "Committed"
    case .shortfall, .credit, .rounding: "Other"
    }
  }
}

extension Charge.Category {
  /// The FOCUS charge category.
  fileprivate var focusName: String {
    switch self {
    case .usage: "Usage"
    case .purchase: "Purchase"
    case .credit: "Credit"
    case .shortfall, .rounding: "Adjustment"
    }
  }
}

extension Charge.DiscountStatus {
  /// The FOCUS commitment discount status.
  fileprivate var focusName: String {
    switch self {
    case .none: ""
    case .used: "Used"
    case .unused: "Unused"
    }
  }
}

/// The rows of `placements.csv`.
struct PlacementRows {
  let rows: [PlacementRow]

  init(_ world: World) {
    guard let billing = world.billing else {
      rows = []
      return
    }
    rows = (0..<world.deploymentCount).map { id in
      let capacity = world.capacity(ofDeployment: id)
      let endpoint = world.endpoint(ofDeployment: id)
      let discounts = billing.contracts.reservations.filter {
        $0.kind == capacity?.kind && $0.matches == capacity?.sku
          && $0.region == world.region(ofDeployment: id) && capacity?.purchase == .onDemand
      }.map(\.name)
      let plans = billing.contracts.savingsPlans.filter { plan in
        capacity?.kind == .accelerators && capacity?.purchase == .onDemand
          && plan.rates.contains { $0.instance == capacity?.sku }
          && (plan.family.map { $0.region == world.region(ofDeployment: id) } ?? true)
      }.map(\.name)
      return PlacementRow(
        deployment: world.deploymentName(id),
        account: billing.contracts.accounts[billing.accountOfDeployment[id]].name,
        kind: endpoint?.kind.word ?? "pool", model: world.models[world.model(ofDeployment: id)],
        sku: capacity?.sku ?? endpoint?.type ?? "", units: capacity?.units ?? 0,
        unit: capacity.map { $0.kind == .units ? "unit" : "instance" } ?? "token",
        purchase: capacity?.purchase.name ?? "tokens", unitHour: capacity?.unitHourly.picodollars,
        hour: capacity?.hourly.picodollars,
        discount: (discounts + plans).joined(separator: " "))
    }
  }
}
