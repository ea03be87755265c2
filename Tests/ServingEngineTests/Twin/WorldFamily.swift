import Testing

/// A kind of small world, each made to press on one rule of the engine.
enum WorldFamily: String, CaseIterable, Sendable, CustomTestStringConvertible {
  /// Many arrivals in the same nanosecond, then silence.
  case bursts
  /// Step times and arrivals that are multiples of one round number: arrivals, cancels and
  /// boundaries coincide all the time.
  case roundTimes
  /// Arbitrary step times, with arrivals and cancels moved onto the visible time of a boundary, or
  /// one nanosecond beside it.
  case snappedToBoundaries
  /// Barely more blocks than the largest request needs.
  case tinyKV
  /// Budgets of a few tokens, prompts many times as long.
  case chunkedPrefill
  /// Priority order with few levels and tight blocks.
  case priorities
  /// Most requests are cancelled, often at the very time of one of their own events.
  case cancellations
  /// Dozens of requests, large batches, too few blocks for all of them.
  case crowd
  /// Few requests, thousands of tokens each.
  case longOutputs
  /// Prefill chunks limited by the long-prefill threshold.
  case prefillThreshold
  /// Admission without room for the whole prompt.
  case noReservation
  /// Blocks of 1, 4 and 17 tokens.
  case blockSizes
  /// One output token each, so that nothing ever decodes.
  case singleToken
  /// Requests at the edge of the model length: rejected, cut short, just fitting.
  case modelLimit
  /// Every shape of step time: constant, linear, staircase, arbitrary; KV term, experts, penalties.
  case stepTimes
  /// Steps of a nanosecond or two and odd picoseconds: a boundary every nanosecond.
  case subNanosecond
  /// Prompts apart from decodes.
  case prefillFirst
  /// All of it at once.
  case everything
  /// A replica that dies now and then, among everything else; who is lost often comes back.
  case failures
  /// Step times that change and change back, among everything else.
  case brownOuts
  /// Caches that come from other engines and go to them, among everything else.
  case transfers
  /// Several tokens a step, among everything else.
  case speculation
  /// Watermarks, and prompts computed whole before anybody decodes.
  case earlierEngines
  /// Adapters, fewer of them at once than there are.
  case adapters
  /// Requests that share what they begin with, and a cache of it, among everything else.
  case prefixes
  /// The same, in a replica that dies or becomes slower now and then.
  case prefixesAndFailures

  /// This family's share of a run, relative to the others.
  var weight: Int {
    switch self {
    case .longOutputs: 2
    case .crowd: 4
    case .snappedToBoundaries, .cancellations: 6
    case .tinyKV, .priorities, .prefillFirst, .everything: 12
    case .failures, .brownOuts, .transfers, .speculation, .earlierEngines, .adapters: 32
    case .prefixes: 64
    case .prefixesAndFailures: 16
    default: 8
    }
  }

  /// The worlds each family gets when about `total` are wanted; at least one each.
  static func shares(of total: Int) -> [(family: WorldFamily, worlds: Int)] {
    let weights = allCases.reduce(0) { $0 + $1.weight }
    return allCases.map { ($0, max(1, (total * $0.weight + weights - 1) / weights)) }
  }

  var testDescription: String { rawValue }
}
