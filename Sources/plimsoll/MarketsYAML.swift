import Foundation
import Multicloud
import SimulationKernel

/// Fitted spot markets as keys of a scenario.
struct MarketsYAML {
  let fit: SpotFit
  let cloud: String
  let level: Int
  let accelerator: String?
  /// Where the recordings come from.
  let origin: String

  var text: String {
    var lines = ["# Written by plimsoll fit-spot from \(origin).", "common-spells:"]
    for region in fit.regions {
      guard let common = region.common else { continue }
      lines.append("  \(region.name): { \(pair(common)) }")
    }
    // An empty mapping is written as such.
    if lines.count == 2 { lines[1] = "common-spells: {}" }
    lines.append("markets:")
    for zone in fit.zones {
      let region = fit.regions[zone.region]
      lines.append("  \(zone.name):")
      lines.append("    region: \(cloud)/\(region.name)")
      if let accelerator { lines.append("    accelerator: \(accelerator)") }
      lines.append("    kind: spot")
      var spells = "level: \(level), \(pair(zone.own))"
      if region.common != nil {
        let exposure = String(format: "%.1f", 100 * zone.exposure)
        spells += ", common: \(region.name), exposure: \(exposure)%"
      }
      lines.append("    available: { spells: { \(spells) } }")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func pair(_ spells: SpellPair) -> String {
    "up: \(law(spells.up)), down: \(law(spells.down))"
  }

  private func law(_ law: Distribution) -> String {
    let mean = String(format: "%.1fm", law.mean / 60)
    guard case .lognormal = law else { return mean }
    let variation = (law.meanSquare / (law.mean * law.mean) - 1).squareRoot()
    return "{ mean: \(mean), cv: \(String(format: "%.2f", variation)) }"
  }
}
