import Multicloud
import SimulationKernel
import Tables

/// A window of a run as a trace for ui.perfetto.dev: what every replica did, who waited, what endpoints and
/// quotas held, what went wrong, and the way of a sample of requests.
///
/// A process for every pool, with a thread for each replica whose slices are spans of constant batch, and
/// counters of its queue and its KV blocks, and where it is elastic of its ready replicas; a process for every endpoint; one for quotas, one for
/// incidents, one for requests. Bounded: what comes after the byte limit is left out, from one moment on.
final class PerfettoTrace {
  let window: TraceWindow
  private(set) var failure: TableError?
  private let world: World
  private let options: TraceRequest
  private let file: StreamedFile
  private var events: TraceEvents
  private var slices = 0
  /// From when on events are left out; `nil` while there is room.
  private var cutAt: Int64?
  private var namedThreads: Set<Int> = []
  private let poolNames: [String]
  private let deploymentNames: [String]
  private let quotaNames: [String]
  private let workloadNames: [String]
  private let requestsProcess: Int

  /// One request in this many is drawn.
  static let requestSample: UInt64 = 16

  /// Starts the file and names what will be in it.
  init(_ world: World, _ options: TraceRequest) throws(TableError) {
    self.world = world
    self.options = options
    window = options.window
    poolNames = world.pools.indices.map { JSONWriter.quoted("pool " + world.poolName($0)) }
    deploymentNames = world.deploymentNames.map(JSONWriter.quoted)
    quotaNames = world.quotas.map { JSONWriter.quoted($0.name) }
    workloadNames = world.workloadNames.map(JSONWriter.quoted)
    file = try StreamedFile(options.path)
    events = try TraceEvents(file)
    // Incidents come first, for they explain the rest; requests last, for they are many.
    let quotasProcess = 2 + world.deploymentCount
    requestsProcess = quotasProcess + 1
    if !world.incidents.isEmpty { try events.name("\"incidents\"", process: 1) }
    for id in 0..<world.deploymentCount {
      let isPool = id < world.pools.count
      try events.name(
        isPool ? poolNames[id] : JSONWriter.quoted("endpoint " + world.deploymentName(id)),
        process: 2 + id)
    }
    if !world.quotas.isEmpty { try events.name("\"quotas\"", process: quotasProcess) }
    try events.name("\"requests, 1 in \(Self.requestSample)\"", process: requestsProcess)
    for (id, incident) in world.incidents.enumerated() { try add(incident, id) }
  }

  // MARK: Replicas

  func record(_ span: borrowing ReplicaSpan) {
    let span = copy span
    let end = min(span.end, cutAt ?? span.end)
    guard end > span.start else { return }
    let process = 2 + Int(span.pool)
    let thread = 1 + Int(span.replica)
    var arguments = #""batch":\#(span.batch),"waiting":\#(span.waiting)"#
    var name = "\"steps\""
    if let work = span.work, end == span.end {
      name = work.prefillTokens > 0 ? "\"prefill\"" : "\"decode\""
      arguments +=
        #","steps":\#(work.steps),"prefill_tokens":\#(work.prefillTokens),"#
        + #""output_tokens":\#(work.outputTokens)"#
    } else {
      arguments += #","cut":true"#
    }
    attempt { (events: inout TraceEvents) throws(TableError) in
      if namedThreads.insert(process << 32 | thread).inserted {
        try events.name("\"replica \(span.replica)\"", process: process, thread: thread)
      }
      try events.slice(
        name, process: process, thread: thread, start: span.start, end: end, arguments)
      slices += 1
    }
    if cutAt == nil, file.bytes >= options.mostBytes { cutAt = end }
  }

  func record(_ level: borrowing LevelRecord) {
    guard cutAt == nil else { return }
    let (time, value) = (level.time, level.value)
    let subject = level.subject
    attempt { (events: inout TraceEvents) throws(TableError) in
      switch subject {
      case .waiting(let pool, let replica):
        try events.counter(
          "\"replica \(replica) waiting\"", process: 2 + Int(pool), time: time, "\"requests\"",
          value)
      case .blocks(let pool, let replica):
        try events.counter(
          "\"replica \(replica) KV blocks\"", process: 2 + Int(pool), time: time, "\"blocks\"",
          value)
      case .ready(let pool):
        try events.counter(
          "\"ready replicas\"", process: 2 + Int(pool), time: time, "\"replicas\"", value)
      case .inFlight(let endpoint):
        try events.counter(
          "\"in flight\"", process: 2 + world.pools.count + Int(endpoint), time: time,
          "\"requests\"", value)
      case .quota(let id):
        try events.counter(
          quotaNames[Int(id)], process: requestsProcess - 1, time: time,
          "\"\(world.quotas[Int(id)].rule.unit)\"", value)
      }
    }
    if file.bytes >= options.mostBytes { cutAt = time }
  }

  // MARK: Requests

