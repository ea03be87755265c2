import Glibc
import ServingEngine

/// A replica seen as state-dependent processor sharing: a step of `n` sequences takes `t0 + k·n`.
///
/// With Poisson arrivals at rate λ and mean output of G tokens the batch is negative binomial,
/// whatever the law of the lengths: with the load a = λ·G·k, the mean batch is λ·G·(t0 + k)/(1 − a),
/// the time per output token (t0 + k)/(1 − a), and the replica is empty with probability
/// (1 − a)^(t0/k + 1). (Cohen's generalised processor sharing; Brandt and Brandt.) Prefill enters
/// as work spread over the request's own steps.
struct BatchModel: Sendable {
  /// Seconds of a step whatever the batch.
  var base: Double
  /// Seconds each sequence adds to each step.
  var perSequence: Double
  /// Mean output tokens of a request.
  var outputTokens: Double

  /// Linearises a pool's step time for requests of mean lengths around a batch size.
  ///
  /// - Parameters:
  ///   - prompt: Mean prompt tokens.
  ///   - output: Mean output tokens.
  ///   - contextTokens: Mean tokens a decoding sequence has in the cache, averaged over its steps.
  ///   - batch: Where to linearise.
  init(
    _ stepTime: StepTimeModel, maxSequences: Int, prompt: Double, output: Double,
    contextTokens: Double, batch: Double
  ) {
    let picosecond = 1e-12
    let center = min(max(1, Int(batch.rounded())), maxSequences)
    // The slope over a window around the working point, so that a table with steps is smoothed.
    let low = max(1, center / 2)
    let high = min(maxSequences, max(2, center * 3 / 2))
    let atLow = Double(stepTime.decodeStep(batch: low, kvTokens: 0))
    let atHigh = Double(stepTime.decodeStep(batch: high, kvTokens: 0))
    let slope = high > low ? (atHigh - atLow) / Double(high - low) : 0
    let here = Double(stepTime.decodeStep(batch: center, kvTokens: 0))
    let attention = Double(stepTime.perKVToken) * contextTokens

    // What prefilling one prompt adds to a step of the working batch.
    let tokens = max(1, Int(prompt.rounded()))
    let kvTokens = Int((Double(center) * contextTokens).rounded())
    let mixed = Double(
      stepTime.mixedStep(
        StepTimeModel.MixedStep(
          decodes: center, decodeKVTokens: kvTokens, prefills: 1, prefillTokens: tokens,
          doubledAttentionPairs: tokens * tokens)))
    let alone = Double(stepTime.decodeStep(batch: center, kvTokens: kvTokens))
    let prefill = max(0, mixed - alone)

    base = max(0, here - slope * Double(center)) * picosecond
    perSequence = (slope + attention + prefill / max(1, output)) * picosecond
    outputTokens = max(1, output)
  }

  /// Replica-seconds of capacity one request uses up: its load at rate 1.
  var work: Double { outputTokens * perSequence }

  /// What a replica does at `rate` requests per second.
  func figures(rate: Double) -> Figures {
    let load = rate * work
    guard load < 1 else {
      return Figures(load: load, busy: 1, batch: .infinity, timePerOutputToken: .infinity)
    }
    let exponent = perSequence > 0 ? base / perSequence + 1 : .infinity
    let step = (base + perSequence) / (1 - load)
    let empty =
      exponent.isFinite ? pow(1 - load, exponent) : (load > 0 ? 0 : 1)
    return Figures(
      load: load, busy: 1 - empty, batch: rate * outputTokens * step, timePerOutputToken: step)
  }

  /// Expected figures of one replica.
  struct Figures: Sendable {
    /// Share of the largest sustainable rate.
    var load: Double
    /// Share of time with a step in progress.
    var busy: Double
    /// Mean sequences in the batch.
    var batch: Double
    /// Mean seconds per output token.
    var timePerOutputToken: Double
  }
}
