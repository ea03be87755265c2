import Multicloud
import ServingEngine
import SimulationKernel

/// A pool under a mix of requests.
struct PoolModel: Sendable {
  let chain: BatchChain
  private let pool: Pool
  private let mix: RequestMix
  /// Chains there are: 1 where replicas share the requests evenly, else one for each replica.
  private let copies: Int
  /// Steps of a request, the one that yields its first token included: as many as its output tokens where
  /// the pool does not speculate.
  private let stepsPerRequest: Double
  private let picosecond = 1e-12

  /// Policies that send a request to a replica whatever its load: each replica takes a stream of its
  /// own.
  private static let blindPolicies: Set<String> = ["random", "weighted"]

  init(_ pool: Pool, mix: RequestMix) {
    self.pool = pool
    self.mix = mix
    let replicas = max(1, pool.replicas)
    let isBlind = Self.blindPolicies.contains(pool.routing.policy)
    copies = isBlind ? replicas : 1
    stepsPerRequest = pool.meanSteps(outputTokens: mix.outputTokens)
    let context = max(1, mix.contextTokens)
    let tokens = Double(pool.scheduler.kvBlocks * pool.scheduler.blockTokens)
    // A sequence's last block is half empty on average.
    let held = context + Double(pool.scheduler.blockTokens) / 2
    let cap = max(1, min(pool.scheduler.maxSequences, Int(tokens / held)))
    let steps = Self.steps(pool, mix, cap: cap, context: context)
    chain = BatchChain(
      steps: steps, cap: cap, replicas: isBlind ? 1 : replicas,
      outputTokens: max(1, stepsPerRequest))
  }

  /// Seconds of a step by the number of requests: exact up to 32 and at 1/16 of a number's size from there
  /// on, straight lines between.
  private static func steps(
    _ pool: Pool, _ mix: RequestMix, cap: Int, context: Double
  ) -> [Double] {
    func seconds(_ batch: Int) -> Double {
      let kv = Int((Double(batch) * context).rounded())
      let decode = Double(pool.stepTime.decodeStep(batch: batch, kvTokens: kv))
      return (decode + prefill(pool, mix, batch: batch, decode: decode)) * 1e-12
    }
    var steps = [0.0]
    steps.reserveCapacity(cap + 1)
    var batch = 1
    while batch <= cap {
      let next = min(batch < 32 ? batch + 1 : batch + batch / 16, cap + 1)
      let here = seconds(batch)
      steps.append(here)
      if next > batch + 1 {
        let there = seconds(min(next, cap))
        let width = Double(min(next, cap) - batch)
        for between in batch + 1..<next {
          let share = width > 0 ? Double(between - batch) / width : 0
          steps.append(here + (there - here) * share)
        }
      }
      batch = next
    }
    return steps
  }

  /// What the prompts of a step with `batch` requests add to it, picoseconds.
  ///
  /// In `batch / G` of its steps a request of G tokens is prefilled; where several are, they are in one
  /// step together. Their number is taken as Poisson's.
  private static func prefill(
    _ pool: Pool, _ mix: RequestMix, batch: Int, decode: Double
  ) -> Double {
    let expected = Double(batch) / max(1, pool.meanSteps(outputTokens: mix.outputTokens))
    let some = 1 - DeterministicMath.exp(-expected)
    guard some > 0 else { return 0 }
    let together = expected / some
    let tokens = mix.promptTokens * together
    let budget = Double(pool.scheduler.maxBatchedTokens)
    // Prompts beyond the budget of a step take several.
    let chunks = max(1, (tokens / budget).rounded(.up))
    let decodes = max(0, batch - Int(together.rounded()))
    let kv = Int(Double(decodes) * mix.contextTokens)
    let part = Int((tokens / chunks).rounded())
    let pairs = tokens * mix.promptTokens
    let step = Double(
      pool.stepTime.mixedStep(
        StepTimeModel.MixedStep(
          decodes: decodes, decodeKVTokens: kv, prefills: max(1, Int(together.rounded())),
          prefillTokens: max(1, part), doubledAttentionPairs: Int(pairs / chunks),
          doubledContextTokens: Int(tokens / chunks))))
    return some * chunks * max(0, step - decode)
  }

