import Money
import Multicloud
import Synchronization

@testable import Trust

/// Something false that a player says of one of the runs that a law compares.
struct Lie: Sendable, CustomStringConvertible {
  /// The law that must see it.
  var law: String
  /// What is false.
  var what: String
  /// Which of the runs is lied about, from 1, the scenario's own.
  var run: Int
  /// Says it; whether there was anything to lie about.
  var tell: @Sendable (inout Observation) -> Bool

  var description: String { "\(law): \(what)" }

  init(
    _ law: String, _ what: String, run: Int = 2,
    _ tell: @escaping @Sendable (inout Observation) -> Bool
  ) {
    self.law = law
    self.what = what
    self.run = run
    self.tell = tell
  }

  /// Lies for every law, those of each part that it compares.
  static let all: [Lie] =
    ofRows + ofTheSameRun
    + ["effective-text", "tenants-permute", "unused-changes-nothing", "late-incident"].flatMap {
      [lost($0), extra($0), late($0), dear($0)]
    } + [
      lost("later-horizon"), late("later-horizon"),
      lost("strangers"), extra("strangers"), late("strangers"),
      Lie("strangers", "a tenant pays more by the list") { seen in
        guard let tenant = seen.bill?.tenants.keys.filter({ $0 != "" && $0 != "strangers" }).min()
        else { return false }
        seen.bill?.tenants[tenant]?.list += Money(picodollars: 1)
        return true
      },
      lost("everything-twice"), extra("everything-twice"), late("everything-twice"),
      lost("everything-twice", run: 3), late("everything-twice", run: 3),
      Lie("everything-twice", "a kind of charge costs more by the list") { seen in
        guard let kind = seen.bill?.kinds.keys.min() else { return false }
        seen.bill?.kinds[kind]?.list += Money(picodollars: 1)
        return true
      },
      lost("pool-splits", run: 3), late("pool-splits", run: 3),
      Lie("time-scales", "a tenth is lost", run: 3) { seen in
        let keys = seen.requests.keys.sorted()
        guard keys.count > 200 else { return false }
        for key in keys where key.index % 10 == 0 { seen.requests[key] = nil }
        return true
      },
      Lie("time-scales", "a tenth ends late", run: 3) { seen in
        let keys = seen.requests.keys.sorted()
        guard keys.count > 200 else { return false }
        for key in keys where key.index % 10 == 0 { seen.requests[key]?.times[4] += 900_000_000 }
        return true
      },
    ]

  /// What rows and totals must agree on.
  private static let ofRows: [Lie] = [
    lost("rows-agree", run: 1),
    Lie("rows-agree", "a request has two rows", run: 1) { seen in
      seen.repeated += 1
      return true
    },
    Lie("rows-agree", "a decision too many of one request, too few of another", run: 1) { seen in
      let keys = seen.decisions.keys.sorted().prefix(2)
      guard keys.count == 2 else { return false }
      seen.decisions[keys[0], default: 0] += 1
      seen.decisions[keys[1], default: 0] -= 1
      return true
    },
    Lie("rows-agree", "a pool's minutes are busier than it", run: 1) { seen in
      guard let pool = seen.poolMinutes.keys.min() else { return false }
      // Fewer than in all, whether or not there is a warm-up.
      seen.poolMinutes[pool]?.busy = -1
      return true
    },
    Lie("rows-agree", "a pool's minutes lack tokens", run: 1) { seen in
      guard let pool = seen.poolMinutes.keys.min() else { return false }
      seen.poolMinutes[pool]?.outputTokens = -1
      return true
    },
    Lie("rows-agree", "a pool's minutes lack arrivals", run: 1) { seen in
      guard let pool = seen.poolMinutes.keys.min() else { return false }
      seen.poolMinutes[pool]?.arrivals = -1
      return true
    },
    Lie("rows-agree", "a deployment's minutes hold an attempt too many", run: 1) { seen in
      guard let place = seen.minuteTotals.keys.min() else { return false }
      seen.minuteTotals[place]?.attempts += 1
      return true
    },
    Lie("rows-agree", "a request paid more than was taken", run: 1) { seen in
      guard let key = seen.requests.keys.min(), !seen.result.deployments.isEmpty else {
        return false
      }
      seen.requests[key]?.picodollars += 1
      return true
    },
  ]

  /// What must be the same in every run of a scenario.
  private static let ofTheSameRun: [Lie] = [
    lost("same-again"), extra("same-again"), late("same-again"), dear("same-again"),
    Lie("same-again", "a pool was busier") { seen in
      guard let pool = seen.poolMinutes.keys.min() else { return false }
      seen.poolMinutes[pool]?.busy += 1
      return true
    },
    Lie("same-again", "a decision more") { seen in
      guard let key = seen.decisions.keys.min() else { return false }
      seen.decisions[key, default: 0] += 1
      return true
    },
    Lie("same-again", "an event more") { seen in
      seen.result.events += 1
      return true
    },
    Lie("looking-changes-nothing", "another fingerprint", run: 1) { seen in
      seen.result.fingerprint ^= 1
      return true
    },
    dear("looking-changes-nothing", run: 1),
  ]

  /// The first request of such; not of those that a law has put there itself.
  private static func first(
    _ seen: Observation, where isSuch: (Observation.Request) -> Bool
  ) -> Observation.Key? {
    seen.requests.filter { $0.key.workload != "strangers" && isSuch($0.value) }.keys.min()
  }

  private static func lost(_ law: String, run: Int = 2) -> Lie {
    Lie(law, "a request is lost", run: run) { seen in
      guard let key = first(seen, where: { _ in true }) else { return false }
      seen.requests[key] = nil
      return true
    }
  }

  private static func extra(_ law: String) -> Lie {
    Lie(law, "a request too many") { seen in
      guard var key = first(seen, where: { _ in true }), let request = seen.requests[key] else {
        return false
      }
      key.index = .max
      seen.requests[key] = request
      return true
    }
  }

  private static func late(_ law: String, run: Int = 2) -> Lie {
    Lie(law, "a request is a nanosecond late", run: run) { seen in
      guard let key = first(seen, where: { $0.status == .completed }) else { return false }
      seen.requests[key]?.times[4] += 1
      return true
    }
  }

  private static func dear(_ law: String, run: Int = 2) -> Lie {
    Lie(law, "an account pays more", run: run) { seen in
      guard let account = seen.bill?.accounts.keys.min() else { return false }
      seen.bill?.accounts[account]?.billed += Money(picodollars: 1)
      return true
    }
  }

  /// A player's fault that tells it of its run, and whether it did.
  func fault() -> (fault: @Sendable (inout Observation) -> Void, struck: @Sendable () -> Bool) {
    let state = State()
    return (
      { seen in
        let number = state.runs.add(1, ordering: .relaxed).newValue
        if number == run, tell(&seen) { state.struck.store(true, ordering: .relaxed) }
      }, { state.struck.load(ordering: .relaxed) }
    )
  }

  private final class State: Sendable {
    let runs = Atomic(0)
    let struck = Atomic(false)
  }
}
