import Multicloud
import SimulationKernel
import Testing
import Workload

/// The server in front of an engine.
@Suite struct FrontEndTests {
  /// At light load a request is later by what its prompt takes there, and by nothing else.
  @Test func aRequestIsLaterByItsPrompt() throws {
    var small = SmallWorlds()
    small.pools = [(region: 0, replicas: 1)]
    small.arrivals = .poisson(rate: 0.1)
    small.shape = .fixed(prompt: 200, output: 16)
    small.seconds = 600
    func run(_ frontEnd: FrontEnd) throws -> [RequestRecord] {
      var world = small.world
      world.pools[0].frontEnd = frontEnd
      let keeper = Keeper()
      var simulation = try Simulation(world, recorder: keeper)
      _ = simulation.run()
      return keeper.requests
    }
    let plain = try run(FrontEnd())
    let behind = try run(
      FrontEnd(base: .milliseconds(5), perPromptToken: Duration(nanoseconds: 1500)))
    #expect(plain.count == behind.count && plain.count > 30)
    let later = zip(plain, behind).map { $1.timeToFirstToken - $0.timeToFirstToken }
    // Five milliseconds and 200 tokens; the few that meet another request in the engine apart.
    #expect(later.filter { $0 == 5_300_000 }.count * 10 > later.count * 8)
    let longer = zip(plain, behind).map { $1.endToEnd - $0.endToEnd }
    #expect(longer.filter { $0 == 5_300_000 }.count * 10 > longer.count * 8)
  }
}
