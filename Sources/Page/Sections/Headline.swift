import Tables

/// The answers at the top: targets, cost, commitments, what breaks first.
struct Headline {
  private let page: PageContents

  init(_ page: PageContents) { self.page = page }

  var cards: [CardView] {
    [
      card("Does it hold its targets?", targets), card("What does it cost?", cost),
      card("Are the commitments met?", commitments), card("What breaks first?", limits),
    ]
  }

  private func card(
    _ question: String, _ answer: (RunContents) -> CardView.AnswerView
  ) -> CardView {
    CardView(
      question: question,
      answers: page.runs.map { run in
        var answer = answer(run)
        answer.run = page.isComparison ? run.name : nil
        return answer
      })
  }

  private func answer(
    _ answer: String, _ tone: String = "", _ details: [String] = []
  ) -> CardView.AnswerView {
    CardView.AnswerView(run: nil, answer: answer, tone: tone, details: details)
  }

  private func targets(_ run: RunContents) -> CardView.AnswerView {
    let targets = Target.all(run.figures)
    if targets.isEmpty {
      let estimates = run.figures.scopes(.workload).compactMap { workload in
        run.figures.estimate(.workload, workload, "slo_attainment").map {
          "\(workload): \($0.shown) of requests within every target"
        }
      }
      return estimates.isEmpty
        ? answer("No latency targets are set") : answer("Estimated", "", estimates)
    }
    let missed = targets.filter { !$0.isHeld }
    func words(_ target: Target) -> String {
      "\(target.workload): \(target.name) ≤ \(target.limit.shown) for "
        + "\(target.attainment?.shown ?? Figure.none) of requests (target \(target.required.shown))"
    }
    if missed.isEmpty {
      let closest = targets.min { margin($0) < margin($1) }
      return answer(
        targets.count == 1 ? "✓ Yes, the one it has" : "✓ Yes, all \(targets.count)", "good",
        closest.map { ["closest: " + words($0)] } ?? [])
    }
    return answer("✗ No: \(missed.count) of \(targets.count) missed", "bad", missed.map(words))
  }

  private func margin(_ target: Target) -> Double {
    (target.attainment?.value ?? 0) - (target.required.value ?? 0)
  }

  private func cost(_ run: RunContents) -> CardView.AnswerView {
    let figures = run.figures
    let length = Figure.span(seconds: figures.seconds)
    guard let billed = figures.figure("billed_cost") else {
      guard let cost = figures.figure("total_cost") ?? figures.figure("token_cost"),
        (cost.value ?? 0) > 0
      else {
        return answer("No prices in this scenario")
      }
      return answer("\(cost.shown) for \(length)", "", ["tokens at list price, nobody is billed"])
    }
    var details: [String] = []
    if let rate = figures.figure("billed_cost_per_million_tokens") {
      details.append("\(rate.shown) a million tokens")
    }
    if let list = figures.figure("list_cost") { details.append("list price \(list.shown)") }
    if let unused = figures.figure("unused_cost"), (unused.value ?? 0) >= 0.005 {
      details.append("\(unused.shown) of it for what nobody used")
    }
    if let carbon = figures.figure("carbon"), let energy = figures.figure("energy") {
      details.append("\(energy.shown) kWh, \(carbon.shown) kg CO2e")
    }
    return answer("\(billed.shown) for \(length)", "", details)
  }

  private func commitments(_ run: RunContents) -> CardView.AnswerView {
    let names = run.figures.scopes(.commitment)
    guard !names.isEmpty else { return answer("Nothing is promised") }
    let all = names.map { CommitmentWords(run, $0) }
    let short = all.filter(\.isShort)
    let head =
      short.isEmpty
      ? "✓ Met in the middle case"
      : "✗ \(short.count) of \(all.count) short in the middle case"
    return answer(head, short.isEmpty ? "good" : "bad", all.map(\.sentence))
  }

  private func limits(_ run: RunContents) -> CardView.AnswerView {
    let limits = Limit.all(run)
    guard let first = limits.first else { return answer("Nothing here has a known limit") }
    var details = ["\(Figure.percent(first.share)) \(first.what)"]
    details += limits.dropFirst().prefix(2).map {
      "then \($0.name): \(Figure.percent($0.share)) \($0.what)"
    }
    details += refusing(run.figures).prefix(2).map { name, attempts in
      "\(name) refused \(NumberForm.whole.text(attempts)) attempts"
    }
    return answer(Markup.breakable(first.name), first.share >= 0.999 ? "bad" : "", details)
  }

  /// Deployments that refused attempts (429), those that refused most first.
  private func refusing(_ figures: RunFigures) -> [(name: String, attempts: Double)] {
    var refusing: [(name: String, attempts: Double)] = []
    for row in figures.rows where row.scopeKind == .deployment {
      // Faults are no refusals.
      guard row.metric.hasPrefix("refused_"), row.metric != "refused_server_error",
        row.metric != "refused_no_answer", row.metric != "refused_share", let value = row.value,
        value > 0
      else { continue }
      if let index = refusing.firstIndex(where: { $0.name == row.scope }) {
        refusing[index].attempts += value
      } else {
        refusing.append((row.scope, value))
      }
    }
    return refusing.enumerated().sorted { a, b in
      a.element.attempts == b.element.attempts
        ? a.offset < b.offset : a.element.attempts > b.element.attempts
    }.map(\.element)
  }
}
