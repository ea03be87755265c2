/// Keeps shares of a limit for priority bands, and lends them while there is room.
///
/// Tokens are counted as estimated when a request comes, in fixed minutes. Below a threshold of the
/// limit every band may take what it wants; from there on a band may only take what is left of its own
/// share. Source: the dynamic rate limiter (v3) of litellm, saturation threshold 0.5, 2026-08.
public struct PriorityReservation: Hashable, Sendable {
  /// What is shared and how.
  public struct Settings: Hashable, Sendable {
    /// Tokens a minute for all bands.
    public var tokensPerMinute: Int64
    /// Share of each band, highest first; the rest belongs to nobody.
    public var shares: [Double]
    /// Share of the limit from which on shares are strict.
    public var threshold: Double

    /// Creates settings.
    public init(tokensPerMinute: Int64, shares: [Double], threshold: Double = 0.5) {
      precondition(tokensPerMinute > 0 && !shares.isEmpty && shares.reduce(0, +) <= 1 + 1e-9)
      self.tokensPerMinute = tokensPerMinute
      self.shares = shares
      self.threshold = threshold
    }
  }

  private let limit: Int64
  private let strictFrom: Int64
  private let shares: [Int64]
  private var used: [Int64]
  private var total: Int64 = 0
  private var minute: Int64 = 0

  /// Creates a reservation of which nothing is used.
  public init(_ settings: Settings) {
    limit = settings.tokensPerMinute
    strictFrom = Int64(Double(limit) * settings.threshold)
    let limit = Double(limit)
    shares = settings.shares.map { Int64(limit * $0) }
    used = settings.shares.map { _ in 0 }
  }

  /// Takes tokens for a band, or says no. Bands beyond the last share count as the last.
  public mutating func take(_ tokens: Int64, band: Int, at now: Int64) -> Bool {
    let present = now / 60_000_000_000
    if present != minute {
      minute = present
      total = 0
      for band in used.indices { used[band] = 0 }
    }
    let band = min(band, shares.count - 1)
    if total >= strictFrom, used[band] + tokens > shares[band] { return false }
    used[band] += tokens
    total += tokens
    return true
  }
}
