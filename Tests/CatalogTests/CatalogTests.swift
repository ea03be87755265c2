import Catalog
import Foundation
import ServingEngine
import SimulationKernel
import Testing

@Suite struct CatalogTests {
  private let catalog: Catalog

  init() throws { catalog = try Catalog.bundled() }

  @Test func `the binary carries the tables as they lie in the folder`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Sources/Catalog/Resources").path
    var files = CatalogFiles.bundled
    try files.replaceTables(inFolder: folder)
    #expect(
      try Catalog(files: files).contentHash == catalog.contentHash,
      "run Scripts/embed-catalog after changing a table")
  }

  @Test func `it holds what planners ask for`() {
    for name in [
      "T4", "L4", "A10G", "A100-SXM", "H100-SXM", "H200-SXM", "B200-SXM", "L40S",
      "RTX-PRO-6000", "MI300X", "h100", "H100_SXM",
    ] {
      #expect(catalog.accelerator(named: name) != nil, "\(name)")
    }
    for name in [
      "llama-3.1-8b", "Llama-3-8B", "meta-llama/Llama-3.1-8B", "llama-3.3-70b", "Qwen3-32B",
      "mixtral-8x7b", "gpt-oss-120b", "qwen3-30b-a3b",
    ] {
      #expect(catalog.model(named: name) != nil, "\(name)")
    }
    for name in [
      "us-east", "us-west", "eu-west", "eu-central", "uk", "brazil", "india", "japan",
      "singapore", "australia", "us", "eu", "apac",
    ] {
      #expect(catalog.origin(named: name) != nil, "\(name)")
    }
    #expect(catalog.regions.count >= 30)
    #expect(catalog.cloudNames == ["aws", "azure", "gcp"])
    #expect(catalog.region(cloud: "Azure", name: "EastUS2")?.dataZone == "us")
    #expect(catalog.region(cloud: "aws", name: "eu-central-1")?.dataZone == "eu")
    #expect(catalog.region(cloud: "azure", name: "uksouth")?.dataZone == nil)
    #expect(catalog.region(cloud: "aws", name: "eastus2") == nil)
    #expect(catalog.accelerator(named: "h1000") == nil)
    #expect(catalog.acceleratorNames.contains("h100"))
    #expect(catalog.regionNames(cloud: "gcp").contains("us-central1"))
    #expect(catalog.traceProfileText(named: "no-such-profile") == nil)
    #expect(catalog.engines[0].name == "vllm")
  }

  @Test func `no name or alias means two things`() {
    for names in [
      catalog.acceleratorNames, catalog.modelNames, catalog.originNames, catalog.engineNames,
      catalog.interconnectNames,
    ] {
      #expect(Set(names.map { $0.lowercased() }).count == names.count)
    }
  }

  @Test func `facts are plausible`() {
    for accelerator in catalog.accelerators {
      #expect((10e9...300e9).contains(accelerator.memoryBytes), "\(accelerator.name)")
      #expect((2e11...1e13).contains(accelerator.memoryBytesPerSecond), "\(accelerator.name)")
      #expect(catalog.defaultInterconnect(of: accelerator) != nil)
      for kernel in accelerator.matrixKernels {
        #expect((5e13...1e16).contains(kernel.peakFLOPsPerSecond), "\(accelerator.name)")
        #expect(kernel.memoryEfficiency <= 1 && kernel.largeBatchEfficiency <= 1)
        // Arithmetic intensity at which compute takes over: 100 to 1,200 operations a byte.
        let intensity = kernel.peakFLOPsPerSecond / accelerator.memoryBytesPerSecond
        #expect((100...1200).contains(intensity), "\(accelerator.name)")
      }
    }
    let billions = [
      "llama-3.1-8b": 8.03, "llama-3.3-70b": 70.6, "qwen3-32b": 32.8, "qwen3-30b-a3b": 30.5,
      "mixtral-8x7b": 46.7, "gpt-oss-120b": 116.8, "qwen3-235b-a22b": 235.1,
      "minimax-m2.5": 228.7, "deepseek-r1": 671.0, "llama-2-7b": 6.74, "llama-2-70b": 69.0,
      "mistral-nemo-12b": 12.25, "qwen2.5-7b": 7.62, "yi-34b": 34.4,
    ]
    #expect(catalog.models.count == billions.count)
    for model in catalog.models {
      let published = billions[model.name] ?? 0
      #expect(abs(Double(model.parameters) / 1e9 / published - 1) < 0.01, "\(model.name)")
    }
  }

  @Test func `larger nodes are never slower per step at small batches`() throws {
    // T4 to B200 at batch 1, 1,024 tokens: each generation is faster on the same model.
    let model = try #require(catalog.model(named: "llama-3.1-8b"))
    var last = Int64.max
    for name in ["l4", "a10g", "a100", "h100", "h200", "b200"] {
      let accelerator = try #require(catalog.accelerator(named: name))
      let time = try EngineDeployment(
        accelerator: accelerator, model: model,
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: catalog.engines[0]
      ).resolve().stepTime.decodeStep(batch: 1, kvTokens: 1024)
      #expect(time < last, "\(name)")
      last = time
    }
  }

  @Test func `an 8B model does not fit a T4 and says two would do`() throws {
    let accelerator = try #require(catalog.accelerator(named: "t4"))
    let deployment = EngineDeployment(
      accelerator: accelerator, model: try #require(catalog.model(named: "llama-3.1-8b")),
      interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
      host: catalog.engines[0])
    #expect {
      _ = try deployment.resolve()
    } throws: { error in
      guard case EngineDeploymentError.doesNotFit(_, _, _, 1, _, _, let smallest) = error else {
        return false
      }
      return smallest == 2
    }
  }

  @Test func `the same tables give the same hash, other bytes another`() throws {
    #expect(catalog.contentHash.count == 16)
    #expect(try Catalog.bundled().contentHash == catalog.contentHash)
    var files = CatalogFiles.bundled
    try files.replace("mine.profile.csv", with: "a,b\n1,2\n")
    let changed = try Catalog(files: files)
    #expect(changed.contentHash != catalog.contentHash)
    #expect(changed.traceProfileText(named: "mine") == "a,b\n1,2\n")
    #expect(changed.traceProfileNames.contains("mine"))
  }
}

