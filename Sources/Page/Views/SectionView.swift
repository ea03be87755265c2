import Foundation
import Tables

/// A part of a section: exactly one of these is there.
struct BlockView {
  var text: String?
  var table: TableView?
  var chart: ChartView?
  var timeline: TimelineView?
  var source: SourceView?

  static func text(_ text: String) -> BlockView { BlockView(text: text) }
  static func table(_ table: TableView) -> BlockView { BlockView(table: table) }
  static func chart(_ chart: Chart) -> BlockView { BlockView(chart: ChartView(chart)) }
}

/// A timeline with its title.
struct TimelineView {
  var title: String
  var drawing: String
}

/// A text that is shown as it is.
struct SourceView {
  var title: String
  var body: String
}

/// A section of the page.
struct SectionView {
  var id: String
  var heading: String
  var blocks: [BlockView]
}

/// An answer at the top of the page.
struct CardView {
  /// What one run says.
  struct AnswerView {
    /// Name of the run; `nil` where there is only one.
    var run: String?
    var answer: String
    /// `good`, `bad` or nothing.
    var tone: String
    var details: [String]
  }

  var question: String
  var answers: [AnswerView]
}

/// Everything the page's template needs.
struct PageView {
  var title: String
  var lead: [String]
  var cards: [CardView]
  var sections: [SectionView]
  var style: String
  /// The chart library with its licence; `nil` leaves the static drawings alone.
  var library: LibraryView?
  var foot: String
  /// Which scripts a browser may run, as a Content Security Policy says it.
  var scriptPolicy: String
}

/// What makes the charts interactive.
struct LibraryView {
  var licence: String
  var source: String
  var script: String

  /// The page's two scripts by their digests: none that a name might smuggle in is run.
  var policy: String {
    // What stands inside the script elements, to the byte.
    let texts = ["\n\(source)\n/*\n\(licence)\n*/\n", "\n\(script)\n"]
    return texts.map { "'sha256-\(Self.digest($0))'" }.joined(separator: " ")
  }

  private static func digest(_ text: String) -> String {
    let digits = Array(SHA256.hexDigest(of: text.utf8))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }
}
