/// Incidents along the time of a run as SVG: a bar for each.
struct TimelineDrawing {
  private let incidents: [StoredIncident]
  private let seconds: Double
  private let bins: TimeBins

  init(_ incidents: [StoredIncident], seconds: Double, bins: TimeBins) {
    self.incidents = incidents
    self.seconds = seconds
    self.bins = bins
  }

  /// The whole element. O(incidents).
  var svg: String {
    let (width, row, left) = (720.0, 40.0, 8.0)
    let height = row * Double(incidents.count) + 34
    let whole = max(seconds, 1)
    func x(_ seconds: Double) -> Double { left + seconds / whole * (width - 2 * left) }
    var drawing = Drawing()
    for index in 0...4 {
      let at = whole * Double(index) / 4
      drawing.line(x(at), 4, x(at), height - 26, "grid")
      drawing.word(
        Self.moment(at), x(at), height - 8, index == 0 ? "start" : index == 4 ? "end" : "middle")
    }
    for (index, incident) in incidents.enumerated() {
      let top = 6 + row * Double(index)
      let from = x(incident.startSeconds)
      drawing.box(
        from, top + 18, max(2, x(incident.endSeconds) - from), 14, "incident",
        title: "\(incident.words), \(Self.moment(incident.startSeconds)) to "
          + Self.moment(incident.endSeconds))
      let isRight = from > width * 0.55
      drawing.word(
        incident.words, isRight ? x(incident.endSeconds) : from, top + 13, isRight ? "end" : "start"
      )
    }
    let words = incidents.map { "\($0.words) from \(Self.moment($0.startSeconds))" }
    let label = "Timeline of incidents. " + words.joined(separator: "; ")
    return "<svg viewBox=\"0 0 720 \(Coordinate.text(height))\" role=\"img\" "
      + "aria-label=\"\(Markup.escaped(label))\">\(drawing.text)</svg>"
  }

  /// A moment from the run's start: `0:10 h`, `day 3, 14:00`.
  static func moment(_ seconds: Double) -> String {
    let minutes = Int(seconds / 60)
    func clock(_ minutes: Int) -> String {
      "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
    }
    if minutes <= 2880 { return clock(minutes) + " h" }
    return "day \(minutes / 1440 + 1), " + clock(minutes % 1440)
  }
}
