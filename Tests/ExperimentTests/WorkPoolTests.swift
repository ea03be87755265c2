import Experiment
import Testing

@Suite("Work pool")
struct WorkPoolTests {
  private struct Broken: Error, Equatable { var piece: Int }

  @Test(
    "results stand in the order of the pieces, whatever the number of threads",
    arguments: [1, 2, 7])
  func order(threads: Int) throws {
    let results = try WorkPool(threads: threads).map(100) { piece in
      // Work of uneven length, so that pieces end out of order.
      (0..<((piece * 7919) % 1000)).reduce(piece) { $0 &+ $1 &- $1 }
    }
    #expect(results == Array(0..<100))
  }

  @Test("the first failure in order is thrown")
  func failure() {
    #expect(throws: Broken(piece: 3)) {
      _ = try WorkPool(threads: 1).map(10) { piece in
        if piece >= 3 { throw Broken(piece: piece) }
      }
    }
  }

  @Test("what was not begun stays empty")
  func interrupted() throws {
    let results = try WorkPool(threads: 2).map(5, shouldContinue: { false }, { $0 })
    #expect(results.count == 5 && results.allSatisfy { $0 == nil })
  }
}
