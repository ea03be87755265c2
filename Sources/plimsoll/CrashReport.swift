import Glibc

/// What a process says that stops at a failed assertion, an overflow or a bad address.
///
/// The Swift runtime ends such a process by a signal, and in a release build without a word. Whoever
/// runs simulations in CI shall see exit code 3, that the fault is the program's, and how to see it
/// again. Files under way keep the name of partial ones, as after `kill -9`.
enum CrashReport {
  private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]

  // Written once before the handler is in force, and only read by it: a handler may not allocate.
  nonisolated(unsafe) private static var text: UnsafeMutablePointer<UInt8>?
  nonisolated(unsafe) private static var count = 0

  /// Puts the handler in force; the message is composed now, for then it is too late.
  static func install() {
    let message = """

      internal error: Plimsoll \(Version.current) has stopped at an assertion of its own.
        This is an error of the program, not of the scenario. Nothing it was writing looks whole.
        To see it again: \(Replay.command)
        Please report it with that command, the scenario and the files it names.

      """
    let bytes = Array(message.utf8)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    text = copy
    count = bytes.count
    // A stack of its own: where the main thread's has run over there is none left to say so on.
    let size = 64 << 10
    var stack = stack_t(
      ss_sp: UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16),
      ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { _ in
      // Only what POSIX allows in a signal handler: write and _exit.
      if let text = CrashReport.text { _ = write(STDERR_FILENO, text, CrashReport.count) }
      _exit(3)
    }
    for number in signals { sigaction(number, &action, nil) }
  }
}
