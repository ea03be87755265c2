import Tables

/// Commitments and the bill.
struct MoneySections {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  // MARK: Commitments

  var commitments: SectionView? {
    var names: [String] = []
    for run in page.runs {
      for name in run.figures.scopes(.commitment) where !names.contains(name) { names.append(name) }
    }
    guard !names.isEmpty else { return nil }
    var table = TableView(
      "Commitments", "commitment",
      ["promised", "left", "P10", "P50", "P90", "chance that the next due is short"])
    for run in page.runs {
      for name in run.figures.scopes(.commitment) {
        let words = CommitmentWords(run, name)
        table.add(
          page.prefix(run) + name,
          [CellView(words.figure("committed")), CellView(words.figure("balance"))]
            + (0..<3).map { .number(words.fate($0)) }
            + [CellView(words.figure("shortfall_probability"))])
      }
    }
    let most = 6
    if names.count > most {
      table.note = "The first \(most) commitments have a chart."
    }
    return SectionView(
      id: "commitments", heading: "Commitments",
      blocks: [.table(table)] + names.prefix(most).enumerated().flatMap { burnDown($1, $0) })
  }

  private func burnDown(_ name: String, _ number: Int) -> [BlockView] {
    let outlooks = page.runs.compactMap { run in
      run.outlooks.first { $0.name == name }.map { (run, $0) }
    }
    var months: Set<String> = []
    for (_, outlook) in outlooks { months.formUnion(outlook.months) }
    let labels = months.sorted()
    var series: [Chart.Series] = []
    for (dash, (run, outlook)) in outlooks.enumerated() {
      let colour = page.isComparison ? dash % Palette.count : 0
      // The band hangs between P10 and P90, the middle case lies upon it.
      for (index, word) in [(0, "P10"), (2, "P90"), (1, "P50")] {
        let values = labels.map { label in
          outlook.months.firstIndex(of: label).flatMap { outlook.balance[index][$0] }
        }
        series.append(
          Chart.Series(
            name: page.prefix(run) + word, values: values, colour: colour,
            dash: word == "P50" ? 0 : 1, fillsTo: word == "P10" ? series.count + 1 : nil))
      }
    }
    var chart = Chart(
      id: "burn-\(number)", title: "\(name): left of the promise at the end of each month",
      axis: "month from", kind: .lines, form: .dollars, labels: labels, series: series)
    var rules: [String] = []
    for (run, outlook) in outlooks {
      let rule = page.prefix(run) + outlook.rule
      if !rules.contains(rule) { rules.append(rule) }
    }
    chart.rule =
      "the band is from P10 (least spent) to P90; extrapolated: " + rules.joined(separator: "; ")
    return chart.isEmpty ? [] : [.chart(chart)]
  }

  // MARK: The bill

  var cost: SectionView? {
    var blocks = byTenant + byPeriod
    if blocks.isEmpty { blocks = tokensByCloud }
    return blocks.isEmpty ? nil : SectionView(id: "cost", heading: "Cost", blocks: blocks)
  }

  /// Effective cost: a bar for each cloud, in it the tenants.
  private var byTenant: [BlockView] {
    var labels: [String] = []
    var amounts: [[String: Double]] = []
    var totals: [String: Double] = [:]
    var tenants: [String] = []
    for run in page.runs {
      guard let bill = run.bill else { continue }
      for cloud in bill.clouds {
        labels.append(page.prefix(run) + cloud)
        var amount: [String: Double] = [:]
        for tenant in bill.tenants {
          let dollars = bill.dollars(cloud: cloud, tenant: tenant)
          amount[tenant] = dollars
          totals[tenant, default: 0] += dollars
          if !tenants.contains(tenant) { tenants.append(tenant) }
        }
        amounts.append(amount)
      }
    }
    guard !labels.isEmpty else { return [] }
    let order = tenants.enumerated().sorted { a, b in
      let (x, y) = (totals[a.element]!, totals[b.element]!)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
    let own = order.count > Palette.count ? Array(order.prefix(Palette.count - 1)) : order
    var series = own.enumerated().map { colour, tenant in
      Chart.Series(name: tenant, values: amounts.map { $0[tenant] }, colour: colour)
    }
    let rest = order.dropFirst(own.count)
    if !rest.isEmpty {
      series.append(
        Chart.Series(
          name: "others (\(rest.count))",
          values: amounts.map { amount in rest.compactMap { amount[$0] }.reduce(0, +) },
          colour: Palette.others))
    }
    var chart = Chart(
      id: "cost-tenants", title: "Effective cost by cloud and tenant", axis: "cloud", kind: .bars,
      form: .dollars, labels: labels, series: series)
    chart.rule =
      "reservations and plans are spread over what they cover"
      + (rest.isEmpty ? "" : "; the \(own.count) largest tenants, the others added up")
    return [.chart(chart)]
  }

  private var byPeriod: [BlockView] {
    page.runs.enumerated().flatMap { index, run -> [BlockView] in
      guard let bill = run.bill, bill.periods.count > 2 else { return [] }
      let isDays = bill.periods[0].count == 10
      let clouds = bill.clouds.prefix(Palette.count)
      let series = clouds.enumerated().map { colour, cloud in
        Chart.Series(
          name: cloud, values: bill.periods.map { bill.dollars(cloud: cloud, period: $0) },
          colour: colour)
      }
      let chart = Chart(
        id: "cost-time-\(index)",
        title: "Effective cost by \(isDays ? "day" : "hour")"
          + (page.isComparison ? ", \(run.name)" : ""),
        axis: "from (UTC)", kind: .stack, form: .dollars,
        labels: bill.periods.map { period in
          isDays ? period : String(period.dropLast(4)).replacing("T", with: " ")
        }, series: series)
      return [.chart(chart)]
    }
  }

  /// Where nobody is billed: tokens at list price.
  private var tokensByCloud: [BlockView] {
    var labels: [String] = []
    var values: [Double?] = []
    for run in page.runs {
      for (cloud, dollars) in run.deployments?.tokenCostByCloud ?? [] {
        labels.append(page.prefix(run) + cloud)
        values.append(dollars)
      }
    }
    guard values.contains(where: { ($0 ?? 0) > 0 }) else { return [] }
    var tenantLabels: [String] = []
    var tenantValues: [Double?] = []
    for run in page.runs {
      for (tenant, dollars) in run.tenants?.tokenCost ?? [] {
        tenantLabels.append(page.prefix(run) + tenant)
        tenantValues.append(dollars)
      }
    }
    func chart(_ id: String, _ what: String, _ labels: [String], _ values: [Double?]) -> Chart {
      var chart = Chart(
        id: id, title: "Tokens at list price, by \(what)", axis: what, kind: .bars,
        form: .dollars, labels: labels,
        series: [Chart.Series(name: "tokens", values: values, colour: 0)])
      chart.rule = "nobody is billed in this scenario"
      return chart
    }
    let clouds = chart("cost-clouds", "cloud", labels, values)
    guard tenantLabels.count > 1, tenantLabels.count <= 24 else { return [.chart(clouds)] }
    return [.chart(clouds), .chart(chart("cost-askers", "tenant", tenantLabels, tenantValues))]
  }
}
