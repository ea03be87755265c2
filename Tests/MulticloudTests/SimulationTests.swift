import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Simulation")
struct SimulationTests {
  @Test("one request: every moment by hand, network there and back included")
  func oneRequest() throws {
    var small = SmallWorlds()
    small.pools = [(0, 1)]
    small.oneWay = [.milliseconds(7)]
    small.arrivals = .piecewise(rates: [0.001], binWidth: .seconds(1000), repeats: true)
    small.seconds = 30_000
    let requests = try small.run().requests
    let request = try #require(requests.first { $0.status == .completed })
    // Prefill 12.1 ms, then 31 steps of 10.1 ms.
    #expect(request.reachedDeployment - request.arrival == 7_000_000)
    #expect(request.started == request.reachedDeployment)
    #expect(request.firstToken - request.started == 12_100_000)
    #expect(request.ended - request.firstToken == 31 * 10_100_000)
    #expect(request.timeToFirstToken == 7_000_000 + 12_100_000 + 7_000_000)
    #expect(request.timePerOutputToken == 10_100_000)
    #expect(request.network == 14_000_000)
    #expect(request.endToEnd == request.serverEndToEnd + request.network)
  }

  @Test("through an ingress the way is origin to ingress to region, both ways")
  func ingress() throws {
    var small = SmallWorlds()
    small.regions = 2
    small.pools = [(1, 1)]
    small.oneWay = [.milliseconds(5), .milliseconds(50)]
    small.regionWay = [.zero, .milliseconds(20), .milliseconds(20), .zero]
    small.ingress = 0
    for request in try small.run().requests where request.status == .completed {
      #expect(request.reachedDeployment - request.arrival == 25_000_000)
      #expect(request.network == 50_000_000)
    }
  }

  @Test("the same requests come whatever the policy: common random numbers")
  func commonRandomNumbers() throws {
    func arrivals(_ policy: String) throws -> [UInt64: [Int64]] {
      var small = SmallWorlds()
      small.routing = ReplicaRouting(policy: policy)
      small.shape = .independent(
        prompt: .lognormal(median: 80, sigma: 1, max: 1000), output: .exponential(mean: 30))
      var result: [UInt64: [Int64]] = [:]
      for r in try small.run().requests {
        result[r.index] = [r.arrival, Int64(r.promptTokens), Int64(r.outputTokens)]
      }
      return result
    }
    let least = try arrivals("least-outstanding-requests")
    #expect(least.count > 2000)
    #expect(least == (try arrivals("random")))
  }

  @Test("nothing is lost: arrived = completed + rejected + cancelled + in flight, with all of them")
  func conservation() throws {
    var small = SmallWorlds()
    small.arrivals = .poisson(rate: 60)
    small.queueLimit = 30
    small.patience = .milliseconds(600)
    let (result, requests) = try small.run()
    let totals = result.totals[0]
    #expect(totals.isConserved)
    #expect(totals.rejected > 0 && totals.cancelled > 0 && totals.inFlight > 0)
    #expect(requests.count == Int(result.requests))
    for status in RequestRecord.Status.allCases {
      let rows = requests.filter { $0.status == status }.count
      let expected: Int64 =
        switch status {
        case .completed: totals.completed
        case .rejected: totals.rejected
        case .cancelled: totals.cancelled
        case .failed: totals.failed
        case .inFlight: totals.inFlight
        }
      #expect(Int64(rows) == expected)
    }
    #expect(Set(requests.map(\.number)).count == requests.count)
  }

  @Test("a client gives up at its patience, or at the boundary that follows")
  func patience() throws {
    var small = SmallWorlds()
    small.pools = [(0, 1)]
    small.arrivals = .poisson(rate: 60)
    small.patience = .milliseconds(500)
    let requests = try small.run().requests
    let cancelled = requests.filter { $0.status == .cancelled }
    #expect(cancelled.count > 100)
    for request in cancelled {
      let waited = request.ended - request.arrival
      #expect(waited >= 500_000_000 && waited < 520_000_000)
      #expect(request.reason == .impatience)
    }
    for request in requests where request.status == .completed {
      #expect(request.firstToken - request.arrival <= 520_000_000)
    }
  }

