import Multicloud
import ServingEngine
import SimulationKernel
import Testing

/// Prompt and output on different replicas, against arithmetic by hand.
@Suite("Disaggregated pools")
struct DisaggregationTests {
  private func milliseconds(_ time: Int64) -> Double { Double(time) / 1e6 }

  @Test("a request's way: prefill, copy of whole blocks, latency, decode")
  func oneRequest() throws {
    var worlds = SplitWorlds()
    worlds.link.latency = .microseconds(500)
    // 17 tokens are two blocks: 2 MB at 1 GB/s.
    worlds.requests = [(0, 17, 4)]
    let (result, requests, _) = try worlds.run()
    let one = requests[0]
    #expect(one.status == .completed && one.deliveredTokens == 4)
    #expect(one.started == 0)
    #expect(milliseconds(one.firstToken) == 10)
    // The cache is there at 12.5; three tokens follow.
    #expect(milliseconds(one.ended) == 42.5)
    let transfers = try #require(result.pools[0].transfers)
    #expect(transfers.copies == 1 && transfers.bytes == 2_000_000)
    #expect(milliseconds(Int64(transfers.sending)) == 2)
    #expect(transfers.copying.maximum == 2_500_000 && transfers.waiting.maximum == 0)
    #expect(result.pools[1].transfers == nil)
    #expect(result.pools[0].completed == 1 && result.pools[1].completed == 1)
    #expect(result.pools[0].work.outputTokens == 1 && result.pools[1].work.outputTokens == 3)
    #expect(result.pools[0].work.prefillTokens == 17 && result.pools[1].work.prefillTokens == 0)
  }

  @Test("behind vLLM's proxy the first token is the decoder's: the last prompt token comes again")
  func firstTokenOfTheDecoder() throws {
    var worlds = SplitWorlds()
    worlds.firstToken = .decode
    worlds.requests = [(0, 17, 4), (1000, 17, 1), (2000, 1, 2)]
    let (result, requests, _) = try worlds.run()
    #expect(milliseconds(requests[0].firstToken) == 22)
    #expect(milliseconds(requests[0].ended) == 52)
    // A single token takes the whole way too, and so does a prompt of one.
    #expect(milliseconds(requests[1].firstToken) == 1022)
    #expect(requests[1].ended == requests[1].firstToken)
    #expect(milliseconds(requests[2].firstToken) == 2021)
    #expect(milliseconds(requests[2].ended) == 2031)
    #expect(result.pools[0].transfers?.copies == 3)
    #expect(requests.map(\.deliveredTokens) == [4, 1, 2])
  }

  @Test("a request of one token ends with its prefill and sends nothing")
  func oneToken() throws {
    var worlds = SplitWorlds()
    worlds.requests = [(0, 17, 1)]
    let (result, requests, _) = try worlds.run()
    #expect(milliseconds(requests[0].ended) == 10 && requests[0].status == .completed)
    #expect(result.pools[0].transfers?.copies == 0 && result.pools[1].arrived == 0)
  }

  @Test("an interface serves one copy at a time, in order of the reservations")
  func contention() throws {
    var worlds = SplitWorlds()
    worlds.prefillReplicas = 2
    worlds.requests = [(0, 17, 4), (0, 17, 4)]
    var requests = try worlds.run().requests
    // Both prompts are done at 10; the copies are there at 12 and 14, and the second joins at 22.
    #expect(requests.map { milliseconds($0.ended) } == [42, 52])
    // Two receivers and two senders do not meet.
    worlds.decodeReplicas = 2
    requests = try worlds.run().requests
    #expect(requests.map { milliseconds($0.ended) } == [42, 42])
    // One sender is as narrow as one receiver; both prompts are one step.
    worlds.prefillReplicas = 1
    requests = try worlds.run().requests
    #expect(requests.map { milliseconds($0.ended) } == [42, 44])
  }

  @Test("a slow link backs up into prefill: blocks are held until they were read")
  func backPressure() throws {
    var worlds = SplitWorlds()
    worlds.prefillBlocks = 2
    worlds.link = CacheLink(bytesPerSecond: 20_000_000)
    worlds.requests = [(0, 31, 2), (0, 31, 2)]
    let requests = try worlds.run().requests
    // 2 MB take 100 ms, and only then can the second prompt have blocks.
    #expect(milliseconds(requests[0].firstToken) == 10 && milliseconds(requests[0].ended) == 120)
    #expect(milliseconds(requests[1].started) == 110)
    #expect(milliseconds(requests[1].firstToken) == 120 && milliseconds(requests[1].ended) == 230)
  }

  @Test("a copy waits for blocks where it shall go")
  func fullDecoder() throws {
    var worlds = SplitWorlds()
    worlds.decodeBlocks = 3
    worlds.requests = [(0, 31, 10), (0, 31, 10)]
    let (result, requests, _) = try worlds.run()
    #expect(requests.map { milliseconds($0.ended) } == [102, 194])
    #expect(result.pools[0].transfers?.waiting.maximum == 92_000_000)
  }

