import Foundation

/// The real binary, run on real files.
enum Program {
  /// What a run of the program left on its streams.
  struct Result {
    var code: Int32
    var output: String
    var errors: String
  }

  /// The binary that was built beside the tests.
  static let path: String = {
    var folder = Bundle.main.bundleURL
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      folder = bundle.bundleURL.deletingLastPathComponent()
    }
    let candidates = [
      folder.appendingPathComponent("plimsoll").path,
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("plimsoll").path,
    ]
    for candidate in candidates where FileManager.default.isExecutableFile(atPath: candidate) {
      return candidate
    }
    return root + "/.build/debug/plimsoll"
  }()

  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Prepares a run that was not started yet; its streams go to files in `folder`.
  static func process(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> (process: Process, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    var variables = ProcessInfo.processInfo.environment
    variables["PLIMSOLL_DATA"] = nil
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    let output = folder.file("stdout-\(UUID().uuidString)")
    let errors = folder.file("stderr-\(UUID().uuidString)")
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardInput = FileHandle.nullDevice
    return (process, output, errors)
  }

  /// Waits for the end of a run, two minutes at most: a test that hangs must not hang them all.
  static func wait(_ process: Process) {
    let deadline = Date().addingTimeInterval(120)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Result {
    try run(arguments, in: folder, environment: environment)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Result {
    let (process, output, errors) = try process(
      arguments, in: folder, environment: environment)
    try process.run()
    wait(process)
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

/// A folder that goes away with its test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "plimsoll-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
    return file(name)
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file(name)))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }
}

/// Scenario files for the tests.
enum Scenarios {
  /// Two small pools and one stream.
  static func small(
    horizon: String = "3m", arrivals: String = "{ poisson: 20/s }",
    slo: String = "{ ttft: { p95: 900ms } }", pool: String = "replicas: 1"
  ) -> String {
    """
    plimsoll: 1
    name: small
    seed: 5
    horizon: \(horizon)
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near: { accelerator: H100-SXM, model: llama-3.1-8b, \(pool) }
      aws:
        regions:
          eu-central-1:
            pools:
              far: { accelerator: A100-SXM, model: llama-3.1-8b, replicas: 1 }
    gateway: { route: nearest }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: \(arrivals)
        shape: { fixed: { prompt: 256, output: 64 } }
        origins: { us-east: 70%, eu-central: 30% }
        slo: \(slo)

    """
  }
}
