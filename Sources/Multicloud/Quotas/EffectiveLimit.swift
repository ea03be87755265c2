/// A limit and what a temporary cut leaves of it, whole tokens or requests.
struct EffectiveLimit {
  let full: Int64
  private(set) var effective: Int64

  init(_ limit: Int64) {
    full = limit
    effective = limit
  }

  init(full: Int64, effective: Int64) {
    self.full = full
    self.effective = effective
  }

  /// Cuts the limit to a share in millionths, rounded down; a million ends the cut.
  mutating func reduce(toMillionths share: Int64) {
    effective = Millionths.share(share, of: full)
  }
}