  @Test("who gives up during the copy is gone at once; the copy holds its blocks to its end")
  func givesUpInTransfer() throws {
    var worlds = SplitWorlds()
    worlds.firstToken = .decode
    worlds.prefillBlocks = 2
    worlds.link = CacheLink(bytesPerSecond: 20_000_000)
    worlds.patience = .milliseconds(50)
    worlds.requests = [(0, 31, 2), (80, 31, 2)]
    let (result, requests, minutes) = try worlds.run()
    #expect(requests[0].status == .cancelled && milliseconds(requests[0].ended) == 50)
    #expect(requests[0].deliveredTokens == 0 && requests[0].firstToken == -1)
    #expect(milliseconds(requests[1].started) == 110)
    #expect(requests[1].status == .cancelled && milliseconds(requests[1].ended) == 130)
    #expect(result.pools[0].transfers?.copies == 2)
    // 2 blocks from the reservation at 10 to the end at 110, and from 120 to 220.
    var held = Int128(0)
    for minute in minutes where minute.pool == 1 { held += minute.doubledBlockIntegral }
    #expect(held == 800_000_000)
  }

  @Test("with the first token in hand, a patient client's clock stops at the end of the prompt")
  func patienceEndsWithPrefill() throws {
    var worlds = SplitWorlds()
    worlds.link = CacheLink(bytesPerSecond: 20_000_000)
    worlds.patience = .milliseconds(50)
    worlds.requests = [(0, 31, 2)]
    let requests = try worlds.run().requests
    #expect(requests[0].status == .completed)
  }

  @Test("a prompt that only the decoders cannot hold is refused before it is computed")
  func contextOfTheDecoder() throws {
    var worlds = SplitWorlds()
    worlds.decodeBlocks = 2
    worlds.requests = [(0, 32, 5), (100, 31, 5), (200, 30, 5)]
    let (result, requests, _) = try worlds.run()
    #expect(requests[0].reason == .contextTooLong)
    // Room for one token, which the prefill yields; then for two.
    #expect(requests[1].deliveredTokens == 1 && requests[1].status == .completed)
    #expect(requests[2].deliveredTokens == 2 && requests[2].status == .completed)
    #expect(result.pools[0].transfers?.copies == 1)
  }

  @Test("places of both kinds of replicas admit requests")
  func admission() throws {
    var worlds = SplitWorlds()
    worlds.maxSequences = 1
    worlds.queueLimit = 0
    worlds.requests = [(0, 17, 4), (1, 17, 4), (2, 17, 4)]
    let requests = try worlds.run().requests
    #expect(requests.map(\.status) == [.completed, .completed, .rejected])
  }

  @Test("nothing changes in a world without such pools, and the same world is the same run")
  func determinism() throws {
    var worlds = SplitWorlds()
    worlds.prefillReplicas = 2
    worlds.decodeReplicas = 2
    for id in 0..<40 {
      let output = 1 + id % 7
      worlds.requests.append((Double(3 * id), 20 + id, output))
    }
    let first = try worlds.run().result
    let second = try worlds.run().result
    #expect(first.fingerprint == second.fingerprint)
    var quiet = try Simulation(worlds.world())
    #expect(quiet.run().fingerprint == first.fingerprint)
  }

  @Test("a copy's time is whole nanoseconds, rounded up, and never none")
  func sendingTime() {
    let fast = CacheLink(bytesPerSecond: 3_000_000_000)
    #expect(fast.sendingTime(1) == 1)
    #expect(fast.sendingTime(10) == 4)
    let usual = CacheLink(bytesPerSecond: 50_000_000_000)
    #expect(usual.sendingTime(50_000_000_000) == 1_000_000_000)
    let slow = CacheLink(bytesPerSecond: 1)
    let gigabyte: Int64 = 1 << 30
    #expect(slow.sendingTime(gigabyte) == gigabyte * 1_000_000_000)
  }

  /// DistServe, OSDI 2024, section 3.3: a request of 512 tokens to OPT-66B has a cache of 1.13 GB (of 2^30
  /// bytes), and ten of them a second need 90 Gbit/s (of 2^30 bits).
  @Test("the published size of a cache, and the bandwidth that hides it")
  func distServe() {
    let opt = LanguageModel(
      name: "opt-66b", layers: 64, hiddenSize: 9216, feedForwardSize: 36_864, heads: 72,
      kvHeads: 72, headDimension: 128, vocabularySize: 50_272, contextTokens: 2048)
    let bytes = 512 * opt.kvBytesPerToken(tensorParallel: 1, precision: .bf16)
    let gibibyte = Double(1 << 30)
    #expect(abs(bytes / gibibyte - 1.13) < 0.006)
    let link = CacheLink(bytesPerSecond: Int64(90 * gibibyte / 8))
    let busy = 10 * Double(link.sendingTime(Int64(bytes))) / 1e9
    #expect(abs(busy - 1) < 0.005)
  }
}
