import ArgumentParser
import Experiment
import SimulationKernel

/// How often, how exactly and on how many threads something is simulated.
struct StudyOptions: ParsableArguments {
  @Option(help: "Independent replications, with confidence intervals.")
  var replications: Int?

  @Option(
    help: ArgumentHelp(
      "Replicate until a figure's interval is so narrow, such as 'ttft_p95: 2%'; several hold together.",
      valueName: "figure: width"))
  var precision: [PrecisionTarget] = []

  @Option(help: "Most replications for --precision.")
  var budget: Int = 1000

  @Option(
    help: ArgumentHelp(
      "Intervals from one long run cut into batches (10 to 100).", valueName: "batches"))
  var batches: Int?

  @Option(
    help: ArgumentHelp(
      "Cut a long run into slices of its time that are simulated side by side.", valueName: "slices"
    ))
  var slices: Int?

  @Option(help: ArgumentHelp("How long before its beginning a slice is played.", valueName: "time"))
  var overlap: TimeSpan = TimeSpan(argument: "10m")!

  @Flag(help: "With --slices: simulate the uncut run too and print how far the slices are off.")
  var uncut = false

  @Option(
    help:
      "What statistics leave out at the start: fixed (the scenario's warm-up) or mser-5 (found by MSER-5, or refused)."
  )
  var warmupRule: WarmupRule = .fixed

  @Option(help: ArgumentHelp("Confidence of the intervals, percent.", valueName: "percent"))
  var confidence: Double = 95

  @OptionGroup var work: WorkOptions

  /// Which kind of study is asked for.
  enum Kind {
    case single
    case replications
    case batches
    case slices
  }

  var kind: Kind {
    if batches != nil { return .batches }
    if slices != nil { return .slices }
    return replications != nil || !precision.isEmpty ? .replications : .single
  }

  var level: Double { confidence / 100 }

  /// Most runs of a study: each has its figures kept.
  static let mostRuns = 100_000

  func validate() throws {
    if let replications, !(2...Self.mostRuns ~= replications) {
      throw ValidationError("--replications is from 2 (one gives no interval) to \(Self.mostRuns)")
    }
    if replications != nil, !precision.isEmpty {
      throw ValidationError("give --replications or --precision, not both")
    }
    if let batches, !(BatchRun.counts ~= batches) {
      throw ValidationError("--batches is 10 to 100")
    }
    if let slices, slices < 2 { throw ValidationError("--slices is 2 or more") }
    let kinds = [batches != nil, slices != nil, replications != nil || !precision.isEmpty]
    if kinds.filter({ $0 }).count > 1 {
      throw ValidationError("give one of --replications or --precision, --batches, --slices")
    }
    if uncut, slices == nil { throw ValidationError("--uncut goes with --slices") }
    guard budget >= 2 else { throw ValidationError("--budget is 2 or more") }
    guard confidence > 50, confidence < 100 else {
      throw ValidationError("--confidence is a percentage above 50 and below 100")
    }
  }
}

/// On how many threads.
struct WorkOptions: ParsableArguments {
  @Option(help: "Threads; default one a core. Results are the same for any number.")
  var threads: Int?

  var pool: WorkPool { WorkPool(threads: threads) }

  func validate() throws {
    if let threads, !(1...1024 ~= threads) { throw ValidationError("--threads is 1 to 1024") }
  }
}

/// What decides the warm-up.
enum WarmupRule: String, CaseIterable, ExpressibleByArgument {
  case fixed
  case mser5 = "mser-5"
}

extension PrecisionTarget: ExpressibleByArgument {
  /// Reads `ttft_p95: 2%`.
  public init?(argument: String) { self.init(argument) }
}
