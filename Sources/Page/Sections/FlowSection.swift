/// Who is served where: a matrix of origins and deployments.
struct FlowSection {
  private let page: PageContents
  private static let mostColumns = 12
  private static let mostRows = 20

  init(_ page: PageContents) { self.page = page }

  var section: SectionView? {
    let blocks = page.runs.flatMap { run in
      run.requests.map { digest in matrix(digest, run) } ?? []
    }
    return blocks.isEmpty
      ? nil : SectionView(id: "flows", heading: "Where requests go", blocks: blocks)
  }

  /// Deployments as they are, or by region where they are many.
  private func matrix(_ digest: RequestDigest, _ run: RunContents) -> [BlockView] {
    guard digest.rows > 0 else { return [] }
    let isByRegion = digest.deployments.count > Self.mostColumns
    let groups = digest.deployments.map { name in
      isByRegion ? name.split(separator: "/").prefix(2).joined(separator: "/") : name
    }
    var columns: [String] = []
    for group in groups where !columns.contains(group) { columns.append(group) }
    var totals = [Int](repeating: 0, count: columns.count)
    let counts = digest.flows.map { flow -> [Int] in
      var row = [Int](repeating: 0, count: columns.count)
      for (index, count) in flow.enumerated() {
        row[columns.firstIndex(of: groups[index])!] += count
      }
      for index in row.indices { totals[index] += row[index] }
      return row
    }
    let order = Self.ranked(totals)
    let shown = order.count > Self.mostColumns ? Array(order.prefix(Self.mostColumns - 1)) : order
    let rest = order.dropFirst(shown.count)
    let hasNowhere = digest.nowhere.contains { $0 > 0 }
    var heads = ["requests"] + shown.map { Markup.breakable(columns[$0]) }
    if !rest.isEmpty { heads.append("others (\(rest.count))") }
    if hasNowhere { heads.append("nowhere") }
    var table = TableView(
      "Share of an origin's requests by " + (isByRegion ? "region" : "deployment")
        + (page.isComparison ? ", \(run.name)" : ""), "origin", heads,
      note: "From \(Figure.grouped(Int64(digest.rows))) rows of requests.csv. Nowhere: turned away "
        + "before any deployment was tried.")
    let sums = counts.indices.map { counts[$0].reduce(0, +) + digest.nowhere[$0] }
    for row in Self.ranked(sums).prefix(Self.mostRows) {
      func share(_ count: Int) -> CellView {
        let share = sums[row] > 0 ? Double(count) / Double(sums[row]) : 0
        return CellView(
          count == 0 ? "" : Figure.percent(share), "n h\(Int((share * 8).rounded(.up)))")
      }
      var cells = [CellView.number(Figure.grouped(Int64(sums[row])))]
      cells += shown.map { share(counts[row][$0]) }
      if !rest.isEmpty { cells.append(share(rest.reduce(0) { $0 + counts[row][$1] })) }
      if hasNowhere { cells.append(share(digest.nowhere[row])) }
      table.add(digest.origins[row], cells)
    }
    if sums.count > Self.mostRows {
      table.note! += " The \(Self.mostRows) largest of \(sums.count) origins."
    }
    return [.table(table)]
  }

  /// Indices by falling count; equal ones keep their order.
  private static func ranked(_ counts: [Int]) -> [Int] {
    counts.indices.sorted { a, b in counts[a] == counts[b] ? a < b : counts[a] > counts[b] }
  }
}
