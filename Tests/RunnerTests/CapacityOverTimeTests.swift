import Money
import Multicloud
import SimulationKernel
import Tables
import Testing

@testable import Runner

/// Elastic pools over time and in the summary.
@Suite("Capacity over time")
struct CapacityOverTimeTests {
  private static let minute: Int64 = 60_000_000_000

  @Test("never more than 128 bins, and nothing lost")
  func bounded() {
    for minutes in [1, 128, 129, 300, 10_080] {
      var series = CapacityOverTime()
      for number in 0..<minutes {
        series.add(
          readyTime: Int128(number) * 7, wantedTime: Int128(number) * 9, length: Self.minute,
          isAtMaximum: number % 2 == 0, isMeasured: number >= 1)
      }
      #expect(series.bins.count <= CapacityOverTime.mostBins)
      let sum = Int128(minutes * (minutes - 1) / 2)
      for bins in [series.bins, series.condensed(to: 30), series.condensed(to: 1000)] {
        #expect(bins.reduce(0) { $0 + $1.readyTime } == 7 * sum)
        #expect(bins.reduce(0) { $0 + $1.wantedTime } == 9 * sum)
        #expect(bins.reduce(0) { $0 + $1.length } == Int64(minutes) * Self.minute)
      }
      #expect(series.condensed(to: 30).count <= 30)
      #expect(series.measuredMinutes == minutes - 1)
      #expect(series.minutesAtMaximum == (minutes - 1) / 2)
    }
  }

  static let text = """
    plimsoll: 1
    seed: 5
    horizon: 20m
    starts: 2026-03-02
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 1
                elastic: { minimum: 1, maximum: 4, markets: spot, provisioning: 60s, loading: 30s, warming: 0s }
                autoscale: { policy: scheduled, schedule: [{ from: "00:00", replicas: 1 }, { from: "00:05", replicas: 4 }], look-ahead: 0s }
    markets:
      spot: { region: azure/eastus2, accelerator: H100-SXM, kind: spot, price: 40%, available: 3, interruptions: 0% }
    billing: {}
    gateway: { retry: { attempts: 2 } }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 20/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { us-east: 100% }

    """

  /// A figure of the pool, in its unit.
  private func figure(
    _ run: BilledRun, _ metric: String, _ kind: SummaryTable.ScopeKind = .pool
  ) -> Double? {
    let row = run.outcome.summary.first { $0.metric == metric && $0.scopeKind == kind }
    return row?.value.text.flatMap(Double.init)
  }

  @Test("the summary has the extremes, the reasons and the money")
  func figures() throws {
    let run = try BilledRun(Self.text, level: .summary)
    defer { run.remove() }
    #expect(figure(run, "replicas_ready_min") == 1)
    #expect(figure(run, "replicas_ready_max") == 3)
    #expect(figure(run, "replicas_held_max") == 3)
    #expect(figure(run, "scale_ups_failed_supply") == figure(run, "scale_ups_failed"))
    #expect(figure(run, "scale_ups_failed_supply") ?? 0 > 0)
    #expect(figure(run, "scale_ups_failed_quota") == 0)
    let machine = try #require(run.world.capacity(ofDeployment: 0))
    let capacity = try #require(run.outcome.result.pools[0].capacity)
    let cost = try #require(run.money("machine_cost", "azure/eastus2/near"))
    let saving = try #require(run.money("machine_saving", "azure/eastus2/near"))
    let list = machine.unitHourly.picodollars * (capacity.instanceTime / 1_000_000_000) / 3600
    #expect(abs(cost.picodollars + saving.picodollars - list) <= machine.unitHourly.picodollars)
    // All machines are spot ones: of five parts of the list price two are paid.
    #expect(list > 0)
    #expect(abs(cost.picodollars * 3 - saving.picodollars * 2) <= machine.unitHourly.picodollars)
  }

  @Test("a region's busy share is that of its pool, whatever the replicas do")
  func busy() throws {
    let run = try BilledRun(Self.text, level: .summary)
    defer { run.remove() }
    let pool = try #require(figure(run, "busy_fraction"))
    #expect(pool > 0 && figure(run, "busy_fraction", .region) == pool)
    #expect(figure(run, "busy_fraction", .cloud) == pool)
  }

  @Test("an elastic pool's use is of what serves: three replicas use a third each")
  func use() throws {
    let run = try BilledRun(Self.text, level: .summary)
    defer { run.remove() }
    let bins = run.outcome.use.pools[0].bins
    let ready = try #require(run.outcome.use.capacity[0]).bins
    #expect(ready[2].ready == 1 && ready[18].ready == 3)
    let (before, after) = (bins[2].most, bins[18].most)
    #expect(after > before / 4 && after < before / 2)
  }

  @Test("load of a minute is over the slots that are ready")
  func slots() throws {
    let run = try BilledRun(Self.text, level: .summary)
    defer { run.remove() }
    let rows = try run.rows("deployments_minute")
    func load(_ minute: Int) -> Double {
      rows[minute]["load_mean"].flatMap(Double.init) ?? 0
    }
    #expect(load(2) > 0 && load(18) < load(2) * 0.6)
  }

  @Test("estimates say what they make of elastic pools")
  func note() throws {
    let run = try BilledRun(Self.text, level: .summary)
    defer { run.remove() }
    let note = try #require(run.world.elasticNote)
    #expect(note.contains("azure/eastus2/near 1 (1 to 4, scheduled)"))
    var still = run.world
    still.pools[0].elastic = nil
    #expect(still.elasticNote == nil)
  }
}
