import Foundation
import Glibc

/// What a world may take, held by the system: a process that takes more is ended.
enum TimeLimit {
  /// Clock time for each second of processor time: beyond it a world waits for what does not come.
  private static let patience = 10

  /// Begins to count anew: the process is ended when it has used this much processor time; 0 ends counting.
  static func set(seconds: Int) {
    var work = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: timeval(tv_sec: seconds, tv_usec: 0))
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &work, nil)
    alarm(UInt32(seconds * patience))
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
  }

  /// Why a process ended that a signal ended.
  static func words(signal: Int32, limit: Int) -> String {
    switch signal {
    case SIGPROF: "hangs: more than \(limit) s of processor time"
    case SIGALRM: "hangs: more than \(limit * patience) s, waiting"
    case SIGKILL: "ended by signal \(signal): from outside, or for want of memory"
    default: "ended by signal \(signal): a trap"
    }
  }
}
