import Mustache
import SimulationKernel
import Tables

/// A page about one or more runs: one HTML file that needs nothing else.
///
/// It is made from the runs' tables alone; the same tables make the same bytes.
public struct ReportPage: Sendable {
  /// Most runs on a page.
  public static let mostRuns = 6

  /// The page.
  public let html: String

  /// Reads runs and writes the page. O(rows of all tables), memory O(points of the charts).
  ///
  /// - Parameter library: What makes charts interactive; `nil` for static drawings alone.
  /// - Precondition: There is at least one run, and no more than ``mostRuns``.
  /// - Throws: ``TableError`` where a run has no `summary.csv`, or a table is out of form.
  public init(_ stored: [StoredRun], library: ChartLibrary?) throws(TableError) {
    precondition(1...Self.mostRuns ~= stored.count)
    let names = Self.names(stored.map(\.path))
    var figures: [RunFigures] = []
    for run in stored { figures.append(try RunContents.figures(run)) }
    let seconds = figures.map(\.seconds).max() ?? 0
    let bins = TimeBins(minutes: Int((seconds / 60).rounded(.up)))
    var runs: [RunContents] = []
    for (index, run) in stored.enumerated() {
      runs.append(
        try RunContents(run, name: names[index], figures: figures[index], bins: bins))
    }
    html = Self.render(PageContents(runs: runs, bins: bins), library)
  }

  /// What runs are called: the last part of their paths, or whole paths where that is not enough.
  static func names(_ paths: [String]) -> [String] {
    let last = paths.map { path -> String in
      let part = path.split(separator: "/").last.map(String.init)
      return part.flatMap { $0 == "." || $0 == ".." ? nil : $0 } ?? path
    }
    return Set(last).count == last.count ? last : paths
  }

  private static func render(_ page: PageContents, _ library: ChartLibrary?) -> String {
    let times = TimeSections(page)
    let money = MoneySections(page)
    let tables = FigureSections(page).sections
    let sections = [
      tables.first { $0.id == "targets" }, times.use, LatencySection(page).section, times.refusals,
      times.spillover, CapacitySection(page).section, money.commitments, money.cost,
      times.incidents, FlowSection(page).section,
      tables.first { $0.id == "figures" }, SourceSection(page).section,
    ].compactMap { $0 }
    let scripts = library.map {
      LibraryView(
        licence: PageResources.licence, source: $0.source, script: PageResources.script)
    }
    let view = PageView(
      title: title(page), lead: page.runs.map { lead($0, page) }, cards: Headline(page).cards,
      sections: sections, style: PageResources.style,
      library: scripts, foot: library.map { "Charts: \($0.name)." } ?? "",
      scriptPolicy: scripts?.policy ?? "'none'")
    return PageTemplates.render(view)
  }

  private static func title(_ page: PageContents) -> String {
    page.isComparison
      ? page.runs.map(\.name).joined(separator: " · ")
      : page.runs[0].scenarioName ?? page.runs[0].name
  }

  private static func lead(_ run: RunContents, _ page: PageContents) -> String {
    let figures = run.figures
    let scenario = page.isComparison ? run.scenarioName.map { "\($0): " } ?? "" : ""
    let length = Figure.span(seconds: figures.seconds)
    if figures.isEstimate {
      return "\(page.prefix(run))\(scenario)an estimate of \(length), nothing was simulated"
    }
    let regions = Set(
      (figures.scopes(.pool) + figures.scopes(.deployment)).map {
        $0.split(separator: "/").prefix(2).joined(separator: "/")
      }
    ).count
    let requests = figures.figure("requests_arrived")?.shown ?? Figure.none
    return "\(page.prefix(run))\(scenario)\(requests) requests in \(length) of simulated time, "
      + "\(regions) region\(regions == 1 ? "" : "s")"
      + (figures.warmupSeconds > 0
        ? "; figures leave out the first \(Figure.span(seconds: figures.warmupSeconds)), charts over time show them"
        : "")
      + (run.manifest.isComplete ? "" : "; INTERRUPTED: figures up to there only")
  }
}

extension RunContents {
  /// The name in the scenario's text: the first line that begins with `name:`, as plain as it was
  /// written; `nil` where there is none.
  var scenarioName: String? {
    guard let line = scenario?.split(separator: "\n").first(where: { $0.hasPrefix("name:") }) else {
      return nil
    }
    let text = line.dropFirst(5).trimming { $0 == " " || $0 == "\"" || $0 == "'" }
    return text.isEmpty ? nil : String(text)
  }
}

extension Substring {
  /// Without what the predicate holds for at both ends.
  fileprivate func trimming(_ isOutside: (Character) -> Bool) -> Substring {
    var text = drop(while: isOutside)
    while let last = text.last, isOutside(last) { text.removeLast() }
    return text
  }
}

/// The templates that come with the binary.
enum PageTemplates {
  private static let library: MustacheLibrary = {
    MustacheContentTypes.register(Markup(), named: Markup.name)
    var library = MustacheLibrary()
    for (name, text) in PageResources.templates {
      do {
        try library.register(text, named: name)
      } catch {
        preconditionFailure("the template \(name) that comes with the binary is broken: \(error)")
      }
    }
    return library
  }()

  static func render(_ view: PageView) -> String {
    guard let text = library.render(view, withTemplate: "page") else {
      preconditionFailure("the template of the page does not come with the binary")
    }
    return text
  }
}
