import Calibrate
import Foundation
import ServingEngine
import Tables

/// A fit of an engine, for people and for programs.
struct CalibrationText {
  let calibration: Calibration
  let method: CalibrationMethod
  /// Where the profile was written.
  let output: String?

  private static let worstRows = 5

  private func percent(_ value: Double) -> String { String(format: "%+.1f %%", 100 * value) }
  private func size(_ value: Double) -> String { String(format: "%.1f %%", 100 * value) }
  private func short(_ value: Double) -> String { String(format: "%.4g", value) }

  // MARK: For people

  var text: String {
    let engine = calibration.engine
    var sections = [
      "\(engine.model) on \(engine.accelerator), \(engine.tensorParallel) to a replica\n"
        + (engine.provenance.last ?? "")
    ]
    if let linear = calibration.linear { sections.append(coefficients(linear)) }
    if !calibration.factors.isEmpty { sections.append(factors) }
    sections.append(errors)
    sections.append(worst)
    if !calibration.notes.isEmpty {
      sections.append(calibration.notes.map { "note: \($0)" }.joined(separator: "\n"))
    }
    if let output {
      sections.append(
        "Profile written to \(output); name it in a pool: engine: { profile: \(output) }")
    }
    return sections.joined(separator: "\n\n")
  }

  private func coefficients(_ fit: LinearFit) -> String {
    let rows = fit.terms.map { term in
      [
        term.column.rawValue, short(term.value), term.standardError.map(short) ?? "–",
        term.value > 0 ? term.standardError.map { size($0 / term.value) } ?? "–" : "–",
      ]
    }
    var text = CatalogText(
      columns: ["coefficient", "us", "standard error", "of it"], rows: rows
    ).table
    text += "\ncondition number \(short(fit.condition)) over \(fit.rows) rows"
    if fit.entangled.isEmpty {
      text += ": the columns are told apart"
    } else {
      let names = fit.entangled.map { "\($0.column.rawValue) (\(size($0.share)) of its variance)" }
      text += ", above \(short(LinearFit.worryingCondition)):\n"
      text +=
        names.count > 1
        ? "\(names.joined(separator: ",\n"))\nrise and fall together: their sum is known better than "
          + "each;\nadd steps in which they do not"
        : "\(names.joined()) is poorly known"
    }
    return text
  }

  private var factors: String {
    let on = calibration.form == .scaled ? "the catalog's physics" : "the linear fit"
    let rows = calibration.factors.map {
      [$0.group, short($0.value), $0.relativeError.map(size) ?? "–"]
    }
    return "Factors on \(on), after \(calibration.rounds) rounds\n"
      + CatalogText(columns: ["group", "factor", "standard error"], rows: rows).table
  }

  private var errors: String {
    var rows: [[String]] = []
    for quantity in ComparedRow.Quantity.allCases {
      for heldOut in [false, true] {
        guard let figures = calibration.errors(quantity, heldOut: heldOut) else { continue }
        rows.append([
          quantity.rawValue, heldOut ? "held out" : "fitted", "\(figures.count)",
          calibration.errorOfMeans(quantity, heldOut: heldOut).map(percent) ?? "–",
          size(figures.medianAbsolute), size(figures.meanAbsolute), percent(figures.low),
          percent(figures.high),
        ])
      }
    }
    return "Measured against predicted\n"
      + CatalogText(
        columns: ["of", "rows", "count", "of means", "median size", "mean size", "5 %", "95 %"],
        rows: rows
      ).table
  }

  private var worst: String {
    let rows = calibration.worst(Self.worstRows).map { row in
      [
        row.place.split(separator: "/").last.map(String.init) ?? row.place,
        row.quantity.rawValue, short(row.measured / 1000), short(row.predicted / 1000),
        percent(row.error), row.isHeldOut ? "held out" : "fitted",
      ]
    }
    return "Furthest off\n"
      + CatalogText(
        columns: ["row", "of", "measured ms", "predicted", "error", ""], rows: rows
      ).table
  }

  // MARK: For programs

  var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.beginObject("profile")
    for row in calibration.engine.rows {
      if let number = Double(row.value), row.key != "model", row.key != "accelerator" {
        json.real(number, row.key)
      } else {
        json.string(row.value, row.key)
      }
    }
    json.end()
    json.string(output, "written_to")
    json.string(calibration.form.rawValue, "form")
    json.real(method.holdOut.share, "held_out_share")
    json.string(method.holdOut.unit.rawValue, "held_out_by")
    if let linear = calibration.linear { add(linear, to: &json) }
    json.beginArray("factors")
    for factor in calibration.factors {
      json.beginObject()
      json.string(factor.group, "group")
      json.real(factor.value, "factor")
      json.real(factor.relativeError ?? .nan, "relative_standard_error")
      json.end()
    }
    json.end()
    json.beginArray("errors")
    for quantity in ComparedRow.Quantity.allCases {
      for heldOut in [false, true] {
        guard let figures = calibration.errors(quantity, heldOut: heldOut) else { continue }
        json.beginObject()
        json.string(quantity.rawValue, "of")
        json.boolean(heldOut, "held_out")
        json.integer(figures.count, "count")
        json.real(calibration.errorOfMeans(quantity, heldOut: heldOut) ?? .nan, "of_means")
        json.real(figures.mean, "mean")
        json.real(figures.medianAbsolute, "median_absolute")
        json.real(figures.meanAbsolute, "mean_absolute")
        json.real(figures.low, "p5")
        json.real(figures.high, "p95")
        json.end()
      }
    }
    json.end()
    json.beginArray("worst")
    for row in calibration.worst(Self.worstRows) {
      json.beginObject()
      json.string(row.place, "row")
      json.string(row.quantity.rawValue, "of")
      json.real(row.measured / 1000, "measured_ms")
      json.real(row.predicted / 1000, "predicted_ms")
      json.boolean(row.isHeldOut, "held_out")
      json.end()
    }
    json.end()
    json.beginArray("notes")
    for note in calibration.notes { json.string(note) }
    json.end()
    json.end()
    return json.finish()
  }

  private func add(_ fit: LinearFit, to json: inout JSONWriter) {
    json.beginArray("coefficients")
    for term in fit.terms {
      json.beginObject()
      json.string(term.column.rawValue, "column")
      json.real(term.value, "us")
      json.real(term.standardError ?? .nan, "standard_error_us")
      json.real(term.unconstrained, "unconstrained_us")
      json.end()
    }
    json.end()
    json.real(fit.condition, "condition_number")
    json.beginArray("singular_values")
    for value in fit.singularValues { json.real(value) }
    json.end()
    json.beginArray("entangled")
    for entry in fit.entangled {
      json.beginObject()
      json.string(entry.column.rawValue, "column")
      json.real(entry.share, "share_of_variance")
      json.end()
    }
    json.end()
  }
}
