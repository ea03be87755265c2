import ArgumentParser
import Foundation
import FuzzTargets

#if PLIMSOLL_LIBFUZZER
  import CLibFuzzer
  import Glibc
#endif

/// One target under libFuzzer, which keeps what reaches new code. Only a build by `Scripts/fuzz` has it.
struct GuideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guide",
    abstract: "Try one target under libFuzzer; Scripts/fuzz builds and calls this.",
    shouldDisplay: false)

  @Option(help: "Program that starts this again, for what libFuzzer does in other processes.")
  var again = "plimsoll-fuzz"

  @Argument(help: "The target.")
  var target: String

  @Argument(parsing: .captureForPassthrough, help: "Arguments of libFuzzer: options, then folders.")
  var options: [String] = []

  func run() throws {
    let target = try PlimsollFuzz.target(target)
    #if PLIMSOLL_LIBFUZZER
      GuidedRun.begin(target)
      let words = [again] + options.filter { $0 != "--" }
      var pointers = words.map { strdup($0) } + [nil]
      var count = Int32(words.count)
      let code = pointers.withUnsafeMutableBufferPointer { buffer -> Int32 in
        var first = buffer.baseAddress
        return LLVMFuzzerRunDriver(&count, &first) { data, size in
          GuidedRun.take(UnsafeRawBufferPointer(start: data, count: size))
        }
      }
      throw ExitCode(code)
    #else
      throw ValidationError(
        "this build of \(target.name)'s fuzzer has no libFuzzer; use Scripts/fuzz")
    #endif
  }
}

#if PLIMSOLL_LIBFUZZER
  /// What a C callback can reach: the target, and what came of its inputs.
  enum GuidedRun {
    // libFuzzer calls back on the one thread that started it.
    nonisolated(unsafe) private static var target: FuzzTarget?
    nonisolated(unsafe) private static var mutator: Mutator?
    nonisolated(unsafe) private static var accepted = 0
    nonisolated(unsafe) private static var refused = 0

    /// Notes the target; counts are printed at the end, however it ends well.
    static func begin(_ target: FuzzTarget) {
      Self.target = target
      mutator = Mutator(target, corpus: target.seeds, seed: 1)
      atexit {
        print("guided: \(GuidedRun.accepted) accepted, \(GuidedRun.refused) refused")
      }
    }

    /// Tries an input.
    static func take(_ data: UnsafeRawBufferPointer) -> Int32 {
      switch target?.run(Array(data)) {
      case .accepted: accepted += 1
      case .refused: refused += 1
      case .violation(let reason):
        // libFuzzer keeps the input of what ends the process.
        FileHandle.standardError.write(Data("VIOLATION: \(reason)\n".utf8))
        ScratchFolder.shared.remove()
        abort()
      case nil: preconditionFailure("no target")
      }
      return 0
    }

    /// A change of an input by the rules of the format's own mutator.
    static func change(_ input: [UInt8], number: UInt32) -> [UInt8] {
      mutator?.changed(input, number: Int(number)) ?? input
    }
  }

  /// Half of the changes are libFuzzer's own, half those of ``Mutator``.
  @_cdecl("LLVMFuzzerCustomMutator")
  func changeInput(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ most: Int, _ seed: UInt32
  ) -> Int {
    if seed & 1 == 0 { return LLVMFuzzerMutate(data, size, most) }
    let changed = GuidedRun.change(
      Array(UnsafeBufferPointer(start: data, count: size)), number: seed)
    let count = min(changed.count, most)
    for place in 0..<count { data[place] = changed[place] }
    return count
  }
#endif