  /// Mean prompt of the mix, tokens.
  var meanPrompt: Double { mix.promptTokens }

  /// Requests the whole pool can run at once.
  var slots: Int { chain.cap * chain.replicas * copies }

  /// Requests a second the whole pool can sustain.
  var capacity: Double { chain.capacity * Double(copies) }

  /// Figures of the whole pool at a rate of arrivals.
  func figures(rate: Double) -> BatchChain.Figures {
    var figures = chain.figures(rate: rate / Double(copies))
    figures.running *= Double(copies)
    figures.waiting *= Double(copies)
    return figures
  }

  /// Times to first token at the server and from token to token of equally likely requests, seconds; the
  /// prompts' order is kept.
  ///
  /// A request waits for a slot, then for the end of the step in progress, then for the step in which its
  /// prompt is computed, perhaps with others'.
  func times(
    _ figures: BatchChain.Figures, prompts: [Double], waits: SlotWait, meetings: Meetings? = nil
  ) -> [(first: Double, perToken: Double)] {
    guard waits.seconds.isFinite else { return prompts.map { _ in (.infinity, figures.step) } }
    let perReplica = figures.load * chain.capacity / Double(chain.replicas)
    let count = figures.points.count
    let batches = (meetings ?? Meetings(self, figures)).batches
    let meanStep = batches.reduce(0) { $0 + $1.step } / Double(max(1, count))
    let perRequest = mix.promptTokens
    let own = firstStep(
      Int(figures.running) / max(1, pool.replicas), prompt: perRequest, others: 0, squares: 0,
      company: 0)
    let g = max(1.000001, mix.outputTokens)
    let steps = max(1.000001, stepsPerRequest)
    let perToken = max(
      chain.steps[1] * 0.2 * (steps / g), (figures.step * steps - own) / (g - 1))
    var times: [(first: Double, perToken: Double)] = []
    times.reserveCapacity(prompts.count * count)
    for (place, prompt) in prompts.enumerated() {
      for (number, batch) in batches.enumerated() {
        // Where in the step a request comes, what the step does and who comes with it, each spread over
        // its law, in an order of its own.
        let key = place * count + number
        let current = batch.current(Self.spread(key, 0.754_877_666_246_693))
        var wait = current * Self.spread(key, 0.618_033_988_749_895)
        wait += slotWait(waits, Self.spread(key, 0.819_172_513_396_164))
        var (tokens, squares) = (0.0, 0.0)
        let company = Self.poisson(
          perReplica * current, Self.spread(key, 0.569_840_290_998_053))
        for other in 0..<company {
          let size = mix.prompts[(key * 29 + other * 13 + 7) % mix.prompts.count]
          tokens += size
          squares += size * size
        }
        let first = firstStep(
          batch.requests, prompt: prompt, others: tokens, squares: squares, company: company)
        times.append((wait + first, perToken * batch.step / meanStep))
      }
    }
    return times
  }

  private func slotWait(_ waits: SlotWait, _ turn: Double) -> Double {
    guard waits.probability > 0, turn < waits.probability else { return 0 }
    return -DeterministicMath.log(max(1e-9, turn / waits.probability)) * waits.seconds
  }

  /// The number of arrivals that a uniform draw stands for.
  private static func poisson(_ mean: Double, _ draw: Double) -> Int {
    var probability = DeterministicMath.exp(-mean)
    var sum = probability
    var count = 0
    while draw > sum, count < 64 {
      count += 1
      probability *= mean / Double(count)
      sum += probability
    }
    return count
  }

  /// What requests meet on their replicas: the same for every stream of the mix.
  struct Meetings: Sendable {
    fileprivate let batches: [Batch]

