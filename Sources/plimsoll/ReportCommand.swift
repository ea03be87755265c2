import ArgumentParser
import Foundation
import Page
import Tables

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page with charts about one or more runs.",
    discussion: """
      One HTML file that opens from disk and fetches nothing. Two or more runs stand side by side. The same \
      tables make the same bytes. Charts are interactive where Chart.js is installed (Debian: apt-get install \
      libjs-chart.js) and drawings otherwise, on paper and without scripts.

      Examples:
        plimsoll report out/flagship                       out/flagship.html
        plimsoll report out/a out/b --out compared.html    side by side, differences to the first
        plimsoll report out/flagship --static              no script at all
      """)

  @Argument(
    help: "Directories of runs, or of estimates written with estimate --out.",
    completion: .directory)
  var runs: [String]

  @Option(
    help: ArgumentHelp(
      "File to write; default RUN.html beside the first run's directory.", valueName: "file"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Chart.js in one minified file; default where Debian's libjs-chart.js puts it.",
      valueName: "file"))
  var library: String?

  @Flag(name: .customLong("static"), help: "Drawings only: no script.")
  var isStatic = false

  func validate() throws {
    if runs.isEmpty { throw ValidationError("name at least one directory of a run") }
    if runs.count > ReportPage.mostRuns {
      throw ValidationError(
        "\(runs.count) runs are too many for a page; name at most \(ReportPage.mostRuns)")
    }
    if isStatic, library != nil { throw ValidationError("give --static or --library, not both") }
  }

  func run() throws {
    let target = try target()
    try OutputPlace.refuse(
      [("--out", target)],
      over: runs.flatMap { OutputPlace.files(in: $0) } + [library].compactMap { $0 })
    let page: ReportPage
    do {
      page = try ReportPage(try runs.map { try StoredRun(path: $0) }, library: try chartLibrary())
    } catch let error as TableError {
      throw Failure.input("error: \(error)")
    }
    do {
      try TextFile.write(page.html, to: target)
    } catch {
      throw Failure(error)
    }
    standardOutput("page: \(target)")
  }

  /// The library to use; says what to install where there is none.
  private func chartLibrary() throws -> ChartLibrary? {
    if isStatic { return nil }
    if let library { return try ChartLibrary(path: library) }
    let found = try ChartLibrary.installed()
    if found == nil {
      standardError(
        "plimsoll: Chart.js is not installed, so the charts are drawings that do not react; "
          + "apt-get install \(ChartLibrary.package), or name chart.min.js with --library")
    }
    return found
  }

  /// Where to write. A page never takes the place of a directory or of a file of a run.
  private func target() throws -> String {
    let place: String
    if let out {
      place = out
    } else {
      let first = URL(fileURLWithPath: runs[0]).standardizedFileURL
      guard first.path != "/" else {
        throw Failure.input("error: /: not the directory of a run; name one")
      }
      place = runs[0].hasPrefix("/") ? first.path + ".html" : relative(first) + ".html"
    }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      throw Failure.input(
        "error: \(place): a directory is there; name a file with --out, such as \(place)/page.html")
    }
    let folder = URL(fileURLWithPath: place).standardizedFileURL.deletingLastPathComponent()
      .resolvingSymlinksInPath().path
    for run in runs
    where URL(fileURLWithPath: run).standardizedFileURL.resolvingSymlinksInPath().path == folder {
      throw Failure.input(
        "error: \(place): inside the directory of a run, which holds the run's own files only; "
          + "name a file elsewhere with --out")
    }
    return place
  }

  /// The path from the working directory where the file is below it.
  private func relative(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return url.path.hasPrefix(here) ? String(url.path.dropFirst(here.count)) : url.path
  }
}
