import Runner
import SimulationKernel

/// Where a trace lies and what it shows.
public struct TraceSummary {
  private let note: TraceNote

  /// Prepares the note of a trace.
  public init(_ note: TraceNote) { self.note = note }

  /// The text.
  public func lines(_ layout: TerminalLayout) -> String {
    let from = Quantity.fixed(note.from.seconds, 3)
    let until = Quantity.fixed(note.until.seconds, 3)
    var lines = ["  trace: \(note.path)"]
    lines += layout.wrapped(
      "\(from) s to \(until) s, \(Quantity.counted(note.slices, "slice")) of replicas, "
        + "\(Quantity.fixed(Double(note.bytes) / 1e6, 1)) MB; open it in ui.perfetto.dev", indent: 4
    )
    if note.isCut {
      lines += layout.labelled(
        "!", .warning, column: 2,
        "the trace was full before its window ended: choose a shorter one with --perfetto-window")
    }
    return lines.joined(separator: "\n")
  }
}
