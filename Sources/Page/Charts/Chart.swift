/// A chart as data: labels along one axis and, for each series, a value to a label. The drawing, the
/// table behind it and the script all show this and nothing else.
struct Chart: Sendable {
  /// How values are drawn.
  enum Kind: String, Sendable {
    /// A line for each series.
    case lines
    /// Bars along time, series upon series.
    case stack
    /// Bars side by side, each with its name, series upon series.
    case bars
  }

  /// One of the things shown.
  struct Series: Sendable {
    var name: String
    /// A value to a label; `nil` leaves a gap.
    var values: [Double?]
    /// Number of the colour; ``Palette/others`` for what is put together.
    var colour: Int
    /// Number of the dash pattern: of the run, where several are shown.
    var dash = 0
    /// Number of the series to which the area is filled: a band; `nil` for none.
    var fillsTo: Int?
  }

  /// A stretch of the horizontal axis: an incident.
  struct Band: Sendable {
    var name: String
    /// Ends, as positions among the labels: 0 is the left edge of the first.
    var from: Double
    var to: Double
  }

  /// A line across: a target.
  struct Mark: Sendable {
    var name: String
    /// Position among the labels for an upright line, a value for a level one.
    var at: Double
    var isUpright: Bool
    /// Number of the colour.
    var colour: Int
  }

  var id: String
  var title: String
  /// What stands in the table's first column and under the axis.
  var axis: String
  var kind: Kind
  var form: NumberForm
  var labels: [String]
  var series: [Series]
  var bands: [Band] = []
  var marks: [Mark] = []
  /// By which rule points and series were put together, for the reader.
  var rule = ""
  /// The end of the value axis; `nil` for as much as the values need.
  var top: Double?

  /// Whether there is anything to draw.
  var isEmpty: Bool { labels.isEmpty || series.allSatisfy { $0.values.allSatisfy { $0 == nil } } }

  /// The largest value, of the stack where there are stacks.
  var largest: Double {
    var largest = marks.filter { !$0.isUpright }.map(\.at).max() ?? 0
    for index in labels.indices {
      let values = series.compactMap { $0.values[index] }
      largest = max(largest, kind == .lines ? values.max() ?? 0 : values.reduce(0, +))
    }
    return largest
  }

  /// The value axis.
  var scale: NiceScale { NiceScale(top: top ?? largest, form: form) }

  /// What the chart says, for whoever does not see it.
  var words: String {
    let shown = series.prefix(8).map { series -> String in
      let values = series.values.enumerated().compactMap { index, value in
        value.map { (index, $0) }
      }
      guard let highest = values.max(by: { $0.1 < $1.1 }) else { return "\(series.name): nothing" }
      let label = labels[highest.0]
      return "\(series.name): highest \(form.text(highest.1)) at \(label)"
    }
    let more = series.count > 8 ? "; \(series.count - 8) more" : ""
    return "\(title). " + shown.joined(separator: "; ") + more
      + ". The table below has every value."
  }
}
