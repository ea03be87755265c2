import Foundation
import Multicloud
import Synchronization

/// Another run of the same requests, without tables.
struct ComparedRun: Sendable {
  let result: SimulationResult
  let bill: Bill?

  /// Plays a world and keeps its books.
  init(_ world: World, shouldContinue: (Simulation.Progress) -> Bool) throws {
    guard let billing = world.billing else {
      result = try Simulation.soundResult(of: world, shouldContinue: shouldContinue)
      bill = nil
      return
    }
    let books = try Books(world, billing, in: nil)
    result = try Simulation.soundResult(
      of: world, recorder: BookKeeper(books), shouldContinue: shouldContinue)
    bill = result.isComplete ? try books.close(in: nil).0 : nil
  }
}

/// A compared run on a thread of its own, beside whatever its maker does.
final class CompanionRun: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let outcome = Mutex<Result<ComparedRun, any Error>?>(nil)
  private let isCancelled = Atomic<Bool>(false)

  init(_ world: World) {
    DispatchQueue.global().async { [self] in
      let result = Result {
        try ComparedRun(world) { _ in !isCancelled.load(ordering: .relaxed) }
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
  }

  /// Ends it early; its result is incomplete then.
  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Waits for its end.
  func wait() throws -> ComparedRun {
    done.wait()
    guard let result = outcome.withLock({ $0 }) else {
      preconditionFailure("a run that has ended has an outcome")
    }
    return try result.get()
  }
}
