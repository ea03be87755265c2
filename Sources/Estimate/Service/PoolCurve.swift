/// A pool by the rate of its arrivals: requests in it and mean time to first token, at points with straight
/// lines between.
struct PoolCurve: Sendable {
  private var rates: [Double] = []
  private var requests: [Double] = []
  private var times: [Double] = []

  /// Loads at which the curve is known; beyond the last it goes on steeply.
  private static let loads = [0, 0.2, 0.4, 0.55, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.996]

  init(_ model: PoolModel) {
    for load in Self.loads {
      let figures = model.figures(rate: load * model.capacity)
      rates.append(load * model.capacity)
      requests.append(figures.running + figures.waiting)
      times.append(model.meanFirstToken(figures))
    }
    let full = Double(model.slots)
    rates.append(model.capacity)
    requests.append(max(full, 1.5 * requests[requests.count - 1]))
    times.append(max(1e3, 2 * times[times.count - 1]))
  }

  /// Mean seconds to the first token at a rate of arrivals a second. O(points).
  func seconds(rate: Double) -> Double { value(times, rate) }

  /// Mean requests running and waiting. O(points).
  func inFlight(rate: Double) -> Double { value(requests, rate) }

  private func value(_ values: [Double], _ rate: Double) -> Double {
    var next = 1
    while next < rates.count - 1, rates[next] < rate { next += 1 }
    let share = (rate - rates[next - 1]) / (rates[next] - rates[next - 1])
    return values[next - 1] + (values[next] - values[next - 1]) * max(0, min(4, share))
  }
}
