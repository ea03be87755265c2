import Multicloud

/// Quotas that endpoints share, and the books of all quotas.
extension WorldBuilder {
  /// Names that an incident may cut: shared quotas, and every limit by itself.
  var quotaNames: [String] { quotaParts.map(\.name) + quotas.map(\.name) }

  /// Ids of the quotas of a name: all limits of a quota, or one of them.
  func quotaIDs(named name: String) -> [Int] {
    if let parts = quotaParts.first(where: { $0.name == name }) { return parts.ids }
    return quotas.firstIndex { $0.name == name }.map { [$0] } ?? []
  }

  /// Enters the limits of a quota in the books; their ids.
  mutating func enter(_ specs: [QuotaSpec], as name: String) -> [Int] {
    let ids = Array(quotas.count..<quotas.count + specs.count)
    quotas += specs
    if let place = quotaParts.firstIndex(where: { $0.name == name }) {
      quotaParts[place].ids += ids
    } else if !ids.isEmpty {
      quotaParts.append((name, ids))
    }
    return ids
  }

  mutating func buildSharedQuotas() {
    for entry in root.required("quotas").entries {
      guard entry.item["rule"]?.text != QuotaWord.none.rawValue else {
        diagnostics.report(entry.mark, "quota '\(entry.key)' has rule none: leave it out")
        continue
      }
      let quota = writtenQuota(entry.item, name: entry.key, usual: .fixedMinute)
      sharedQuotas.append(
        SharedQuota(
          name: entry.key, mark: entry.mark, quota: quota,
          ids: quota.map { enter($0.specs, as: entry.key) } ?? []))
    }
  }

  /// Ids of the shared quotas an endpoint names, and the endpoint's part of them.
  mutating func sharedQuotaIDs(_ item: Item?, own: WrittenQuota?) -> [Int] {
    var ids: [Int] = []
    for item in item?.oneOrMore ?? [] {
      guard let place = reference(item, "quota", among: sharedQuotas.map(\.name)) else { continue }
      let shared = sharedQuotas[place]
      if ids.contains(where: shared.ids.contains) {
        diagnostics.report(item.mark, "quota '\(item.text)' is named twice")
        continue
      }
      ids += shared.ids
      guard let own, own.rule == shared.quota?.rule else { continue }
      for limit in own.limits { sharedQuotas[place].add(limit.amount, of: limit.key) }
    }
    return ids
  }

  /// Reports shared quotas of which more was given away than there is.
  func checkShares() {
    for shared in sharedQuotas {
      for limit in shared.quota?.limits ?? [] {
        guard let part = shared.parts.first(where: { $0.key == limit.key }),
          part.sum > Int128(limit.amount)
        else { continue }
        diagnostics.report(
          shared.mark,
          "quota '\(shared.name)' has \(AmountText.perMinute(limit.amount, limit.key)), but the "
            + "quotas of its endpoints come to \(AmountText.perMinute(part.sum, limit.key))")
      }
    }
  }
}

/// A quota that several endpoints name, and how much of it they claim for themselves.
struct SharedQuota {
  var name: String
  var mark: Mark
  /// `nil` where it is wrong.
  var quota: WrittenQuota?
  var ids: [Int]
  private(set) var parts: [(key: String, sum: Int128)] = []

  init(name: String, mark: Mark, quota: WrittenQuota?, ids: [Int]) {
    self.name = name
    self.mark = mark
    self.quota = quota
    self.ids = ids
  }

  mutating func add(_ amount: Int64, of key: String) {
    if let place = parts.firstIndex(where: { $0.key == key }) {
      parts[place].sum += Int128(amount)
    } else {
      parts.append((key, Int128(amount)))
    }
  }
}

/// Amounts as people write them.
enum AmountText {
  /// An amount with k, M or G where that is exact to three places: `33.5M`.
  static func short(_ amount: Int128) -> String {
    for (word, scale) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] as [(String, Int128)]
    where amount >= scale && amount % (scale / 1000) == 0 {
      let thousandths = amount % scale / (scale / 1000)
      if thousandths == 0 { return "\(amount / scale)\(word)" }
      var digits = String(Int(thousandths) + 1000).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return "\(amount / scale).\(digits)\(word)"
    }
    return "\(amount)"
  }

  /// A limit: `33.5M tokens/min`.
  static func perMinute(_ amount: some BinaryInteger, _ key: String) -> String {
    let noun =
      switch key {
      case "input": "input tokens"
      case "output": "output tokens"
      default: key
      }
    return "\(short(Int128(amount))) \(noun)/min"
  }
}
