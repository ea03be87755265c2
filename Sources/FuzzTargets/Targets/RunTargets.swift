import Experiment
import Page
import Report
import Tables

/// Directories of runs that are read back: several files as one input.
enum RunTargets {
  static let all = [page, study, story]

  private static let words = [
    "=== summary.csv", "=== requests.csv", "=== pools_minute.csv", "=== manifest.json",
    "=== scenario.yaml", "simulated_time", "measured_time", "estimated_time", "1e308", "<script>",
    "&#0;",
    "name: ", "9223372036854775807", "completed", "\"version\": ",
  ]

  /// Writes the files of an input into a folder of their own.
  private static func folder(_ input: [UInt8], _ name: String) -> String {
    let scratch = ScratchFolder.shared
    let path = scratch.emptyFolder(name)
    let files = Bundle(input).files
    for file in files { scratch.write(Array(file.bytes), as: name + "/" + file.name) }
    // Seven of eight are sealed anew, or hardly a mutant would get beyond the digests of its manifest.
    if input.count % 8 != 1, let sealed = manifest(path, sealing: files) {
      scratch.write(Array(sealed.utf8), as: name + "/" + Manifest.fileName)
    }
    return path
  }

  /// The manifest of a folder with the lengths and digests of the files that are there; `nil` where it is none.
  private static func manifest(
    _ path: String, sealing files: [(name: String, bytes: ArraySlice<UInt8>)]
  ) -> String? {
    guard var manifest = try? Manifest(directory: path) else { return nil }
    for place in manifest.tables.indices {
      let name = manifest.tables[place].file
      guard let file = files.last(where: { $0.name == name }) else { continue }
      manifest.tables[place].bytes = file.bytes.count
      manifest.tables[place].sha256 = SHA256.hexDigest(of: file.bytes)
    }
    return manifest.json()
  }

  /// Most bytes of a page beside those of its run: tables have a most number of rows on it, and charts one
  /// of points.
  private static let mostOfPage = 4 << 20

  private static let page = FuzzTarget(
    "page", parses: "a run's directory, for a page with charts", weight: 8, dictionary: words
  ) { input in
    let run = try StoredRun(path: folder(input, "page"), allowsIncomplete: true)
    try? run.verify()
    let html = try ReportPage([run], library: nil).html
    try FuzzViolation.unless(
      html.utf8.count <= mostOfPage + 8 * input.count, "a page of \(html.utf8.count) bytes")
  }

  private static let study = FuzzTarget(
    "study", parses: "a run's directory, for compare", weight: 25, dictionary: words
  ) { input in
    let runs = try StoredStudy.read(folder(input, "study"))
    let alternatives = [Alternative(name: "a", runs: runs), Alternative(name: "b", runs: runs)]
    let study = try ComparisonStudy(alternatives, names: [], all: true)
    let lines = ComparisonSummary(study, family: 0.95).lines
    try FuzzViolation.unless(!lines.isEmpty, "a comparison without a line")
  }

  private static let story = FuzzTarget(
    "story", parses: "a run's directory, for explain", weight: 25, dictionary: words
  ) { input in
    let path = folder(input, "story")
    for request in [UInt64(0), 1, 2] {
      let story = try Explanation(run: path, request: request)
      _ = story.lines
      _ = story.json
    }
  }
}
