import Dispatch
import Foundation
import Synchronization

/// Independent pieces of work on all cores, each with a place of its own for what it comes to.
///
/// Results are in the order of the pieces, so whoever reduces them in that order gets the same bytes whatever
/// the number of threads and whichever piece ended first.
public struct WorkPool: Sendable {
  /// Threads at work at once.
  public let threads: Int

  /// Creates a pool.
  ///
  /// - Parameter threads: `nil` for one a core.
  public init(threads: Int? = nil) {
    self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Does `count` pieces of work; a piece that is not begun when `shouldContinue` says no is `nil`.
  ///
  /// Pieces are begun in order. Where some fail, the error of the first of them in order is thrown once all
  /// that were begun have ended.
  public func map<Result: Sendable>(
    _ count: Int, shouldContinue: @Sendable () -> Bool = { true },
    _ work: @Sendable (Int) throws -> Result
  ) throws -> [Result?] {
    guard count > 0 else { return [] }
    let next = Atomic<Int>(0)
    let failed = Atomic<Bool>(false)
    var places = [Swift.Result<Result, any Error>?](repeating: nil, count: count)
    places.withUnsafeMutableBufferPointer { places in
      let out = Places(base: places)
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while !failed.load(ordering: .relaxed), shouldContinue() {
          let piece = next.add(1, ordering: .relaxed).oldValue
          guard piece < count else { return }
          let result = Swift.Result { try work(piece) }
          if case .failure = result { failed.store(true, ordering: .relaxed) }
          out.base[piece] = result
        }
      }
    }
    return try places.map { try $0?.get() }
  }

  /// Every thread writes to places of its own.
  private struct Places<Result: Sendable>: @unchecked Sendable {
    let base: UnsafeMutableBufferPointer<Swift.Result<Result, any Error>?>
  }
}
