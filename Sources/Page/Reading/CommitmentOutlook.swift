import Tables

/// What is to come of a commitment, from `commitments_outlook.csv`.
struct CommitmentOutlook: Sendable {
  /// The cases, the one with the least spending first.
  static let cases = ["p10", "p50", "p90"]

  /// Name.
  let name: String
  /// First days of months, or of what the run left of the first; rising.
  private(set) var months: [String] = []
  /// How the simulated window stands for the months.
  private(set) var rule = ""
  /// What is left of the promise at the end of a month, dollars, by case and month.
  private(set) var balance: [[Double?]] = [[], [], []]
  /// What falls short over all months, dollars, by case.
  private(set) var shortfall: [Double] = [0, 0, 0]

  /// The month from whose end on nothing is left, in a case; `nil` where something is at the end.
  func monthMet(_ index: Int) -> String? {
    let open = balance[index].lastIndex { $0.map { $0 > 0 } ?? false } ?? -1
    return open + 1 < months.count ? months[open + 1] : nil
  }

  /// Reads the table to its end, by commitment in the order of the table. O(rows). Throws where a row is
  /// out of form.
  static func all(_ reader: consuming CSVReader) throws(TableError) -> [CommitmentOutlook] {
    let at = TableColumns(CommitmentMonthRow.schema)
    let (commitment, month, which) = (at["commitment"], at["month"], at["case"])
    let (closing, short, rule) = (
      at["closing_balance_usd"], at["shortfall_usd"], at["rule"]
    )
    var all: [CommitmentOutlook] = []
    while try reader.nextRow() {
      let name = try reader.text(commitment)
      let word = try reader.text(which)
      guard let index = cases.firstIndex(of: word) else {
        throw reader.malformed("expected one of p10, p50, p90, found '\(word)'", column: which)
      }
      if !all.contains(where: { $0.name == name }) { all.append(CommitmentOutlook(name: name)) }
      let place = all.firstIndex { $0.name == name }!
      let text = try reader.text(month)
      let monthIndex: Int
      if let known = all[place].months.firstIndex(of: text) {
        monthIndex = known
      } else {
        monthIndex = all[place].months.count
        all[place].months.append(text)
        for other in cases.indices { all[place].balance[other].append(nil) }
      }
      all[place].balance[index][monthIndex] = Double(try reader.picodollars(closing) ?? 0) / 1e12
      all[place].shortfall[index] += Double(try reader.picodollars(short) ?? 0) / 1e12
      all[place].rule = try reader.text(rule)
    }
    return all
  }

  private init(name: String) { self.name = name }
}
