import Recordings

/// What an engine was doing at each moment of a recorded run, as the intervals of its requests tell it:
/// a request decodes from its first token to its last, its tokens spread evenly between.
struct RunTimeline {
  /// Moments at which something begins or ends, seconds, rising.
  private let moments: [Double]
  /// At each moment: sequences decoding and cached tokens behind them, integrated from the start.
  private let sequences: [Double]
  private let tokens: [Double]
  /// Prompts by the moment their first token came, and sums over those before each.
  private let prompts: [(time: Double, tokens: Int)]
  private let promptSums: [Double]
  private let pairSums: [Double]
  /// Moments at which first tokens came, each once.
  private let firsts: [Double]

  /// Tokens of one step reach their clients within this, seconds: a fraction of any step.
  private static let sameStep = 1e-3

  /// - Complexity: O(n log n).
  init(_ requests: [RecordedRequest]) {
    // At a moment the number of decoding sequences, their tokens and the growth of those change.
    var changes: [(time: Double, sequences: Double, tokens: Double, growth: Double)] = []
    changes.reserveCapacity(2 * requests.count)
    for request in requests where request.outputTokens > 1 {
      let growth =
        Double(request.outputTokens - 1) / (request.lastToken - request.firstToken)
      let prompt = Double(request.promptTokens)
      changes.append((request.firstToken, 1, prompt, growth))
      changes.append(
        (request.lastToken, -1, -prompt - Double(request.outputTokens - 1), -growth))
    }
    changes.sort { $0.time < $1.time }
    var moments: [Double] = []
    var sequences: [Double] = []
    var tokens: [Double] = []
    var (batch, level, growth) = (0.0, 0.0, 0.0)
    var (area, volume) = (0.0, 0.0)
    for change in changes {
      if let last = moments.last {
        let length = change.time - last
        area += batch * length
        volume += level * length + 0.5 * growth * length * length
        level += growth * length
      }
      batch += change.sequences
      level += change.tokens
      growth += change.growth
      if moments.last == change.time {
        sequences[sequences.count - 1] = area
        tokens[tokens.count - 1] = volume
      } else {
        moments.append(change.time)
        sequences.append(area)
        tokens.append(volume)
      }
    }
    self.moments = moments
    self.sequences = sequences
    self.tokens = tokens
    prompts = requests.map { ($0.firstToken, $0.promptTokens) }.sorted { $0.time < $1.time }
    var sum = 0.0
    var pairs = 0.0
    var sums = [0.0]
    var pairSums = [0.0]
    for prompt in prompts {
      let length = Double(prompt.tokens)
      sum += length
      pairs += 0.5 * length * length
      sums.append(sum)
      pairSums.append(pairs)
    }
    promptSums = sums
    self.pairSums = pairSums
    var firsts: [Double] = []
    for prompt in prompts where firsts.last.map({ prompt.time - $0 > Self.sameStep }) ?? true {
      firsts.append(prompt.time)
    }
    self.firsts = firsts
  }

  /// What `steps` steps that filled the time from `start` to `end` did.
  ///
  /// - Complexity: O(log n).
  func load(steps: Int, from start: Double, to end: Double) -> StepLoad {
    var load = StepLoad()
    load.steps = Double(steps)
    let share = Double(steps) / (end - start)
    load.decodes = (value(sequences, at: end) - value(sequences, at: start)) * share
    load.kvTokens = (value(tokens, at: end) - value(tokens, at: start)) * share
    let (from, to) = (start + Self.sameStep, end + Self.sameStep)
    let first = place(prompts.count, after: from) { prompts[$0].time }
    let last = place(prompts.count, after: to) { prompts[$0].time }
    load.prefills = Double(last - first)
    load.prefillTokens = promptSums[last] - promptSums[first]
    load.pairs = pairSums[last] - pairSums[first]
    let begun = place(firsts.count, after: from) { firsts[$0] }
    let ended = place(firsts.count, after: to) { firsts[$0] }
    load.prefillSteps = min(load.steps, Double(ended - begun))
    return load
  }

