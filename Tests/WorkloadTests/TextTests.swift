import SimulationKernel
import Testing

@testable import Workload

@Suite("Texts of prompts")
struct TextTests {
  @Test("rows of block ids become a tree of stretches that ends where rows end or part")
  func tree() {
    let texts = TraceTexts(rows: [[1, 2, 3], [1, 2, 4, 5], [1, 2], [], [9]], blockTokens: 10)
    #expect(texts.tree.nodes.count == 4)
    #expect(texts.leaves[3] == -1)
    #expect(
      texts.leaves.map { texts.tree.endTokens(of: Int($0)) } == [30, 40, 20, 0, 10])
    #expect(texts.tree.nodes[Int(texts.leaves[0])].parent == texts.leaves[2])
    #expect(texts.tree.nodes[Int(texts.leaves[1])].parent == texts.leaves[2])
    #expect(texts.tree.nodes[Int(texts.leaves[2])].parent == -1)
  }

  @Test("a CSV file may say what its prompts begin with")
  func csv() throws {
    let trace = try TraceReaderTests.read(
      """
      t_s,prompt_tokens,hash_ids,output_tokens,block_tokens
      2,30,7 8,5,16
      1,40,7 8 9,5,16
      3,10,,5,16
      """)
    let texts = try #require(trace.texts)
    // Rows are sorted by time, and their texts with them.
    #expect(trace.promptTokens == [40, 30, 10])
    #expect(texts.leaves.map { texts.tree.endTokens(of: Int($0)) } == [48, 32, 0])
    #expect(try TraceReaderTests.read("t_s,prompt_tokens,output_tokens\n1,2,3").texts == nil)
  }

  @Test(
    "what is wrong with block ids is said by line",
    arguments: [
      ("t_s,prompt_tokens,output_tokens,hash_ids\n1,2,3,4", 1, "block_tokens"),
      ("t_s,prompt_tokens,output_tokens,hash_ids,block_tokens\n1,2,3,4,0", 2, "1 token or more"),
      ("t_s,prompt_tokens,output_tokens,hash_ids,block_tokens\n1,2,3,4 x,16", 2, "ids of blocks"),
      (
        "t_s,prompt_tokens,output_tokens,hash_ids,block_tokens\n1,2,3,4,16\n2,2,3,4,32", 3,
        "16 tokens a block"
      ),
    ])
  func wrongIds(text: String, line: Int, words: String) {
    do {
      _ = try TraceReaderTests.read(text)
      Issue.record("was read: \(text)")
    } catch {
      #expect(error.line == line)
      #expect(error.problem.contains(words), "\(error.problem)")
    }
  }

  private func agents() -> WorkloadSpec {
    var spec = WorkloadSpec(
      "agents", .poisson(rate: 2),
      shape: .independent(
        prompt: .uniform(min: 50, max: 150), output: .uniform(min: 20, max: 60)))
    spec.prefix = SharedPrefix(groups: [
      SharedPrefix.Group(tokens: 1000, count: 3, weight: 3), SharedPrefix.Group(tokens: 4000),
    ])
    return spec
  }

  @Test("prompts begin with shared texts by their weights, and with what the shape says after")
  func prefixes() throws {
    let spec = agents()
    let texts = WorkloadTexts([spec], seed: 1)
    #expect(texts.tree.nodes.map(\.endTokens) == [1000, 1000, 1000, 4000])
    var counts = [0, 0, 0, 0]
    let all = try arrivals(spec, horizon: .seconds(2000))
    for arrival in all {
      let node = Int(texts.prefix(workload: 0, index: arrival.index))
      counts[node] += 1
      let words = Int(arrival.promptTokens) - texts.tree.endTokens(of: node)
      #expect((50...150).contains(words))
      #expect(texts.session(workload: 0, index: arrival.index) == 0)
    }
    for count in counts { #expect(abs(Double(count) / Double(all.count) - 0.25) < 0.03) }
    #expect(abs(spec.lengthMoments.meanPrompt - (0.75 * 1000 + 0.25 * 4000 + 100)) < 1)
  }

  /// Plays a workload whose answers take this long, and returns its requests.
  private func play(_ spec: WorkloadSpec, answer: Int64, failing: UInt64? = nil) throws -> [Arrival]
  {
    var stream = try DemandStream([spec], seed: 7, horizon: .seconds(400))
    var answers: [(time: Int64, client: Int32, index: UInt64)] = []
    var all: [Arrival] = []
    while true {
      let next = stream.nextTime.nanoseconds
      if let first = answers.first, first.time <= next {
        answers.removeFirst()
        stream.answered(
          workload: 0, client: first.client, completed: first.index != failing,
          at: SimTime(nanoseconds: first.time))
        continue
      }
      if stream.nextTime >= .never { break }
      let arrival = stream.pull()
      all.append(arrival)
      answers.append((arrival.time.nanoseconds + answer, arrival.client, arrival.index))
    }
    return all
  }

  private func bySession(_ all: [Arrival]) -> [UInt64: [Arrival]] {
    Dictionary(grouping: all) { SessionBook.session(of: $0.index) }
  }

  @Test("a turn repeats what was said and comes a think time after the answer")
  func sessions() throws {
    var spec = agents()
    spec.end = .seconds(300)
    spec.sessions = Sessions(turns: .uniform(min: 1, max: 9), thinkTime: .seconds(4))
    let all = try play(spec, answer: 1_000_000_000)
    let texts = WorkloadTexts([spec], seed: 7)
    var thoughts: [Double] = []
    var turns = 0
    let sessions = bySession(all)
    for (_, talk) in sessions {
      turns += talk.count
      #expect(Set(talk.map { texts.session(workload: 0, index: $0.index) }).count == 1)
      #expect(Set(talk.map { texts.prefix(workload: 0, index: $0.index) }).count == 1)
      for (last, turn) in zip(talk, talk.dropFirst()) {
        let words = turn.promptTokens - last.promptTokens - last.outputTokens
        #expect((50...150).contains(words))
        #expect(turn.index == last.index + 1)
        thoughts.append(Double(turn.time.nanoseconds - last.time.nanoseconds) / 1e9 - 1)
      }
    }
    #expect(thoughts.allSatisfy { $0 >= 0 })
    let mean = thoughts.reduce(0, +) / Double(thoughts.count)
    #expect(abs(mean - 4) < 0.35, "\(mean)")
    // Sessions that begin late are cut off by the end of the stream.
    #expect(abs(Double(turns) / Double(sessions.count) - 5) < 0.7)
    // The same sessions, turn for turn, whatever answers take.
    let slow = bySession(try play(spec, answer: 9_000_000_000))
    for (session, talk) in slow {
      let quick = try #require(sessions[session])
      for (a, b) in zip(talk, quick) {
        #expect(a.promptTokens == b.promptTokens && a.outputTokens == b.outputTokens)
      }
    }
  }

  @Test("a limit on context ends a session, and so does a turn that comes to nothing")
  func sessionsEnd() throws {
    var spec = agents()
    spec.prefix = nil
    spec.end = .seconds(100)
    spec.sessions = Sessions(
      turns: .constant(50), thinkTime: .milliseconds(100),
      followUp: .fixed(prompt: 30, output: 70), contextTokens: 1000)
    let all = try play(spec, answer: 1_000_000)
    #expect(all.allSatisfy { $0.promptTokens + $0.outputTokens <= 1000 })
    let talk = try #require(bySession(all)[3])
    #expect(talk.count >= 8 && talk.count <= 11)
    for turn in talk.dropFirst() { #expect(turn.outputTokens == 70) }
    let failed = bySession(try play(spec, answer: 1_000_000, failing: 3 << 16 | 2))
    #expect(failed[3]?.count == 3)
    #expect(failed[4]?.count == bySession(all)[4]?.count)
  }

  @Test("sessions need arrivals that no answer brings, shared texts a shape")
  func refused() throws {
    var spec = agents()
    spec.sessions = Sessions(turns: .constant(2), thinkTime: .zero)
    spec.arrivals = .closedLoop(clients: 2, thinkTime: .zero)
    #expect(throws: WorkloadError.self) { try spec.validate() }
    spec.sessions = nil
    spec.arrivals = .trace(TraceReplay(source: .rows(try rows([1, 2]))))
    #expect(throws: WorkloadError.self) { try spec.validate() }
  }
}
