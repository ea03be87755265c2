import Money
import Multicloud
import SimulationKernel

/// An incident as one says it: `azure/eastus2 down at 14:00 for 45m`.
///
/// A target, alone or behind its kind (`region azure/eastus2`, `link aws azure`); what happens (`down` or
/// `fails`, `hangs`, `slow x3`, `cut to 40%`, `loses 5%`); `at` a time from the run's start, a clock time or a
/// moment in UTC; `for` how long.
public struct IncidentPhrase: Hashable, Sendable {
  private let text: String
  private let target: [String]
  /// The effect as a scenario writes it.
  private let effect: String
  private let time: String
  private let duration: String

  /// Why a phrase is no incident, and what to write.
  public struct Problem: Error, Hashable, CustomStringConvertible {
    /// What was found, what was expected.
    public var description: String

    init(_ text: String, _ message: String) {
      description = Excerpt.message("--incident \"\(text)\": \(message)")
    }
  }

  private static let kinds = [
    "cloud", "region", "zone", "account", "provider", "deployment", "quota", "link",
  ]
  private static let verbs = ["down", "fails", "hangs", "slow", "slows", "cut", "cuts", "loses"]
  private static let example = "as in \"azure/eastus2 down at 14:00 for 45m\""

  /// Takes a phrase apart. Names are looked up by ``override(in:)``.
  ///
  /// - Throws: ``Problem`` that says which part is wrong and what may stand there.
  public init(_ text: String) throws(Problem) {
    self.text = text
    var rest = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)[...]
    // A name may consist of several words, and none of them is likely to be a verb.
    let usual = rest.first.map { $0 == "link" ? 3 : Self.kinds.contains($0) ? 2 : 1 } ?? 1
    let place = rest.indices.dropFirst().first { Self.verbs.contains(rest[$0]) } ?? usual
    guard rest.count > place else {
      throw Problem(
        text, "expected a target, what happens, at when and for how long, \(Self.example)")
    }
    target = Array(rest[..<place])
    let verb = rest[place]
    rest = rest.dropFirst(place + 1)
    effect = try Self.effect(verb, &rest, after: target, text)
    time = try Self.part("at", "a time such as 10m, 14:00 or 2026-03-02T14:20Z", &rest, text)
    duration = try Self.part("for", "how long, such as 45m", &rest, text)
    if let more = rest.first {
      throw Problem(text, "nothing follows how long it lasts, found '\(more)'")
    }
    if case .failure(let problem) = ScalarParser.parse(
      duration, as: .duration(allowsZero: false))
    {
      throw Problem(text, "for: \(problem.message)")
    }
  }

  private static func effect(
    _ verb: String, _ rest: inout ArraySlice<String>, after target: [String], _ text: String
  ) throws(Problem) -> String {
    func amount(_ kind: ScalarKind, _ hint: String) throws(Problem) -> String {
      guard let word = rest.popFirst() else {
        throw Problem(text, "expected \(hint) after '\(verb)'")
      }
      if case .failure(let problem) = ScalarParser.parse(word, as: kind) {
        throw Problem(text, "\(verb): \(problem.message)")
      }
      return word
    }
    switch verb {
    case "down", "fails": return "fails"
    case "hangs": return "hangs"
    case "slow", "slows": return "{ slows: \(try amount(.scale, "a multiple such as x3")) }"
    case "cut", "cuts":
      if rest.first == "to" { rest = rest.dropFirst() }
      return "{ cuts: \(try amount(.share, "a share such as 40%")) }"
    case "loses": return "{ loses: \(try amount(.ratio(0...0.99), "a share such as 5%")) }"
    default:
      let nearest = NearestName.nearest(to: verb, among: verbs).map { " (did you mean '\($0)'?)" }
      throw Problem(
        text,
        "expected down, fails, hangs, slow x3, cut to 40% or loses 5% after "
          + "'\(target.joined(separator: " "))', found '\(verb)'\(nearest ?? "")")
    }
  }

  /// What stands behind a word.
  private static func part(
    _ word: String, _ hint: String, _ rest: inout ArraySlice<String>, _ text: String
  ) throws(Problem) -> String {
    guard let found = rest.popFirst() else {
      throw Problem(text, "expected '\(word)' and \(hint) at the end, \(example)")
    }
    guard found == word else {
      throw Problem(text, "expected '\(word)' and \(hint), found '\(found)'; \(example)")
    }
    guard var value = rest.popFirst() else {
      throw Problem(text, "expected \(hint) after '\(word)'")
    }
    // A unit may stand apart: 45 m.
    if value.allSatisfy({ $0.isNumber || $0 == "." }), let unit = rest.first, unit != "for" {
      value += unit
      rest = rest.dropFirst()
    }
    return value
  }

  // MARK: In a scenario

  /// The phrase as an override that adds it to the scenario's incidents, such as
  /// `incidents.+={ region: "azure/eastus2", effect: fails, at: 14h, for: 45m }`.
  ///
  /// - Throws: ``Problem`` where the scenario has no such thing, or several of that name, or no such time.
  public func override(in scenario: LoadedScenario) throws(Problem) -> String {
    let (kind, name) = try place(scenario)
    let value =
      kind == "link"
      ? "[ \(name.map(EffectiveText.quoted).joined(separator: ", ")) ]"
      : EffectiveText.quoted(name[0])
    return "incidents.+={ \(kind): \(value), effect: \(effect), at: \(try offset(scenario)), "
      + "for: \(duration) }"
  }

  private func place(_ scenario: LoadedScenario) throws(Problem) -> (kind: String, names: [String])
  {
    if target.first == "link", target.count == 3 {
      return ("link", Array(target.dropFirst()))
    }
    let names = scenario.incidentNames
    if target.count > 1, let known = names.first(where: { $0.kind == target[0] }) {
      let name = target.dropFirst().joined(separator: " ")
      guard known.names.contains(name) else {
        let hint = NearestName.hint(for: name, among: known.names)
        throw Problem(text, "there is no \(known.kind) '\(name)'\(hint)")
      }
      return (known.kind, [name])
    }
    let name = target.joined(separator: " ")
    // A quota is cut and nothing else is: one that bears its endpoint's name is no second reading.
    let isCut = effect.hasPrefix("{ cuts")
    let meant = names.filter { ($0.kind == "quota") == isCut }
    let readings = meant.filter { $0.names.contains(name) }
    if let only = readings.first, readings.count == 1 { return (only.kind, [name]) }
    guard readings.isEmpty else {
      let list = readings.map { "'\($0.kind) \(name)'" }.joined(separator: " or ")
      throw Problem(text, "'\(name)' may be \(list): write which")
    }
    let hint = NearestName.hint(for: name, among: meant.flatMap(\.names))
    let kinds =
      isCut
      ? "quota, which is what can be cut," : "cloud, region, zone, account, provider or deployment"
    throw Problem(text, "there is no \(kinds) '\(name)'\(hint)")
  }

  /// When it begins, from the run's start, as a scenario writes it.
  private func offset(_ scenario: LoadedScenario) throws(Problem) -> String {
    let horizon = scenario.world.horizon.nanoseconds / 1_000_000_000
    if case .success(let value) = ScalarParser.parse(time, as: .timeOfDay),
      case .number(let hours) = value
    {
      guard let starts = scenario.starts else {
        throw Problem(
          text,
          "at \(time): a clock time needs the run's real time; give starts, such as 2026-03-02, in the "
            + "scenario or by --set starts=2026-03-02, or count from the run's start, as in at 10m")
      }
      let clock = Int64((hours * 3600).rounded())
      let day: Int64 = 86_400
      let wait = ((clock - starts) % day + day) % day
      guard wait < horizon else {
        throw Problem(
          text,
          "at \(time): the run ends before that time comes; it begins at \(Self.clock(starts)) UTC and "
            + "lasts \(horizon) s")
      }
      return "\(wait)s"
    }
    if time.contains("T"), case .success(let value) = ScalarParser.parse(time, as: .moment),
      case .integer(let moment) = value
    {
      guard let starts = scenario.starts else {
        throw Problem(
          text,
          "at \(time): a moment needs the run's real time; give starts, such as 2026-03-02, in the "
            + "scenario or by --set starts=2026-03-02")
      }
      let wait = Int64(moment) - starts
      guard wait >= 0, wait < horizon else {
        throw Problem(
          text,
          "at \(time): the run begins at \(Self.clock(starts)) UTC on "
            + "\(BillingTime(seconds: starts).date()) and lasts \(horizon) s")
      }
      return "\(wait)s"
    }
    if case .failure = ScalarParser.parse(time, as: .duration(allowsZero: true)) {
      throw Problem(
        text,
        "at \(time): expected a time from the run's start such as 10m, a clock time such as 14:00, or a "
          + "moment such as 2026-03-02T14:20Z, both UTC")
    }
    return time
  }

  private static func clock(_ seconds: Int64) -> String {
    let minute = ((seconds % 86_400 + 86_400) % 86_400) / 60
    let (hours, minutes) = ("\(minute / 60)", "\(minute % 60)")
    return (hours.count < 2 ? "0" : "") + hours + ":" + (minutes.count < 2 ? "0" : "") + minutes
  }
}
