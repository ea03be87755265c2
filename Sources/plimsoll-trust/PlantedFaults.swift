import ArgumentParser

/// Faults that tests plant in worlds, to see that the search survives and tells them.
struct PlantedFaults: ParsableArguments {
  @Option(help: .hidden) var trapAt: UInt64?
  @Option(help: .hidden) var hangAt: UInt64?

  /// Traps or never returns where one is planted.
  func strike(_ seed: UInt64) {
    if seed == trapAt { fatalError("a planted trap") }
    var turns: UInt64 = 0
    while seed == hangAt { turns &+= 1 }
  }

  /// As a command line.
  var arguments: [String] {
    (trapAt.map { ["--trap-at", "\($0)"] } ?? []) + (hangAt.map { ["--hang-at", "\($0)"] } ?? [])
  }
}
