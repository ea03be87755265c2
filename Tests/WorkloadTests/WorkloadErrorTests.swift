import SimulationKernel
import Testing
import Workload

@Suite("Invalid workloads")
struct WorkloadErrorTests {
  static func invalid() throws -> [(spec: WorkloadSpec, message: String)] {
    let trace = TraceSource.rows(try rows([0, 1]))
    func with(_ arrivals: ArrivalSpec) -> WorkloadSpec { WorkloadSpec(arrivals) }
    func shaped(_ shape: ShapeSpec) -> WorkloadSpec {
      WorkloadSpec(.poisson(rate: 1), shape: shape)
    }
    func prompted(_ prompt: LengthSpec) -> WorkloadSpec {
      shaped(.independent(prompt: prompt, output: .constant(1)))
    }
    let one = LengthSpec.constant(1)
    return [
      (with(.poisson(rate: -3)), "arrivals.poisson.rate: is -3.0, expected 0.0 to 1000000000.0"),
      (with(.poisson(rate: .nan)), "arrivals.poisson.rate: is nan, expected 0.0 to 1000000000.0"),
      (
        with(.gamma(rate: 1, coefficientOfVariation: 0)),
        "arrivals.gamma.coefficientOfVariation: is 0.0, expected 0.01 to 20.0"
      ),
      (
        with(.diurnal(meanRate: 1, hourly: [1, 2], startUTCHour: 0)),
        "arrivals.diurnal.hourly: has 2 values, expected 24"
      ),
      (
        with(.diurnal(meanRate: 1, hourly: Array(repeating: 0, count: 24), startUTCHour: 0)),
        "arrivals.diurnal.hourly: is all zero, expected at least one positive number"
      ),
      (
        with(.piecewise(rates: [], binWidth: .seconds(1), repeats: true)),
        "arrivals.piecewise.rates: is empty, expected a rate"
      ),
      (
        with(.piecewise(rates: [1], binWidth: .zero, repeats: true)),
        "arrivals.piecewise.binWidth: is 0.0 s, expected more than zero"
      ),
      (with(.bursts(states: [])), "arrivals.bursts: has no states, expected at least one"),
      (
        with(.closedLoop(clients: 0, thinkTime: .zero)),
        "arrivals.closedLoop.clients: is 0, expected 1 to 16777216"
      ),
      (
        with(.trace(TraceReplay(source: trace, rateScale: 0))),
        "arrivals.trace.rateScale: is 0.0, expected 1e-09 to 1000000.0"
      ),
      (shaped(.fixed(prompt: 0, output: 1)), "shape.fixed.prompt: is 0, expected 1 to 1000000000"),
      (
        prompted(.uniform(min: 5, max: 4)), "shape.prompt.max: is 4, expected 5 to 1000000000"
      ),
      (
        prompted(.empirical(values: [1], weights: [1, 2])),
        "shape.prompt: has 1 values and 2 weights, expected one weight for each"
      ),
      (
        shaped(.conditional(prompt: one, bands: [])),
        "shape.bands: is empty, expected at least one band"
      ),
      (
        shaped(
          .conditional(
            prompt: one,
            bands: [
              LengthBand(upToPrompt: 9, output: one), LengthBand(upToPrompt: 9, output: one),
            ])),
        "shape.bands[1].upToPrompt: is 9, expected more than the band before, 9"
      ),
      (
        WorkloadSpec(.poisson(rate: 1), origins: []),
        "origins: is empty, expected at least one origin"
      ),
      (
        WorkloadSpec(.poisson(rate: 1), start: .seconds(5), end: .seconds(5)),
        "end: is 5.0 s, expected more than start, 5.0 s"
      ),
      (
        WorkloadSpec(.poisson(rate: 1), estimate: .fixed(0)),
        "outputEstimate.fixed: is 0, expected 1 to 1000000000"
      ),
    ]
  }

  @Test("are refused with workload, field, what it holds and what it may hold")
  func messages() throws {
    for (spec, message) in try Self.invalid() {
      let error = #expect(throws: WorkloadError.self) {
        try DemandStream([spec], seed: 1, horizon: .seconds(1))
      }
      #expect(error?.description == "workload \"chat\": \(message)")
    }
  }

  @Test("two of one name are refused")
  func duplicates() {
    let spec = WorkloadSpec(.poisson(rate: 1))
    let error = #expect(throws: WorkloadError.self) {
      try DemandStream([spec, spec], seed: 1, horizon: .seconds(1))
    }
    #expect(error?.description == "workload \"chat\": name: is used twice, expected unique names")
  }
}
