import Glibc

/// Ctrl-C: the first asks the run to stop and close its tables, the second ends the process.
enum Interruption {
  // Written by a signal handler, which may touch nothing but a plain word.
  nonisolated(unsafe) private static var count: sig_atomic_t = 0

  /// Whether the run was asked to stop.
  static var isRequested: Bool { count > 0 }

  /// Watches for SIGINT and SIGTERM.
  ///
  /// A parent may have blocked them for its own threads (a test runner does), and a child inherits
  /// that; so they are let through first.
  static func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      signal(number) { received in
        Interruption.count += 1
        signal(received, SIG_DFL)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