  /// The number of elements at or before a time.
  private func place(_ count: Int, after time: Double, _ element: (Int) -> Double) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if element(middle) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A running integral at a time, straight between moments: exact for the sequences, and for the
  /// tokens at the moments.
  private func value(_ sums: [Double], at time: Double) -> Double {
    let next = place(moments.count, after: time) { moments[$0] }
    if next == 0 { return 0 }
    if next == moments.count { return sums[sums.count - 1] }
    let share = (time - moments[next - 1]) / (moments[next] - moments[next - 1])
    return sums[next - 1] + share * (sums[next] - sums[next - 1])
  }
}

extension Observation {
  /// Tokens of a piece of a request's life, where the log has the gap before each.
  private static let tokensOfPiece = 16

  /// The equations of a run: one for the decoding life of each request, or for each sixteen tokens of it
  /// where the log knows when each token came; one for the run as a whole where arrivals are unknown.
  ///
  /// - Throws: where the run has neither arrivals nor means.
  static func of(
    _ run: RecordedRun, heldOut: (Int) -> Bool
  ) throws(CalibrationError) -> [Observation] {
    if run.arrivals == .unknown {
      guard let summary = run.summary else {
        throw CalibrationError(
          "\(run.name): neither start times, nor a request rate of inf, nor means of the run: what ran "
            + "beside what cannot be told; save with a version that writes start_times")
      }
      return [of(summary, place: "\(run.name):\(run.line)", isHeldOut: heldOut(0))]
    }
    let timeline = RunTimeline(run.requests)
    var observations: [Observation] = []
    for (index, request) in run.requests.enumerated() where request.outputTokens > 1 {
      let place = "\(run.name):\(request.line)"
      func add(steps: Int, from start: Double, to end: Double, _ note: String) {
        guard end > start else { return }
        observations.append(
          Observation(
            load: timeline.load(steps: steps, from: start, to: end),
            microseconds: (end - start) * 1e6, place: place + note, isHeldOut: heldOut(index)))
      }
      if request.gaps.isEmpty {
        add(steps: request.outputTokens - 1, from: request.firstToken, to: request.lastToken, "")
        continue
      }
      var start = request.firstToken
      for first in stride(from: 0, to: request.gaps.count, by: tokensOfPiece) {
        let piece = request.gaps[first...].prefix(tokensOfPiece)
        let end = start + piece.reduce(0, +)
        add(steps: piece.count, from: start, to: end, " request \(index + 1) token \(first + 2)")
        start = end
      }
    }
    return observations
  }

  /// The mean step of a run, from its means: requests decode for their output's time, so by Little's
  /// law the decoding sequences are rate × output × time per token.
  private static func of(
    _ summary: RecordedRun.Summary, place: String, isHeldOut: Bool
  ) -> Observation {
    var load = StepLoad()
    let rate = Double(summary.requests) / summary.duration
    let step = summary.timePerOutputToken
    load.steps = 1
    load.decodes = rate * max(0, summary.meanOutputTokens - 1) * step
    load.kvTokens = load.decodes * (summary.meanPromptTokens + 0.5 * summary.meanOutputTokens)
    load.prefills = rate * step
    load.prefillSteps = min(1, load.prefills)
    load.prefillTokens = load.prefills * summary.meanPromptTokens
    load.pairs = 0.5 * load.prefillTokens * summary.meanPromptTokens
    return Observation(load: load, microseconds: step * 1e6, place: place, isHeldOut: isHeldOut)
  }

  /// The equation of a step.
  static func of(_ step: RecordedStep, file: String, isHeldOut: Bool) -> Observation {
    var load = StepLoad()
    load.steps = 1
    load.decodes = Double(step.decodes)
    load.kvTokens = Double(step.decodeKVTokens)
    load.prefillSteps = step.prefills > 0 ? 1 : 0
    load.prefills = Double(step.prefills)
    load.prefillTokens = Double(step.prefillTokens)
    load.pairs = step.attentionPairs ?? 0
    return Observation(
      load: load, microseconds: step.seconds * 1e6, place: "\(file):\(step.line)",
      isHeldOut: isHeldOut)
  }
}
