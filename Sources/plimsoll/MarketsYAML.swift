import Foundation
import Multicloud
import SimulationKernel
import Tables

/// Fitted spot markets as keys of a scenario.
struct MarketsYAML {
  let fit: SpotFit
  let cloud: String
  let level: Int
  let accelerator: String?
  /// Where the recordings come from.
  let origin: String

  var text: String {
    let source = origin.map {
      $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0
    }
    var lines = ["# Written by plimsoll fit-spot from \(String(source)).", "common-spells:"]
    for region in fit.regions {
      guard let common = region.common else { continue }
      lines.append("  \(scalar(region.name)): { \(pair(common)) }")
    }
    // An empty mapping is written as such.
    if lines.count == 2 { lines[1] = "common-spells: {}" }
    lines.append("markets:")
    for zone in fit.zones {
      let region = fit.regions[zone.region]
      lines.append("  \(scalar(zone.name)):")
      lines.append("    region: \(scalar("\(cloud)/\(region.name)"))")
      if let accelerator { lines.append("    accelerator: \(scalar(accelerator))") }
      lines.append("    kind: spot")
      var spells = "level: \(level), \(pair(zone.own))"
      if region.common != nil {
        let exposure = String(format: "%.1f", 100 * zone.exposure)
        spells += ", common: \(scalar(region.name)), exposure: \(exposure)%"
      }
      lines.append("    available: { spells: { \(spells) } }")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A name as YAML takes it for itself: plain where nothing in it means something.
  private func scalar(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        true
      default: false
      }
    }
    let first = name.unicodeScalars.first
    if isPlain, let first, first.properties.isAlphabetic, !Self.words.contains(name.lowercased()) {
      return name
    }
    return JSONWriter.quoted(name)
  }

  /// Plain scalars that YAML reads as something else than text.
  private static let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

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
