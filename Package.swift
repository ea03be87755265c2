// swift-tools-version: 6.2
import PackageDescription

// Every target is Swift 6, warnings are errors, and `any` is spelled out.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// One library room of the house; see docs/architecture.md for what each may know.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings)
}

/// The tests that live beside a room.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "plimsoll",
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CCbc", pkgConfig: "cbc",
      providers: [.apt(["coinor-libcbc-dev", "coinor-libclp-dev"])]),
    room("SimulationKernel"),
    room("ServingEngine", ["SimulationKernel"]),
    room("Workload", ["SimulationKernel"]),
    room("Money", ["SimulationKernel"]),
    room("Multicloud", ["Money", "ServingEngine", "SimulationKernel", "Workload"]),
    // Its tables are embedded as string literals by Scripts/embed-catalog.
    room("Catalog", ["ServingEngine", "SimulationKernel"], exclude: ["Resources"]),
    room("Tables", ["CSHA256", "SimulationKernel"]),
    .target(name: "CSHA256"),
    room(
      "Estimate",
      ["COpenBLAS", "Money", "Multicloud", "ServingEngine", "SimulationKernel", "Workload"]),
    room("Plan", ["CCbc", "Estimate", "Money", "Multicloud", "SimulationKernel", "Workload"]),
    room(
      "Runner",
      [
        "Estimate", "Money", "Multicloud", "Plan", "ServingEngine", "SimulationKernel",
        "Statistics", "Tables", "Workload",
      ]),
    // What other programs recorded: logs of engines, results of benchmarks, traces.
    room("Recordings", ["SimulationKernel", "Statistics", "Workload"]),
    room(
      "Calibrate",
      ["COpenBLAS", "Multicloud", "Recordings", "ServingEngine", "SimulationKernel", "Workload"]),
    room("Statistics", ["SimulationKernel"]),
    room(
      "Experiment",
      [
        "Catalog", "Money", "Multicloud", "Runner", "Scenario", "SimulationKernel", "Statistics",
        "Tables", "Workload",
      ]),
    room(
      "Report",
      [
        "Estimate", "Experiment", "Money", "Multicloud", "Plan", "Runner", "Scenario",
        "ServingEngine", "SimulationKernel", "Statistics", "Tables", "Workload",
      ]),
    // Its templates, style sheet and script are embedded as string literals by Scripts/embed-page.
    room("Page", ["SimulationKernel", "Tables", mustache], exclude: ["Resources"]),
    room(
      "Scenario",
      ["Catalog", "Money", "Multicloud", "ServingEngine", "SimulationKernel", "Workload", yams]),
    .executableTarget(
      name: "plimsoll",
      dependencies: [
        "Calibrate", "Catalog", "Estimate", "Experiment", "Money", "Multicloud", "Page", "Plan",
        "Recordings", "Report", "Runner", "Scenario", "ServingEngine", "SimulationKernel",
        "Statistics", "Tables", "Workload", arguments,
      ], swiftSettings: settings),
    .executableTarget(
      name: "plimsoll-validate",
      dependencies: [
        "Catalog", "Multicloud", "Report", "ServingEngine", "SimulationKernel", "Workload",
        arguments,
      ], swiftSettings: settings),
    .target(
      name: "Trust",
      dependencies: [
        "Catalog", "Money", "Multicloud", "Runner", "Scenario", "ServingEngine",
        "SimulationKernel", "Workload", yams,
      ], swiftSettings: settings),
    .executableTarget(
      name: "plimsoll-trust",
      dependencies: ["Catalog", "Multicloud", "Trust", arguments], swiftSettings: settings),
    // Every parser as something that takes any bytes; see docs/fuzzing.md.
    room(
      "FuzzTargets",
      [
        "Calibrate", "Catalog", "Estimate", "Experiment", "Multicloud", "Page", "Recordings",
        "Report", "Runner", "Scenario", "ServingEngine", "SimulationKernel", "Tables", "Workload",
      ]),
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "plimsoll-fuzz", dependencies: ["CLibFuzzer", "FuzzTargets", arguments],
      swiftSettings: settings),
    .executableTarget(
      name: "plimsoll-bench",
      dependencies: [
        "Catalog", "Estimate", "Experiment", "Money", "Multicloud", "Report", "Runner",
        "ServingEngine",
        "SimulationKernel", "Tables", "Workload", arguments,
      ],
      path: "Benchmarks", swiftSettings: settings),
    tests(
      "TrustTests",
      [
        "Catalog", "Money", "Multicloud", "Scenario", "SimulationKernel", "Trust",
        "plimsoll-trust",
      ]),
    tests("SimulationKernelTests", ["SimulationKernel"]),
    tests("WorkloadTests", ["SimulationKernel", "Workload"]),
    tests("MoneyTests", ["Money", "SimulationKernel"]),
    tests("ServingEngineTests", ["ServingEngine", "SimulationKernel"]),
    tests("CatalogTests", ["Catalog", "ServingEngine", "SimulationKernel"]),
    tests(
      "MulticloudTests", ["Money", "Multicloud", "ServingEngine", "SimulationKernel", "Workload"]),
    tests(
      "EstimateTests", ["Estimate", "Multicloud", "ServingEngine", "SimulationKernel", "Workload"]),
    tests(
      "PlanTests",
      [
        "Estimate", "Money", "Multicloud", "Plan", "ServingEngine", "SimulationKernel", "Workload",
      ]),
    tests(
      "RunnerTests",
      [
        "Catalog", "Estimate", "Money", "Multicloud", "Runner", "Scenario", "SimulationKernel",
        "Tables",
      ]),
    tests(
      "CalibrateTests",
      [
        "Calibrate", "Catalog", "Multicloud", "Recordings", "ServingEngine", "SimulationKernel",
        "Workload",
      ]),
    tests("RecordingsTests", ["Recordings", "SimulationKernel", "Statistics", "Workload"]),
    tests("StatisticsTests", ["SimulationKernel", "Statistics"]),
    tests(
      "ExperimentTests",
      [
        "Catalog", "Experiment", "Money", "Multicloud", "Runner", "Scenario", "ServingEngine",
        "SimulationKernel", "Statistics", "Tables", "Workload",
      ]),
    tests(
      "ReportTests",
      [
        "Catalog", "Estimate", "Multicloud", "Report", "Runner", "Scenario", "SimulationKernel",
        "Tables",
      ]),
    tests("PageTests", ["Page", "Report", "SimulationKernel", "Tables"]),
    tests("OracleTests", ["Multicloud", "ServingEngine", "SimulationKernel", "Workload"]),
    tests(
      "ScenarioTests",
      [
        "Catalog", "Money", "Multicloud", "Scenario", "ServingEngine", "SimulationKernel",
        "Workload",
      ]),
    tests("TablesTests", ["SimulationKernel", "Tables"]),
    tests("CommandLineTests", ["Report", "Tables", "plimsoll"]),
    tests("FuzzTests", ["FuzzTargets", "Multicloud", "Runner", "SimulationKernel"]),
    tests("TidyTests", []),
  ]
)

// Documentation is built only on request (`make docs`), so that nobody else waits for its tools.
if Context.environment["PLIMSOLL_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
