import Money
import SimulationKernel
import Workload

/// A part of a world's time as a world of its own.
extension World {
  /// The world from a moment on, for a length of time, with `factor` times the requests of every
  /// workload; incidents, drawn ones among them, and the calendar move along.
  ///
  /// - Parameters:
  ///   - offset: When it begins, from the start of this world; whole seconds.
  ///   - length: How long requests arrive.
  ///   - warmup: Part of it that statistics leave out.
  ///   - factors: Requests for each of this world's, by workload id.
  /// - Precondition: `offset` is not negative; `length` is longer than `warmup`.
  public func window(
    from offset: Duration, length: Duration, warmup: Duration, factors: [Double]
  ) -> World {
    precondition(offset >= .zero && length > warmup && factors.count == workloads.count)
    var window = withDrawnFailures
    window.horizon = length
    window.warmup = warmup
    for id in workloads.indices where !workloads[id].isCalled {
      window.workloads[id].spec = workloads[id].spec.advanced(by: offset).scaled(by: factors[id])
    }
    window.incidents = window.incidents.compactMap { incident in
      var later = incident
      later.start = incident.start - offset
      guard later.start < .zero else { return later }
      later.duration = incident.duration + later.start
      later.start = .zero
      return later.duration > .zero ? later : nil
    }
    // Numbers have changed, and nobody asks which were drawn.
    window.drawnFrom = .max
    if let billing {
      window.billing?.contracts.starts = billing.contracts.starts.adding(
        seconds: offset.nanoseconds / 1_000_000_000)
    }
    return window
  }
}