  /// A request is over, or the run is. Those that came before the window are left out.
  func record(_ request: borrowing RequestRecord, isSampled: Bool) {
    let begin = request.arrival
    let last = cutAt ?? window.until
    guard isSampled, begin >= window.from, begin < last else { return }
    let isOver = request.ended >= 0
    let end = isOver ? min(request.ended + request.wayBack, last) : last
    let place =
      request.deployment >= 0 ? ",\"deployment\":" + deploymentNames[Int(request.deployment)] : ""
    let arguments =
      #""status":"\#(request.status.word)","reason":"\#(request.reason.word)","attempts":"#
      + "\(request.attempts),\"prompt_tokens\":\(request.promptTokens),"
      + "\"output_tokens\":\(request.deliveredTokens)\(place)"
    let stages: [(name: String, start: Int64, end: Int64)] = [
      ("\"to the deployment\"", begin, request.reachedDeployment),
      ("\"queue\"", request.reachedDeployment, request.started),
      ("\"to the first token\"", request.started, request.firstToken),
      ("\"decode\"", request.firstToken, request.ended),
      ("\"way back\"", request.ended, isOver ? request.ended + request.wayBack : -1),
    ]
    let name = workloadNames[Int(request.workload)]
    let id = request.number
    let process = requestsProcess
    attempt { (events: inout TraceEvents) throws(TableError) in
      try events.async(isBegin: true, name, id: id, process: process, time: begin, arguments)
      for stage in stages where stage.start >= begin && min(stage.end, end) > stage.start {
        try events.async(
          isBegin: true, stage.name, id: id, process: process, time: stage.start, "")
        try events.async(
          isBegin: false, stage.name, id: id, process: process, time: min(stage.end, end), "")
      }
      try events.async(isBegin: false, name, id: id, process: process, time: end, "")
    }
  }

  // MARK: Incidents

  private func add(_ incident: Incident, _ id: Int) throws(TableError) {
    let start = max(incident.start.nanoseconds, window.from)
    let end = min((incident.start + incident.duration).nanoseconds, window.until)
    guard end > start else { return }
    let text = JSONWriter.quoted(world.description(of: incident))
    try events.name(text, process: 1, thread: id + 1)
    try events.slice(text, process: 1, thread: id + 1, start: start, end: end, "")
  }

  // MARK: The end

  /// Closes the file.
  func finish(at end: SimTime) throws(TableError) -> TraceNote {
    if let failure { throw failure }
    let last = min(cutAt ?? window.until, max(end.nanoseconds, window.from))
    try events.finish(
      #""scenario":\#(JSONWriter.quoted(world.name)),"seed":\#(world.seed),"#
        + #""from_s":\#(FixedDecimal.text(window.from, decimals: 9)),"#
        + #""until_s":\#(FixedDecimal.text(last, decimals: 9)),"complete":\#(cutAt == nil)"#)
    return TraceNote(
      path: options.path, from: SimTime(nanoseconds: window.from),
      until: SimTime(nanoseconds: last), slices: slices, bytes: file.bytes, isCut: cutAt != nil)
  }

  private func attempt(_ write: (inout TraceEvents) throws(TableError) -> Void) {
    guard failure == nil else { return }
    do {
      try write(&events)
    } catch {
      failure = error
    }
  }
}

/// Which part of a run to write as a trace, and where.
public struct TraceRequest: Hashable, Sendable {
  /// The file.
  public var path: String
  /// The part.
  public var window: TraceWindow
  /// Bytes after which no new event is begun: more than browsers take with ease is of no use.
  public var mostBytes: Int

  /// Creates a request.
  public init(path: String, window: TraceWindow, mostBytes: Int = 64 << 20) {
    self.path = path
    self.window = window
    self.mostBytes = mostBytes
  }
}

/// What a trace holds, for whoever asked for it.
public struct TraceNote: Hashable, Sendable {
  /// The file.
  public var path: String
  /// Start of what it shows.
  public var from: SimTime
  /// End of what it shows.
  public var until: SimTime
  /// Spans of replicas.
  public var slices: Int
  /// Length of the file.
  public var bytes: Int
  /// Whether its byte limit ended it before its window.
  public var isCut: Bool
}

extension World {
  /// An incident in words: `account azure/prod fails`.
  func description(of incident: Incident) -> String {
    let target =
      switch incident.target {
      case .cloud(let id): "cloud \(clouds[id].name)"
      case .region(let id): "region \(regionName(id))"
      case .zone(let id): "zone \(zones[id])"
      case .account(let id): "account \(accounts[id])"
      case .provider(let id): "provider \(providers[id])"
      case .deployment(let id): deploymentName(id)
      case .quota(let id): "quota \(quotas[id].name)"
      case .link(let a, let b): "link \(clouds[a].name) - \(clouds[b].name)"
      }
    return switch incident.effect {
    case .fails: "\(target) fails"
    case .hangs: "\(target) hangs"
    case .slows(let factor): "\(target) takes \(RealText.shortest(factor) ?? "1") times as long"
    case .cuts(let share): "\(target) is cut to \(RealText.shortest(share) ?? "1") of its limit"
    case .loses(let loss): "\(target) loses \(RealText.shortest(loss.share) ?? "0") of its packets"
    }
  }
}