@Suite struct RoundTripTests {
  private let catalog: Catalog

  init() throws { catalog = try Catalog.bundled() }

  @Test func `round trips are symmetric and never faster than light in fibre`() {
    let model = catalog.roundTripModel
    var measured = 0
    for a in catalog.regions {
      #expect(catalog.roundTrip(a, a) == .zero)
      for b in catalog.regions where a != b {
        let there = catalog.roundTrip(a, b)
        #expect(there == catalog.roundTrip(b, a))
        if catalog.measuredRoundTrip(a, b) != nil { measured += 1 }
        // Both ends round to 0.1 ms.
        let bound = model.fibreBound(a.coordinates, b.coordinates) - 0.05
        #expect(there.seconds * 1000 >= bound, "\(a.name) \(b.name)")
        #expect(there > .zero && there < .milliseconds(1000), "\(a.name) \(b.name)")
        #expect(there.nanoseconds % 100_000 == 0)
      }
    }
    #expect(measured / 2 > 1600)
    for origin in catalog.origins {
      for region in catalog.regions {
        let trip = catalog.roundTrip(origin: origin, region: region)
        let bound = model.fibreBound(origin.coordinates, region.coordinates) + model.lastMile
        #expect(trip.seconds * 1000 >= bound - 0.05)
      }
    }
  }

  @Test func `measured round trips come before modelled ones`() throws {
    let virginia = try #require(catalog.region(cloud: "aws", name: "us-east-1"))
    let ohio = try #require(catalog.region(cloud: "aws", name: "us-east-2"))
    let paris = try #require(catalog.region(cloud: "aws", name: "eu-west-3"))
    #expect(catalog.roundTrip(virginia, ohio) == .microseconds(11_500))
    #expect(catalog.measuredRoundTrip(virginia, paris) == nil)
    #expect(catalog.roundTrip(virginia, paris) > .milliseconds(62))
  }

  @Test func `great circles match the library's trigonometry`() {
    func haversine(_ a: Coordinates, _ b: Coordinates) -> Double {
      let radians = Double.pi / 180
      let dLatitude = sin((a.latitude - b.latitude) * radians / 2)
      let dLongitude = sin((a.longitude - b.longitude) * radians / 2)
      let h =
        dLatitude * dLatitude
        + cos(a.latitude * radians) * cos(b.latitude * radians) * dLongitude * dLongitude
      return 2 * 6371 * asin(min(1, h.squareRoot()))
    }
    var points = catalog.regions.map(\.coordinates) + catalog.origins.map(\.coordinates)
    points.append(Coordinates(latitude: 90, longitude: 0))
    points.append(Coordinates(latitude: -90, longitude: 180))
    for a in points {
      for b in points {
        #expect(abs(a.greatCircle(to: b, radius: 6371) - haversine(a, b)) < 1e-6)
        #expect(a.greatCircle(to: b, radius: 6371) == b.greatCircle(to: a, radius: 6371))
      }
    }
    // Near the antipode the chord loses digits: half a metre on the Earth.
    let antipodes = Coordinates(latitude: 0, longitude: 0)
      .greatCircle(to: Coordinates(latitude: 0, longitude: 180), radius: 1)
    #expect(abs(antipodes - Double.pi) < 1e-7)
  }
}
