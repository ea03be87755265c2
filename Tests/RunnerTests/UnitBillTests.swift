import Foundation
import Money
import Multicloud
import Runner
import Tables
import Testing

/// What units cost that are bought and given back in a run.
@Suite struct UnitBillTests {
  /// 50 units for an hour, 100 for another, 60 for a third; 1 USD a unit and hour.
  private static func text(_ contract: String = "") -> String {
    """
    plimsoll: 1
    starts: 2028-01-03
    horizon: 3h
    clouds:
      azure:
        \(contract)
        regions:
          eastus2:
            endpoints:
              ptu:
                model: gpt-5.1
                type: global-provisioned
                units: 50 PTU
                unit-price: 1 USD
                elastic: { minimum: 50 PTU, maximum: 100 PTU, lead-time: 0s }
                autoscale:
                  policy: scheduled
                  interval: 60s
                  schedule: [ { from: 0:00, replicas: 10 }, { from: 1:00, replicas: 20 }, { from: 2:00, replicas: 12 } ]
    billing: {}
    workloads:
      w: { model: gpt-5.1, arrivals: { poisson: 1/min }, shape: { fixed: { prompt: 100, output: 10 } }, origins: { us-east: 100% } }
    """
  }

  private let ptu = "azure/eastus2/ptu"

  @Test func `units are paid by the second, part by part as the whole`() throws {
    let run = try BilledRun(Self.text())
    defer { run.remove() }
    let charges = try run.rows("charges").filter { $0["ConsumedUnit"] == "unit-seconds" }
    #expect(charges.compactMap { Int($0["ConsumedQuantity"]!) } == [180_000, 360_000, 216_000])
    #expect(charges.sum("ListCost") == Money(dollars: 210))
    #expect(run.bill.total.billed == Money(dollars: 210))
    let figures = run.outcome.summary.filter { $0.scope == ptu }
    func figure(_ metric: String) -> String? {
      figures.first { $0.metric == metric }.map { "\($0.value)" }
    }
    #expect(figure("units_mean") == figure("units_wanted_mean") && figure("units_mean") != nil)
    let cost = try #require(figure("provisioned_cost"))
    #expect(
      cost == run.outcome.summary.first { $0.metric == "provisioned_cost" }.map { "\($0.value)" })
    let events = try run.rows("capacity_events")
    #expect(events.map { $0["kind"]! } == ["scale_up", "ready", "scale_down"])
    #expect(events.map { $0["pool"]! } == [ptu, ptu, ptu])
    #expect(
      events.map { $0["from_replicas"]! + ">" + $0["to_replicas"]! } == [
        "50>100", "100>100", "100>60",
      ])
    #expect(events.allSatisfy { $0["replica"] == "" && $0["market"] == "" })
  }

  @Test func `a change inside an hour is billed to the second`() throws {
    let run = try BilledRun(
      Self.text(),
      overrides: [
        "clouds.azure.regions.eastus2.endpoints.ptu.elastic.lead-time=90s",
        "clouds.azure.regions.eastus2.endpoints.ptu.autoscale.interval=60s",
      ])
    defer { run.remove() }
    let charges = try run.rows("charges").filter { $0["ConsumedUnit"] == "unit-seconds" }
    #expect(
      charges.compactMap { Int($0["ConsumedQuantity"]!) } == [
        180_000, 360_000 - 90 * 50, 216_000,
      ])
  }

  /// Units beyond a reservation are hourly, reserved ones not deployed are waste.
  @Test func `reservations match hour by hour`() throws {
    let run = try BilledRun(
      Self.text(
        """
        contract:
              reservations:
                units: { provisioned: global-provisioned, region: eastus2, units: 60, term: 1y, starts: 2028-01-01 }
        """))
    defer { run.remove() }
    let charges = try run.rows("charges")
    let hourly = charges.filter { $0["ChargeDescription"] == "provisioned used" }
    #expect(hourly.compactMap { Int($0["ConsumedQuantity"]!) } == [40 * 3600])
    let covered = charges.filter { $0["ChargeDescription"] == "provisioned covered by azure/units" }
    #expect(
      covered.compactMap { Int($0["ConsumedQuantity"]!) } == [50 * 3600, 60 * 3600, 60 * 3600])
    #expect(hourly.sum("BilledCost") == Money(dollars: 40))
  }
}
