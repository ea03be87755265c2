import SimulationKernel
import Testing

@Suite("Time")
struct SimTimeTests {
  @Test(
    "seconds round half to even to nanoseconds",
    arguments: [
      (0.0, Int64(0)), (1e-9, 1), (0.5e-9, 0), (1.5e-9, 2), (2.5e-9, 2), (1.0, 1_000_000_000),
      (0.1, 100_000_000), (86_400, 86_400_000_000_000),
    ])
  func rounding(seconds: Double, nanoseconds: Int64) {
    #expect(Duration(seconds: seconds).nanoseconds == nanoseconds)
  }

  @Test("addition is exact and associative where doubles are not")
  func associativity() {
    let t = SimTime.zero + .seconds(30 * 86_400)
    let a = Duration(nanoseconds: 1)
    let b = Duration(nanoseconds: 3)
    #expect((t + a) + b == t + (a + b))
    #expect((t + a) - t == a)
    #expect(t < t + a)
    #expect(SimTime.never > t)
  }

  @Test("never can be doubled and added to")
  func never() {
    #expect((SimTime.never + .seconds(1)).nanoseconds > 0)
    #expect(SimTime.never.nanoseconds.multipliedReportingOverflow(by: 2).overflow == false)
  }
}
