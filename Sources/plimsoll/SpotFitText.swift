import Foundation
import Multicloud
import Report
import SimulationKernel
import Tables

/// How well fitted spot markets fit: figures recorded beside those of the markets played.
struct SpotFitText {
  let fit: SpotFit
  let trial: SpotFitTrial
  let seeds: Int

  private func number(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    // What rounds to nothing has no sign.
    return text.contains { $0 != "-" && $0 != "0" && $0 != "." } ? text : text.filter { $0 != "-" }
  }

  // MARK: For people

  var tables: String {
    let days = fit.length.seconds / 86_400
    let sections = [
      "\(fit.zones.count) zones over \(number(days, 1)) days; fitted markets played \(seeds) times\n"
        + zones, "Shortages of regions, as fitted\n" + regions,
      "Time with capacity in any zone\n" + groups,
      "Correlation of zones: recorded above the diagonal, played below\n" + correlations,
    ]
    return sections.joined(separator: "\n\n")
  }

  private var zones: String {
    let rows = zip(fit.zones, trial.zones).map { zone, played in
      [
        zone.name, number(zone.recorded.availability, 3), number(played.availability, 3),
        number(zone.recorded.dropsPerDay, 2), number(played.dropsPerDay, 2),
        number(zone.recorded.up.meanSeconds / 3600, 2), number(played.up.meanSeconds / 3600, 2),
        number(zone.recorded.down.meanSeconds / 3600, 2), number(played.down.meanSeconds / 3600, 2),
        number(100 * zone.exposure, 0) + "%",
      ]
    }
    return CatalogText(
      columns: [
        "zone", "share", "played", "drops/day", "played", "up h", "played", "down h", "played",
        "exposed",
      ], rows: rows
    ).table
  }

  private var regions: String {
    let rows = fit.regions.map { region in
      guard let common = region.common else { return [region.name, "", "", ""] }
      return [
        region.name, number(common.availability, 2), number(common.up.mean / 3600, 1),
        number(common.down.mean / 3600, 1),
      ]
    }
    return CatalogText(columns: ["region", "share without", "up h", "down h"], rows: rows).table
  }

  private var groups: String {
    let names = fit.regions.map(\.name) + ["all zones"]
    let rows = names.indices.map {
      [
        names[$0], number(fit.recorded.availability(ofGroup: $0), 3),
        number(trial.joint.availability(ofGroup: $0), 3),
      ]
    }
    return CatalogText(columns: ["zones of", "recorded", "played"], rows: rows).table
  }

  private var correlations: String {
    // Terminals are narrow: what follows the first part says which zone it is.
    let names = fit.zones.map { zone in
      zone.name.contains("-")
        ? zone.name.split(separator: "-").dropFirst().joined(separator: "-") : zone.name
    }
    let rows = fit.zones.indices.map { i in
      [names[i]]
        + fit.zones.indices.map { j in
          if i == j { return "" }
          return number(
            i < j ? fit.recorded.correlation(i, j) : trial.joint.correlation(i, j), 2)
        }
    }
    return CatalogText(columns: ["zone"] + names, rows: rows).table
  }

  // MARK: For programs

  var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.real(fit.length.seconds, "length_s")
    json.integer(seeds, "seeds")
    json.beginArray("zones")
    for (index, zone) in fit.zones.enumerated() {
      json.beginObject()
      json.string(zone.name, "zone")
      json.string(fit.regions[zone.region].name, "region")
      add(zone.recorded, "recorded", to: &json)
      add(trial.zones[index], "played", to: &json)
      json.real(zone.own.up.mean, "own_up_s")
      json.real(zone.own.down.mean, "own_down_s")
      json.real(zone.exposure, "exposure")
      json.end()
    }
    json.end()
    json.beginArray("regions")
    for (index, region) in fit.regions.enumerated() {
      json.beginObject()
      json.string(region.name, "region")
      if let common = region.common {
        json.real(common.up.mean, "common_up_s")
        json.real(common.down.mean, "common_down_s")
      }
      json.real(fit.recorded.availability(ofGroup: index), "recorded_any_share")
      json.real(trial.joint.availability(ofGroup: index), "played_any_share")
      json.end()
    }
    json.end()
    json.real(fit.recorded.availability(ofGroup: fit.regions.count), "recorded_any_share")
    json.real(trial.joint.availability(ofGroup: fit.regions.count), "played_any_share")
    json.beginArray("correlations")
    for i in fit.zones.indices {
      for j in 0..<i {
        json.beginObject()
        json.string(fit.zones[j].name, "zone")
        json.string(fit.zones[i].name, "other")
        json.real(fit.recorded.correlation(i, j), "recorded")
        json.real(fit.modelCorrelation(i, j), "model")
        json.real(trial.joint.correlation(i, j), "played")
        json.end()
      }
    }
    json.end()
    json.end()
    return json.finish()
  }

  private func add(_ figures: SpellFigures, _ key: String, to json: inout JSONWriter) {
    json.beginObject(key)
    json.real(figures.availability, "availability")
    json.real(figures.dropsPerDay, "drops_per_day")
    json.real(figures.up.meanSeconds, "mean_up_s")
    json.real(figures.up.coefficientOfVariation, "cv_up")
    json.real(figures.down.meanSeconds, "mean_down_s")
    json.real(figures.down.coefficientOfVariation, "cv_down")
    json.end()
  }
}
