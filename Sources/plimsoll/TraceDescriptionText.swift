import Foundation
import Recordings
import Statistics
import Tables
import Workload

/// What a trace is like, for people and for programs.
struct TraceDescriptionText {
  let description: TraceDescription
  /// The file.
  let name: String
  let format: TraceFormat
  let notes: [String]

  private func short(_ value: Double) -> String { String(format: "%.4g", value) }
  private func figure(_ value: Double) -> String { String(format: "%.2f", value) }
  private func percent(_ value: Double) -> String { String(format: "%.1f %%", 100 * value) }

  private func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(short(seconds)) s"
    case ..<7200: "\(short(seconds / 60)) min"
    case ..<172_800: "\(short(seconds / 3600)) h"
    default: "\(short(seconds / 86_400)) days"
    }
  }

  // MARK: For people

  var text: String {
    let d = description
    var head =
      "\(name): \(format.rawValue), \(d.requests) requests over \(time(d.span))\n"
      + "  mean rate \(short(d.rate))/s"
    if let peak = d.peakMinute {
      head += "; fullest minute \(peak.requests) requests, \(time(peak.start)) in "
      head += "(\(figure(Double(peak.requests) / 60 / d.rate)) times the mean)"
    }
    head += "\n  gaps vary by \(figure(d.gapVariation)) of their mean (Poisson: 1)"
    var sections = [head]
    if !d.dispersions.isEmpty { sections.append(counts) }
    sections.append(lengths)
    if let sharing = d.sharing {
      sections.append(
        "Prompts in \(sharing.blocks) different blocks of \(sharing.blockTokens) tokens: a cache that "
          + "never forgets\nwould save \(percent(sharing.tokenShare)) of the prompt tokens, in "
          + "\(percent(sharing.requestShare)) of the requests")
    }
    if !d.twins.isEmpty { sections.append(twins) }
    sections.append("As keys of a workload:\n\(keys)")
    if !notes.isEmpty { sections.append(notes.map { "note: \($0)" }.joined(separator: "\n")) }
    return sections.joined(separator: "\n\n")
  }

  private func window(_ dispersion: CountDispersion) -> String {
    time(Double(dispersion.window) / 1e9)
  }

  private var counts: String {
    let rows = description.dispersions.map { place in
      let seconds = Int(place.window / 1_000_000_000)
      let correlation = description.correlations.first { $0.lag == seconds }?.value
      return [
        window(place), "\(place.windows)", short(place.mean), figure(place.index),
        "±" + figure(place.chance), place.nextCorrelation.map(figure) ?? "",
        correlation.map(figure) ?? "",
      ]
    }
    return "Counts through windows: dispersion is variance over mean, 1 for Poisson\n"
      + CatalogText(
        columns: ["window", "count", "mean", "dispersion", "chance", "next", "seconds apart"],
        rows: rows
      ).table
      + "\nnext: correlation with the next window; seconds apart: of seconds that far apart"
  }

  private func row(_ name: String, _ l: TraceDescription.Lengths) -> [String] {
    [
      name, short(l.mean), "\(l.median)", "\(l.p90)", "\(l.p99)", "\(l.longest)",
      short(l.lognormalMedian), figure(l.lognormalSigma), figure(l.distance),
    ]
  }

  private var lengths: String {
    CatalogText(
      columns: ["tokens", "mean", "p50", "p90", "p99", "max", "lognormal", "sigma", "distance"],
      rows: [row("prompt", description.prompts), row("output", description.outputs)]
    ).table
      + "\ncorrelation of prompt and output \(figure(description.lengthCorrelation)); distance from "
      + "the lognormal law"
      + "\nfitted, after Kolmogorov and Smirnov: 0 the same, 1 nothing in common"
  }

  private func lawName(_ law: ArrivalTwin.Law) -> String {
    switch law {
    case .poisson: "poisson"
    case .gamma(let variation): "gamma, cv \(figure(variation))"
    case .weibull(let shape): "weibull, shape \(figure(shape))"
    case .bursts(let process):
      "bursts, \(short(process.lowRate)) and \(short(process.highRate))/s"
    }
  }

  private var twins: String {
    var rows = [["recorded"] + description.dispersions.map { figure($0.index) } + [""]]
    for twin in description.twins {
      rows.append(
        [lawName(twin.law)] + twin.dispersions.map(figure) + [figure(twin.gapDistance)])
    }
    return "Dispersion of synthetic arrivals fitted to it, and the distance of their gaps\n"
      + CatalogText(
        columns: ["arrivals"] + description.dispersions.map(window) + ["distance"], rows: rows
      ).table
  }

  /// A rate with as many digits as a scenario needs.
  private func rate(_ value: Double) -> String {
    let text = String(format: "%.6f", value)
    return "\(text)/s"
  }

  private func law(_ lengths: TraceDescription.Lengths) -> String {
    "{ lognormal: { median: \(String(format: "%.1f", max(0.1, lengths.lognormalMedian))), sigma: "
      + "\(String(format: "%.3f", lengths.lognormalSigma)), max: \(max(1, lengths.longest)) } }"
  }

  /// The nearest twin and the lengths as YAML.
  var keys: String {
    let arrivals =
      switch description.twins.first?.law {
      case nil, .poisson: "{ poisson: \(rate(description.rate)) }"
      case .gamma(let variation):
        "{ gamma: { rate: \(rate(description.rate)), cv: \(String(format: "%.3f", variation)) } }"
      case .weibull(let shape):
        "{ weibull: { rate: \(rate(description.rate)), shape: \(String(format: "%.4f", shape)) } }"
      case .bursts(let process):
        "{ bursts: [{ rate: \(rate(process.lowRate)), mean: "
          + "\(String(format: "%.3f", process.lowMean))s }, { rate: \(rate(process.highRate)), mean: "
          + "\(String(format: "%.3f", process.highMean))s }] }"
      }
    return "  arrivals: \(arrivals)\n  shape:\n    independent:\n"
      + "      prompt: \(law(description.prompts))\n      output: \(law(description.outputs))"
  }

  // MARK: For programs

  var json: String {
    let d = description
    var json = JSONWriter()
    json.beginObject()
    json.string(name, "trace")
    json.string(format.rawValue, "format")
    json.integer(d.requests, "requests")
    json.real(d.span, "span_s")
    json.real(d.rate, "rate_per_s")
    if let peak = d.peakMinute {
      json.integer(peak.requests, "peak_minute_requests")
      json.real(peak.start, "peak_minute_start_s")
    }
    json.real(d.gapVariation, "gap_cv")
    json.beginArray("counts")
    for place in d.dispersions {
      json.beginObject()
      json.real(Double(place.window) / 1e9, "window_s")
      json.integer(place.windows, "windows")
      json.real(place.mean, "mean")
      json.real(place.index, "dispersion")
      json.real(place.nextCorrelation ?? .nan, "next_correlation")
      json.end()
    }
    json.end()
    json.beginArray("second_correlations")
    for place in d.correlations {
      json.beginObject()
      json.integer(place.lag, "lag_s")
      json.real(place.value, "correlation")
      json.end()
    }
    json.end()
    add(d.prompts, "prompt_tokens", to: &json)
    add(d.outputs, "output_tokens", to: &json)
    json.real(d.lengthCorrelation, "length_correlation")
    if let sharing = d.sharing {
      json.beginObject("sharing")
      json.integer(sharing.blockTokens, "block_tokens")
      json.integer(sharing.blocks, "blocks")
      json.real(sharing.tokenShare, "token_share")
      json.real(sharing.requestShare, "request_share")
      json.end()
    }
    json.beginArray("twins")
    for twin in d.twins { add(twin, to: &json) }
    json.end()
    json.string(keys, "keys")
    json.beginArray("notes")
    for note in notes { json.string(note) }
    json.end()
    json.end()
    return json.finish()
  }

  private func add(_ twin: ArrivalTwin, to json: inout JSONWriter) {
    json.beginObject()
    switch twin.law {
    case .poisson: json.string("poisson", "law")
    case .gamma(let variation):
      json.string("gamma", "law")
      json.real(variation, "cv")
    case .weibull(let shape):
      json.string("weibull", "law")
      json.real(shape, "shape")
    case .bursts(let process):
      json.string("bursts", "law")
      json.real(process.lowRate, "low_rate_per_s")
      json.real(process.lowMean, "low_mean_s")
      json.real(process.highRate, "high_rate_per_s")
      json.real(process.highMean, "high_mean_s")
    }
    json.beginArray("dispersions")
    for value in twin.dispersions { json.real(value) }
    json.end()
    json.real(twin.gapDistance, "gap_distance")
    json.real(twin.miss, "mean_log_miss")
    json.end()
  }

  private func add(
    _ lengths: TraceDescription.Lengths, _ key: String, to json: inout JSONWriter
  ) {
    json.beginObject(key)
    json.real(lengths.mean, "mean")
    json.integer(lengths.median, "p50")
    json.integer(lengths.p90, "p90")
    json.integer(lengths.p99, "p99")
    json.integer(lengths.longest, "max")
    json.real(lengths.lognormalMedian, "lognormal_median")
    json.real(lengths.lognormalSigma, "lognormal_sigma")
    json.real(lengths.distance, "lognormal_distance")
    json.end()
  }
}
