/// A chart as SVG: no script, the same bytes for the same chart.
struct ChartDrawing {
  private let chart: Chart
  private let scale: NiceScale
  private let width = 720.0
  private let height = 260.0
  private let left = 62.0
  private let right = 12.0
  private let above = 12.0
  private let below = 30.0

  init(_ chart: Chart) {
    self.chart = chart
    scale = chart.scale
  }

  /// The whole element. O(points).
  var svg: String {
    var drawing = Drawing()
    for band in chart.bands {
      drawing.box(
        edge(band.from), above, max(1, edge(band.to) - edge(band.from)), plotHeight, "band",
        title: band.name)
    }
    for tick in scale.ticks {
      drawing.line(left, y(tick), width - right, y(tick), tick == 0 ? "axis" : "grid")
      drawing.word(scale.label(tick), left - 6, y(tick) + 4, "end")
    }
    labels(&drawing)
    switch chart.kind {
    case .lines: lines(&drawing)
    case .stack, .bars: stacks(&drawing)
    }
    for mark in chart.marks {
      if mark.isUpright {
        let at = centre(mark.at)
        drawing.line(at, above, at, above + plotHeight, "mark k\(mark.colour)")
      } else {
        drawing.line(left, y(mark.at), width - right, y(mark.at), "mark k\(mark.colour)")
      }
    }
    return "<svg viewBox=\"0 0 \(Coordinate.text(width)) \(Coordinate.text(height))\" role=\"img\" "
      + "aria-label=\"\(Markup.escaped(chart.words))\">\(drawing.text)</svg>"
  }

  private var plotHeight: Double { height - above - below }
  private var slot: Double { (width - left - right) / Double(max(1, chart.labels.count)) }

  /// The left edge of a label's slot; fractions are between edges.
  private func edge(_ position: Double) -> Double { left + position * slot }

  /// The middle of a label's slot; fractions are between middles.
  private func centre(_ position: Double) -> Double { left + (position + 0.5) * slot }

  private func y(_ value: Double) -> Double {
    above + plotHeight * (1 - min(max(value / scale.top, 0), 1.02))
  }

  /// As many labels as have room, the first among them.
  private func labels(_ drawing: inout Drawing) {
    let longest = chart.labels.map { min($0.count, 22) }.max() ?? 0
    let room = max(1, Int((width - left - right) / (Double(longest) * 7 + 14)))
    let every = (chart.labels.count + room - 1) / room
    for index in stride(from: 0, to: chart.labels.count, by: max(1, every)) {
      let label = chart.labels[index]
      let at = centre(Double(index))
      let isFirst = at - Double(label.count) * 3.5 < left - 40
      drawing.word(
        label.count > 22 ? label.prefix(21) + "…" : label, isFirst ? left - 40 : at,
        height - below + 18, isFirst ? "start" : "middle")
    }
  }

  private func lines(_ drawing: inout Drawing) {
    for (index, series) in chart.series.enumerated() {
      drawing.begin(series: index)
      if let other = series.fillsTo {
        drawing.path(area(series.values, chart.series[other].values), "fill f\(series.colour)")
      }
      drawing.path(line(series.values), "line k\(series.colour) d\(series.dash % 4)")
      drawing.end()
    }
  }

  private func point(_ index: Int, _ value: Double) -> String {
    "\(Coordinate.text(centre(Double(index)))) \(Coordinate.text(y(value)))"
  }

  private func line(_ values: [Double?]) -> String {
    var data = ""
    var isOpen = false
    for (index, value) in values.enumerated() {
      guard let value else {
        isOpen = false
        continue
      }
      data += (isOpen ? "L" : "M") + point(index, value)
      // A point that stands alone is drawn as a dot.
      let isAlone = !isOpen && (index + 1 == values.count || values[index + 1] == nil)
      if isAlone { data += "h.1" }
      isOpen = true
    }
    return data
  }

  private func area(_ upper: [Double?], _ lower: [Double?]) -> String {
    let both = upper.indices.filter { upper[$0] != nil && lower[$0] != nil }
    guard both.count > 1 else { return "" }
    let there = both.map { point($0, upper[$0]!) }
    let back = both.reversed().map { point($0, lower[$0]!) }
    return "M" + (there + back).joined(separator: "L") + "Z"
  }

  private func stacks(_ drawing: inout Drawing) {
    var floors = [Double](repeating: 0, count: chart.labels.count)
    let gap = chart.kind == .bars ? min(slot * 0.3, 60) : min(slot * 0.15, 2)
    let bar = min(slot - gap, 120)
    for (number, series) in chart.series.enumerated() {
      var data = ""
      for (index, value) in series.values.enumerated() {
        guard let value, value > 0 else { continue }
        let bottom = y(floors[index])
        floors[index] += value
        let top = y(floors[index])
        data +=
          "M\(Coordinate.text(centre(Double(index)) - bar / 2)) \(Coordinate.text(bottom))"
          + "V\(Coordinate.text(top))h\(Coordinate.text(bar))V\(Coordinate.text(bottom))Z"
      }
      drawing.begin(series: number)
      drawing.path(data, "bar b\(series.colour)")
      drawing.end()
    }
  }
}
