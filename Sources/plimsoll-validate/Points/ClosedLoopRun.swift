import ServingEngine
import SimulationKernel

/// A load test as benchmark clients run it: so many requests in all, so many at once, each sent when
/// another's answer is complete.
struct ClosedLoopRun {
  /// Lengths of a request, tokens.
  struct Lengths {
    var prompt: Int
    var output: Int
  }

  /// What a run measures, seconds.
  struct Result {
    var meanTimeToFirstToken = 0.0
    var meanTimePerOutputToken = 0.0
    /// From the first request sent to the last answer.
    var duration = 0.0
    var outputTokens = 0
  }

  var clients: Int
  var requests: [Lengths]
  var engine: ServingConfiguration

  /// From an answer to the client's next request, nanoseconds: client code and network.
  static let turnaround: Int64 = 1_000_000

  /// Lengths drawn evenly between `share` of the nominal ones and all of them, the same for every
  /// engine.
  static func lengths(count: Int, prompt: Int, output: Int, share: Double) -> [Lengths] {
    let draws = KeyedStream(seed: 1, entity: 0, purpose: .validationLengths)
    func draw(_ unit: Double, _ nominal: Int) -> Int {
      let least = max(1, Int(Double(nominal) * share))
      return min(nominal, least + Int(unit * Double(nominal - least + 1)))
    }
    return (0..<count).map { index in
      let (a, b) = draws.block(UInt64(index))
      return Lengths(prompt: draw(unitInterval(a), prompt), output: draw(unitInterval(b), output))
    }
  }

  /// Runs the test on one replica; `nil` where a request does not fit the engine.
  ///
  /// - Complexity: O(requests · log clients).
  func run() -> Result? {
    var fleet = ReplicaFleet(
      profiles: [EngineProfile(settings: engine.scheduler, stepTime: engine.stepTime)],
      replicaProfiles: [0], reportsProgress: false)
    // Sent and not yet in the engine's queue, by (time, number).
    var onTheWay: [(time: Int64, number: Int)] = []
    var slots: [Int: Int] = [:]
    var sentAt = [Int64](repeating: 0, count: requests.count)
    var sent = 0
    func send(at time: Int64) {
      guard sent < requests.count else { return }
      let number = sent
      sent += 1
      sentAt[number] = time
      let arrival =
        time + engine.frontEndNanoseconds
        + engine.frontEndTokenNanoseconds * Int64(requests[number].prompt)
      let place = onTheWay.lastIndex { $0.time <= arrival }.map { $0 + 1 } ?? 0
      onTheWay.insert((arrival, number), at: place)
    }
    for _ in 0..<clients { send(at: 0) }

    var result = Result()
    var now: Int64 = 0
    var ended = 0
    var multiToken = 0
    while ended < requests.count {
      let key = fleet.key(of: 0)
      let boundary = Int64(key >> 3)
      let isEnd = key != WinnerTree.idle && key & 7 == UInt64(EventPhase.completion.rawValue)
      let arrival = onTheWay.first?.time ?? Int64.max
      if key == WinnerTree.idle || arrival < boundary || (arrival == boundary && !isEnd) {
        guard let next = onTheWay.first else { return nil }
        onTheWay.removeFirst()
        now = next.time
        let slot = fleet.allocateSlot()
        slots[slot] = next.number
        let lengths = requests[next.number]
        do {
          try fleet.enqueue(slot, to: 0, at: now, prompt: lengths.prompt, output: lengths.output)
        } catch {
          return nil
        }
        continue
      }
      now = boundary
      if !isEnd {
        fleet.formBatch(0)
        continue
      }
      fleet.clearOutcomes()
      fleet.reachBoundary(0)
      for outcome in fleet.outcomes where outcome.kind == .finished {
        let slot = Int(outcome.slot)
        guard let number = slots.removeValue(forKey: slot) else { continue }
        let first = fleet.firstTokenAt(slot)
        result.meanTimeToFirstToken += Double(first - sentAt[number]) / 1e9
        let output = requests[number].output
        if output > 1 {
          result.meanTimePerOutputToken += Double(now - first) / 1e9 / Double(output - 1)
          multiToken += 1
        }
        result.outputTokens += output
        fleet.releaseSlot(slot)
        ended += 1
        send(at: now + Self.turnaround)
      }
      fleet.clearOutcomes()
    }
    result.meanTimeToFirstToken /= Double(ended)
    result.meanTimePerOutputToken /= Double(max(1, multiToken))
    result.duration = Double(now) / 1e9
    return result
  }
}

extension KeyedStream.Purpose {
  static let validationLengths: Self = 9001
}