  @Test("a prompt longer than the context is turned away with its reason")
  func contextTooLong() throws {
    var small = SmallWorlds()
    small.kvBlocks = 8
    small.shape = .fixed(prompt: 128, output: 4)
    let (result, requests) = try small.run()
    #expect(result.totals[0].rejected == result.totals[0].arrived)
    #expect(requests.allSatisfy { $0.reason == .contextTooLong })
  }

  @Test("minutes of the pools sum to the run, tokens and busy time included")
  func minutes() throws {
    var small = SmallWorlds()
    small.seconds = 330
    let keeper = Keeper()
    var simulation = try Simulation(small.world, recorder: keeper)
    let result = simulation.run()
    let work = result.pools[0].work
    #expect(keeper.minutes.count == 6)
    #expect(keeper.minutes.reduce(0) { $0 + $1.length } == 330_000_000_000)
    #expect(keeper.minutes.reduce(0) { $0 + $1.completions } == result.totals[0].completed)
    #expect(keeper.minutes.reduce(0) { $0 + $1.outputTokens } == work.outputTokens)
    #expect(keeper.minutes.reduce(0) { $0 + $1.busy } == work.busy)
    #expect(keeper.minutes.reduce(0) { $0 + $1.runningIntegral } == work.runningIntegral)
    #expect(
      keeper.minutes.reduce(Int128(0)) { $0 + $1.doubledBlockIntegral }
        == work.doubledBlockIntegral)
  }

  @Test("looking at a run by the minute does not change it")
  func observationIsNeutral() throws {
    let small = SmallWorlds()
    var silent = try Simulation(small.world)
    let watched = try small.run().result
    let unwatched = silent.run()
    #expect(watched.fingerprint == unwatched.fingerprint)
    #expect(watched.totals == unwatched.totals)
  }

  @Test("the warm-up is left out of the statistics, not of the totals")
  func warmup() throws {
    var small = SmallWorlds()
    small.warmup = 60
    let (result, requests) = try small.run()
    let late = requests.filter { $0.arrival >= 60_000_000_000 }
    #expect(result.workloads[0].arrived == Int64(late.count))
    #expect(result.totals[0].arrived == Int64(requests.count))
    #expect(result.pools[0].work.length == 60_000_000_000)
    #expect(result.pools[0].work.busy <= 2 * 60_000_000_000)
  }

  @Test("little's law holds exactly between rows and integrals")
  func littlesLaw() throws {
    var small = SmallWorlds()
    small.arrivals = .piecewise(rates: [20, 0.000001], binWidth: .seconds(60), repeats: false)
    small.seconds = 300
    let (result, requests) = try small.run()
    #expect(requests.allSatisfy { $0.status == .completed })
    let inSystem = requests.reduce(Int64(0)) { $0 + $1.serverEndToEnd }
    let work = result.pools[0].work
    #expect(inSystem == work.runningIntegral + work.waitingIntegral)
  }

  @Test("a target is held when its share of all that ended is within the limit")
  func targets() throws {
    var small = SmallWorlds()
    small.arrivals = .poisson(rate: 60)
    small.queueLimit = 5
    small.objective = Objective(
      timeToFirstToken: Objective.Target(limit: .milliseconds(60), quantile: 0.5))
    let (result, requests) = try small.run()
    let s = result.workloads[0]
    let good = requests.filter {
      $0.status == .completed && $0.timeToFirstToken <= 60_000_000
    }
    #expect(s.good == Int64(good.count))
    #expect(s.goodTimeToFirstToken == s.good)
    #expect(s.rejectedTotal > 0)
    let target = try #require(small.objective.timeToFirstToken)
    #expect(target.isHeld(good: s.good, of: s.ended) == (2 * s.good >= s.ended))
  }

  @Test("a closed loop never has more in flight than its clients")
  func closedLoop() throws {
    var small = SmallWorlds()
    small.arrivals = .closedLoop(clients: 5, thinkTime: .milliseconds(100))
    let requests = try small.run().requests.sorted { $0.number < $1.number }
    #expect(requests.count > 500)
    var events: [(time: Int64, change: Int)] = []
    for r in requests {
      events.append((r.arrival, 1))
      if r.status != .inFlight { events.append((r.ended, -1)) }
    }
    events.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var inFlight = 0
    for event in events {
      inFlight += event.change
      #expect(inFlight <= 5)
    }
  }
}