    init(_ model: PoolModel, _ figures: BatchChain.Figures) {
      let perReplica = figures.load * model.chain.capacity / Double(model.chain.replicas)
      batches = figures.points.map { Batch(model, requests: Int($0.rounded()), perReplica) }
    }
  }

  /// What a request meets on its replica.
  fileprivate struct Batch: Sendable {
    let requests: Int
    let step: Double
    private let plain: Double
    /// Steps that compute each of the mix's prompts, and the shares of time up to each.
    private var prefilling: [Double] = []
    private var shares: [Double] = []

    init(_ model: PoolModel, requests: Int, _ perReplica: Double) {
      self.requests = requests
      step = model.chain.steps[max(1, min(requests + 1, model.chain.cap))]
      plain = requests > 0 ? model.plainStep(requests) : 0
      guard requests > 0 else { return }
      var sum = 0.0
      let each = perReplica / Double(model.mix.prompts.count)
      for prompt in model.mix.prompts {
        let seconds = model.firstStep(
          requests - 1, prompt: prompt, others: 0, squares: 0, company: 0)
        sum += each * seconds
        prefilling.append(seconds)
        shares.append(sum)
      }
      // Steps are longer when they prefill for several; they cannot take more than all the time.
      if sum > 1 { shares = shares.map { $0 / sum } }
    }

    /// The length of the step in progress: long ones are met more often.
    func current(_ draw: Double) -> Double {
      if requests == 0 { return 0 }
      for (place, share) in shares.enumerated() where draw < share { return prefilling[place] }
      return plain
    }
  }

  /// The fractional part of a multiple: a sequence of low discrepancy (Weyl).
  private static func spread(_ number: Int, _ factor: Double) -> Double {
    let x = (Double(number) + 0.5) * factor
    return x - x.rounded(.down)
  }

  /// Mean time to first token, seconds; large where the pool cannot keep up.
  func meanFirstToken(_ figures: BatchChain.Figures) -> Double {
    guard figures.load < 1 else { return 1e3 * figures.load }
    let perReplica = figures.load * chain.capacity / Double(chain.replicas)
    var sum = figures.waitProbability * figures.waitSeconds
    for point in figures.points {
      let n = Int(point.rounded())
      let alone = firstStep(n, prompt: mix.promptTokens, others: 0, squares: 0, company: 0)
      let plain = n > 0 ? plainStep(n) : 0
      let share = n > 0 ? min(1, perReplica * alone) : 0
      let current = plain * (1 - share) + alone * share
      sum += (current / 2 + alone) / Double(figures.points.count)
    }
    return sum
  }

  private func plainStep(_ batch: Int) -> Double {
    let n = min(max(1, batch), chain.cap)
    return Double(
      pool.stepTime.decodeStep(
        batch: n, kvTokens: Int(Double(n) * mix.contextTokens))) * picosecond
  }

  /// Seconds of the steps in which a prompt is computed beside `decodes` requests and other prompts.
  ///
  /// - Parameters:
  ///   - others: Tokens of the other prompts; `squares` is the sum of their squares.
  ///   - company: How many they are.
  private func firstStep(
    _ decodes: Int, prompt: Double, others: Double, squares: Double, company: Int
  ) -> Double {
    let tokens = prompt + others
    let drafted = pool.scheduler.speculation.tokensPerStep
    let budget = Double(max(1, pool.scheduler.maxBatchedTokens - decodes * drafted))
    let chunks = max(1, (tokens / budget).rounded(.up))
    let pairs = prompt * prompt + squares
    return chunks
      * Double(
        pool.stepTime.mixedStep(
          StepTimeModel.MixedStep(
            decodes: decodes, decodeKVTokens: Int(Double(decodes) * mix.contextTokens),
            prefills: 1 + company, prefillTokens: max(1, Int(tokens / chunks)),
            doubledAttentionPairs: Int(pairs / chunks), doubledContextTokens: Int(tokens / chunks)))
      )
      * picosecond
  }
}
