import Foundation
import Glibc

/// What one input may cost, held by the system: a process that takes more is ended, and its input is known.
enum ProcessLimits {
  /// Bounds what the process may take from here on, in MiB, and leaves no core files.
  static func boundMemory(megabytes: Int) {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").first.flatMap { UInt($0) } ?? 0
    let most = pages * UInt(sysconf(Int32(_SC_PAGESIZE))) + UInt(megabytes) << 20
    var memory = rlimit(rlim_cur: most, rlim_max: most)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
  }

  /// Seconds on the clock after which an input hangs that costs no processor time: it waits for something.
  private static let longestWait = 60

  /// Begins to count anew: the process is ended when it has used this much processor time.
  static func boundTime(seconds: Int) {
    var work = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: timeval(tv_sec: seconds, tv_usec: 0))
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &work, nil)
    alarm(seconds > 0 ? UInt32(longestWait) : 0)
  }
}
