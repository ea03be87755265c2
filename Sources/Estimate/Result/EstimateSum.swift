import Dispatch
import Glibc
import Multicloud
import ServingEngine
import SimulationKernel

/// Adds up a world's levels and bins.
struct EstimateSum {
  let world: World
  let grid: DemandGrid
  let settings: WorldEstimate.Settings
  let levels: DemandLevels
  var deployments: [DeploymentEstimate]
  var workloads: [WorkloadEstimate]
  var quotas: [QuotaEstimate]
  var usage: [UsageEstimate]
  var series: SeriesEstimate
  var measured = 0.0
  /// Ways of requests looked at.
  var solved = 0
  /// What the products took.
  var timing = ProductTiming()
  /// Sums of the series, by row, deployment and kind.
  private var table: [Double]
  let deploymentCount: Int
  private let streams: [StreamDemand]
  private let endpoints: [EndpointModel]
  private let ways: [Double]
  /// Dollars a served request costs at list price, by stream × deployments + deployment, cold and with
  /// what is cached.
  private var costs: [RequestCost]

  /// Kinds of figures in the product, side by side.
  private enum Column: Int, CaseIterable {
    case attempts, served, promptTokens, outputTokens, tokenCost
  }

  init(_ world: World, _ grid: DemandGrid, _ settings: WorldEstimate.Settings) {
    self.world = world
    self.grid = grid
    self.settings = settings
    let streams = grid.streams
    self.streams = streams
    let levels = DemandLevels(world, grid, mostLevels: settings.mostLevels)
    self.levels = levels
    let count = world.deploymentCount
    deploymentCount = count
    endpoints = world.endpoints.map { EndpointModel($0) }
    deployments = [DeploymentEstimate](repeating: DeploymentEstimate(), count: count)
    workloads = [WorkloadEstimate](repeating: WorkloadEstimate(), count: world.workloads.count)
    quotas = [QuotaEstimate](repeating: QuotaEstimate(), count: world.quotas.count)
    let cells = [Double](repeating: 0, count: world.workloads.count * count)
    usage = (1..<max(2, settings.periods.count)).map { _ in
      UsageEstimate(
        requests: cells, promptTokens: cells, cachedTokens: cells, writtenTokens: cells,
        outputTokens: cells, longRequests: cells, longPromptTokens: cells, longOutputTokens: cells,
        joules: [Double](repeating: 0, count: world.pools.count),
        arrived: [Double](repeating: 0, count: world.workloads.count))
    }
    let rows = (grid.bins - 1) / settings.binsPerRow + 1
    table = [Double](repeating: 0, count: rows * count * SeriesEstimate.kinds)
    series = SeriesEstimate(
      rowSeconds: Double(settings.binsPerRow) * settings.binWidth.seconds, rows: rows)
    let regions = world.regions.count
    ways = streams.flatMap { stream in
      (0..<count).map { id in
        let region = world.region(ofDeployment: id)
        let frontEnd = world.frontEndSeconds(ofDeployment: id, promptTokens: stream.promptTokens)
        let isCalled = world.workloads[stream.workload].isCalled
        if let ingress = world.network.ingress {
          let toGateway =
            isCalled
            ? 0
            : world.network.originToRegion[
              stream.origin * regions + ingress
            ].seconds
          return frontEnd + 2
            * (toGateway + world.network.regionToRegion[ingress * regions + region].seconds)
        }
        return frontEnd
          + 2 * world.network.originToRegion[stream.origin * regions + region].seconds
      }
    }
    costs = streams.flatMap { stream in
      (0..<count).map { RequestCost(stream, world.price(ofDeployment: $0)) }
    }
  }

  mutating func run() throws(TrafficEquations.Problem) {
    measured = max(1e-9, (settings.horizon - settings.warmup).seconds)
    if world.gateway.policy == "contract-aware" && world.billing != nil {
      var solver = LevelSolver(world, streams: streams)
      let cells = followContracts(&solver)
      solved = cells.count
      for cell in cells { try add(cell, &solver) }
    } else {
      solved = levels.count
      try addLevels()
    }
    finish()
    series.unfold(table)
  }

  /// Every level, on two cores: each adds up every other level, then the two sums are one.
  private mutating func addLevels() throws(TrafficEquations.Problem) {
    let workers = min(2, levels.count)
    var parts = [EstimateSum](repeating: self, count: workers)
    var problems = [TrafficEquations.Problem?](repeating: nil, count: workers)
    LinearAlgebra.setThreads(1)
    parts.withUnsafeMutableBufferPointer { parts in
      problems.withUnsafeMutableBufferPointer { problems in
        // Workers write to places of their own.
        let out = Parts(sums: parts, problems: problems)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
          var solver = LevelSolver(out.sums[worker].world, streams: out.sums[worker].streams)
          do throws(TrafficEquations.Problem) {
            for level in stride(from: worker, to: out.sums[worker].levels.count, by: workers) {
              let cell = Cell(
                level: level, state: solver.solve(out.sums[worker].levels.levels[level].input),
                bins: out.sums[worker].binsOf(level))
              try out.sums[worker].add(cell, &solver)
            }
          } catch {
            out.problems[worker] = error
          }
        }
      }
    }
    if let problem = problems.compactMap({ $0 }).first { throw problem }
    for part in parts { merge(part) }
  }

  private struct Parts: @unchecked Sendable {
    let sums: UnsafeMutableBufferPointer<EstimateSum>
    let problems: UnsafeMutableBufferPointer<TrafficEquations.Problem?>
  }

  /// Adds another sum's figures.
  private mutating func merge(_ other: EstimateSum) {
    for d in deployments.indices { deployments[d].add(other.deployments[d]) }
    for w in workloads.indices { workloads[w].add(other.workloads[w]) }
    for q in quotas.indices { quotas[q].add(other.quotas[q]) }
    for at in usage.indices { usage[at].add(other.usage[at]) }
    for place in table.indices { table[place] += other.table[place] }
    timing.add(other.timing)
  }

  /// Bins of a level in which requests go the same ways.
  private struct Cell {
    var level: Int
    var state: LevelState
    var bins: [Int]
  }

  /// Goes through time as the gateway does: what was spent so far decides what a contract saves, that
  /// where requests go, and that what is spent. Bins of one level in which the deployments' order by
  /// effective price is the same are looked at once.
  ///
  /// Conversations move from bin to bin; those of a cell's bins are taken together in their mean, in a
  /// second pass.
  private func followContracts(_ solver: inout LevelSolver) -> [Cell] {
    let first = passThroughTime(&solver, conversations: [:])
    return passThroughTime(&solver, conversations: first.conversations).cells
  }

  private func passThroughTime(
    _ solver: inout LevelSolver, conversations known: [UInt64: [[Double]]]
  ) -> (cells: [Cell], conversations: [UInt64: [[Double]]]) {
    var cells: [Cell] = []
    var keys: [UInt64] = []
    var places: [UInt64: Int] = [:]
    var moves: [[Conversations.Choices]] = []
    var spent = [Double](repeating: 0, count: deploymentCount)
    var conversations = Conversations(world, streams, grid)
    let every = max(1, grid.bins / Self.mostForecasts)
    var saved: [Double] = []
    var order: UInt64 = 0
    // Dollars a second by cell and deployment, picodollars.
    var pace: [[Double]] = []
    for bin in 0..<grid.bins {
      if bin % every == 0 {
        saved = GatewayProbe.savedShares(
          world, seconds: Double(bin) * grid.binWidth.seconds, spent: spent)
        order = self.order(of: saved)
      }
      for joint in grid.states.indices {
        let level = Int(levels.levelOfBin[joint * grid.bins + bin])
        var key = Fingerprint()
        key.combine(UInt64(level), order)
        let cell: Int
        if let place = places[key.value] {
          cell = place
        } else {
          solver.show(saved: saved)
          let now = known[key.value] ?? conversations.shares(bin: bin)
          solver.conversations = now
          solver.keepsConversations = now.contains { !$0.isEmpty }
          cell = cells.count
          places[key.value] = cell
          keys.append(key.value)
          let input = levels.levels[level].input
          cells.append(Cell(level: level, state: solver.solve(input), bins: []))
          moves.append(conversations.choices(&solver, input))
          pace.append(spending(cells[cell].state))
        }
        cells[cell].bins.append(bin)
        let seconds = grid.seconds(ofBin: bin) * grid.states[joint].share
        for d in 0..<deploymentCount { spent[d] += seconds * pace[cell][d] }
        guard bin % every == 0 else { continue }
        conversations.note(cell, bin: bin)
        if joint == 0 { conversations.move(moves[cell], bin: bin, bins: every) }
      }
    }
    var means: [UInt64: [[Double]]] = [:]
    for (cell, key) in keys.enumerated() { means[key] = conversations.mean(ofCell: cell) }
    return (cells, means)
  }

  private static let mostForecasts = 4096

  /// Picodollars a second for tokens at list price, by deployment.
  private func spending(_ state: LevelState) -> [Double] {
    var pace = [Double](repeating: 0, count: deploymentCount)
    for cell in state.served.indices where state.served[cell] > 0 {
      pace[cell % deploymentCount] +=
        1e12 * state.served[cell] * costs[cell].dollars(cached: state.cached[cell])
    }
    return pace
  }

  /// The order in which each stream's candidates come by what a request costs after what is saved.
  private func order(of saved: [Double]) -> UInt64 {
    var hash = Fingerprint()
    for (s, stream) in streams.enumerated() {
      let workload = world.workloads[stream.workload]
      let base = s * deploymentCount
      let priced = (0..<deploymentCount).filter {
        workload.verdict(of: $0, in: world) == .eligible && costs[base + $0].dollars(cached: 0) > 0
      }
      let order = priced.sorted {
        let a = costs[base + $0].dollars(cached: 0) * (1 - saved[$0])
        let b = costs[base + $1].dollars(cached: 0) * (1 - saved[$1])
        return (a, $0) < (b, $1)
      }
      for d in order { hash.combine(UInt64(d), UInt64(s)) }
    }
    return hash.value
  }

  // MARK: A level

  private mutating func add(
    _ cell: Cell, _ solver: inout LevelSolver
  ) throws(TrafficEquations.Problem) {
    let level = levels.levels[cell.level]
    let perRequest = try perRequest(level.input, cell.state)
    let share = grid.states[level.state].share
    let seconds = cell.bins.reduce(0.0) { $0 + measuredSeconds($1) * share }
    addProducts(cell.bins, share, level, cell.state, perRequest)
    addFigures(cell.state, seconds: seconds, &solver)
    addUsage(cell.bins, share, level, cell.state, &solver)
  }

  private func binsOf(_ level: Int) -> [Int] {
    let offset = levels.levels[level].state * grid.bins
    return (0..<grid.bins).filter { levels.levelOfBin[offset + $0] == Int32(level) }
  }

  func measuredSeconds(_ bin: Int) -> Double {
    let start = Double(bin) * grid.binWidth.seconds
    let end = start + grid.seconds(ofBin: bin)
    return max(0, end - max(start, settings.warmup.seconds))
  }

  /// Streams × (deployments × kinds): what one request of a stream does to each deployment.
  private func perRequest(
    _ input: LevelInput, _ state: LevelState
  ) throws(TrafficEquations.Problem) -> Matrix {
    let kinds = Column.allCases.count
    var matrix = Matrix(rows: streams.count, columns: kinds * deploymentCount)
    for (s, stream) in streams.enumerated() {
      let rate = state.rates[s]
      guard rate > 0, input.rates[s] > 0 else { continue }
      let asked = try attempts(s, state)
      // A closed loop's row stands for clients; its rate is what the level settled at.
      let loop = rate / input.rates[s]
      for d in 0..<deploymentCount {
        let cell = s * deploymentCount + d
        let served = state.served[cell] / rate * loop
        matrix[s, Column.attempts.rawValue * deploymentCount + d] = asked[d] / rate * loop
        matrix[s, Column.served.rawValue * deploymentCount + d] = served
        matrix[s, Column.promptTokens.rawValue * deploymentCount + d] =
          served * stream.promptTokens
        matrix[s, Column.outputTokens.rawValue * deploymentCount + d] =
          served * stream.outputTokens
        matrix[s, Column.tokenCost.rawValue * deploymentCount + d] =
          served * costs[cell].dollars(cached: state.cached[cell])
      }
    }
    return matrix
  }

  /// Attempts a second at every deployment, by the traffic equations.
  private func attempts(
    _ s: Int, _ state: LevelState
  ) throws(TrafficEquations.Problem) -> [Double] {
    let row = s * deploymentCount
    guard state.moves[s].contains(where: { $0 > 0 }) else {
      return Array(state.attempts[row..<row + deploymentCount])
    }
    var moves = Matrix(rows: deploymentCount, columns: deploymentCount)
    var external = Matrix(rows: deploymentCount, columns: 1)
    for from in 0..<deploymentCount {
      external[from, 0] = state.firstChoices[row + from]
      let asked = state.attempts[row + from]
      guard asked > 0 else { continue }
      for to in 0..<deploymentCount {
        moves[from, to] = min(1, state.moves[s][from * deploymentCount + to] / asked)
      }
    }
    return try TrafficEquations(moves: moves).solve(external).elements
  }

  private mutating func addProducts(
    _ bins: [Int], _ share: Double, _ level: DemandLevels.Level, _ state: LevelState,
    _ perRequest: Matrix
  ) {
    let count = deploymentCount
    let used = (0..<count).map { utilisation($0, state) }
    var sums = [Double](repeating: 0, count: Column.allCases.count * count)
    let clock = ContinuousClock()
    var totals = Matrix(rows: 0, columns: perRequest.columns)
    for first in stride(from: 0, to: bins.count, by: WorldEstimate.block) {
      let block = bins[first..<min(first + WorldEstimate.block, bins.count)]
      var demand = Matrix(rows: block.count, columns: streams.count)
      for (row, bin) in block.enumerated() {
        for s in streams.indices {
          demand.elements[row * streams.count + s] = grid.rate(s, bin: bin, state: level.state)
        }
      }
      if totals.rows != block.count {
        totals = Matrix(rows: block.count, columns: perRequest.columns)
      }
      let begin = clock.now
      demand.multiply(perRequest, into: &totals)
      timing.add(clock.now - begin, demand.rows, demand.columns, perRequest.columns)
      let kinds = SeriesEstimate.kinds
      // By bin: part of the measured time, part of its row, place of its row.
      let places = block.map { bin in
        (
          inside: share * measuredSeconds(bin) / measured,
          weight: share * grid.seconds(ofBin: bin) / series.rowSeconds,
          row: bin / settings.binsPerRow * count
        )
      }
      table.withUnsafeMutableBufferPointer { table in
        totals.elements.withUnsafeBufferPointer { totals in
          for (row, place) in places.enumerated() {
            let (inside, weight, at) = place
            let base = row * Column.allCases.count * count
            for d in 0..<count {
              let cell = table.baseAddress! + (at + d) * kinds
              for kind in 0..<SeriesEstimate.rates {
                let value = totals[base + kind * count + d]
                sums[kind * count + d] += inside * value
                cell[kind] += weight * value
              }
              cell[5] += weight * used[d]
              cell[6] += weight * state.inFlight[d]
            }
          }
        }
      }
    }
    for d in 0..<count {
      deployments[d].attempts += sums[d]
      deployments[d].served += sums[count + d]
      deployments[d].promptTokens += sums[2 * count + d]
      deployments[d].outputTokens += sums[3 * count + d]
      deployments[d].tokenCost += sums[4 * count + d]
    }
  }

  private func utilisation(_ d: Int, _ state: LevelState) -> Double {
    if d < world.pools.count { return state.pools[d].busy }
    return state.inFlight[d] / Double(world.slots(ofDeployment: d))
  }

  // MARK: Figures of a level

  private mutating func addFigures(
    _ state: LevelState, seconds: Double, _ solver: inout LevelSolver
  ) {
    let share = seconds / measured
    for d in 0..<deploymentCount {
      deployments[d].refused += share * state.refused[d]
      deployments[d].spilledOut += share * state.spilledOut[d]
      deployments[d].spilledIn += share * state.spilledIn[d]
      deployments[d].inFlight += share * state.inFlight[d]
      deployments[d].utilisation += share * utilisation(d, state)
      guard d < world.pools.count else { continue }
      deployments[d].load += share * state.pools[d].load
      deployments[d].peakLoad = max(deployments[d].peakLoad, state.pools[d].load)
      deployments[d].running += share * state.pools[d].running
    }
    for q in quotas.indices {
      quotas[q].offered += share * state.offered[q]
      quotas[q].peakOffered = max(quotas[q].peakOffered, state.offered[q])
      quotas[q].refused += share * state.quotaRefused[q].first
    }
    let meetings = world.pools.indices.map { pool in
      state.models[pool].map { PoolModel.Meetings($0, state.pools[pool]) }
    }
    for (s, stream) in streams.enumerated() {
      let w = stream.workload
      workloads[w].arrived += share * state.rates[s]
      workloads[w].lost += share * state.lost[s]
      for d in 0..<deploymentCount {
        let cell = s * deploymentCount + d
        workloads[w].attempts += share * state.attempts[cell]
        guard state.served[cell] > 0 else { continue }
        workloads[w].served += share * state.served[cell]
        workloads[w].tokens +=
          share * state.served[cell] * (stream.promptTokens + stream.outputTokens)
        workloads[w].tokenCost +=
          share * state.served[cell] * costs[cell].dollars(cached: state.cached[cell])
        deployments[d].cachedTokens += share * state.served[cell] * state.cached[cell]
        if seconds > 0 { addLatencies(s, d, state, weight: seconds, meetings) }
      }
    }
  }

  /// The laws of latencies of a stream at a deployment.
  private mutating func addLatencies(
    _ s: Int, _ d: Int, _ state: LevelState, weight seconds: Double,
    _ meetings: [PoolModel.Meetings?]
  ) {
    let stream = streams[s]
    let cell = s * deploymentCount + d
    let way = ways[cell]
    let objective = world.workloads[stream.workload].objective
    var times: [(first: Double, perToken: Double)]
    if d < world.pools.count {
      guard let model = state.models[d] else { return }
      times = model.times(
        state.pools[d], prompts: some(stream.prompts),
        waits: SlotWait(world, streams, s, d, state, model), meetings: meetings[d])
    } else {
      times = endpoints[d - world.pools.count].times(
        stream, cached: state.cached[cell], inFlight: state.inFlight[d], slowness: 1)
    }
    let pauses = pauses(cell, state)
    let weight = seconds * state.served[cell] / Double(times.count)
    var good = 0.0
    for (place, time) in times.enumerated() {
      let output = stream.outputs[place * stream.outputs.count / times.count]
      for (part, extra) in pauses {
        let first = way + time.first + extra
        let end = first + (output - 1) * time.perToken
        let w = weight * part
        deployments[d].timeToFirstToken.add(first, weight: w)
        deployments[d].endToEnd.add(end, weight: w)
        workloads[stream.workload].timeToFirstToken.add(first, weight: w)
        workloads[stream.workload].endToEnd.add(end, weight: w)
        if output > 1 {
          deployments[d].timePerOutputToken.add(time.perToken, weight: w)
          workloads[stream.workload].timePerOutputToken.add(time.perToken, weight: w)
        }
        if (objective.timeToFirstToken.map { first <= $0.limit.seconds } ?? true)
          && (objective.timePerOutputToken.map { time.perToken <= $0.limit.seconds } ?? true)
          && (objective.endToEnd.map { end <= $0.limit.seconds } ?? true)
        {
          good += w
        }
      }
    }
    workloads[stream.workload].good += good / measured
  }

  /// Fewer of the equally likely prompts where there are many streams and deployments to mix.
  private func some(_ prompts: [Double]) -> [Double] {
    let most = max(8, 30_000 / max(1, streams.count * deploymentCount))
    guard prompts.count > most else { return prompts }
    let step = (prompts.count + most - 1) / most
    return stride(from: step / 2, to: prompts.count, by: step).map { prompts[$0] }
  }

  /// Parts of the requests and their pauses.
  private func pauses(_ cell: Int, _ state: LevelState) -> [(share: Double, seconds: Double)] {
    var parts: [(share: Double, seconds: Double)] = []
    var prompt = 1.0
    for late in state.late where late.cell == cell {
      let share = late.rate / state.served[cell]
      prompt -= share
      let spread = late.isTold ? 1 : 0.2
      for quarter in 0..<4 {
        let place = 1 + spread * (Double(quarter) - 1.5) / 2
        parts.append((share / 4, late.seconds * place))
      }
    }
    return [(max(0, prompt), 0)] + parts
  }

  // MARK: Usage

  private mutating func addUsage(
    _ bins: [Int], _ share: Double, _ level: DemandLevels.Level, _ state: LevelState,
    _ solver: inout LevelSolver
  ) {
    // Seconds × rate of every stream by period.
    var period = 0
    let edges = settings.periods
    var seconds = [Double](repeating: 0, count: usage.count)
    var requests = [[Double]](
      repeating: [Double](repeating: 0, count: streams.count), count: usage.count)
    for bin in bins {
      let start = Double(bin) * grid.binWidth.seconds
      while period + 1 < usage.count, start >= edges[period + 1] { period += 1 }
      // A bin over an edge is split; bins are shorter than periods.
      var from = start
      let end = start + grid.seconds(ofBin: bin)
      var at = period
      while from < end {
        let to = at + 1 < usage.count ? min(end, edges[at + 1]) : end
        seconds[at] += share * (to - from)
        for s in streams.indices {
          requests[at][s] += share * (to - from) * grid.rate(s, bin: bin, state: level.state)
        }
        from = to
        if from < end { at += 1 }
      }
    }
    for at in usage.indices where seconds[at] > 0 {
      for (s, stream) in streams.enumerated() {
        guard level.input.rates[s] > 0 else { continue }
        let scale = requests[at][s] / level.input.rates[s]
        usage[at].arrived[stream.workload] += scale * state.rates[s]
        for d in 0..<deploymentCount {
          let cell = s * deploymentCount + d
          guard state.served[cell] > 0 else { continue }
          let count = scale * state.served[cell]
          take(stream, d, count, cost: costs[cell], cached: state.cached[cell], into: at)
        }
      }
      for pool in world.pools.indices {
        usage[at].joules[pool] += seconds[at] * watts(pool, state)
      }
    }
  }

  private mutating func take(
    _ stream: StreamDemand, _ d: Int, _ count: Double, cost: RequestCost, cached: Double,
    into at: Int
  ) {
    let place = stream.workload * deploymentCount + d
    usage[at].requests[place] += count
    usage[at].promptTokens[place] += count * stream.promptTokens
    usage[at].outputTokens[place] += count * stream.outputTokens
    usage[at].cachedTokens[place] += count * cached
    if let cache = world.workloads[stream.workload].promptCache, d >= world.pools.count {
      // What repeats and was not there is kept.
      usage[at].writtenTokens[place] +=
        count * max(0, cache.share * stream.promptTokens - cached)
    }
    usage[at].longRequests[place] += count * cost.longShare
    usage[at].longPromptTokens[place] += count * cost.longPromptTokens
    usage[at].longOutputTokens[place] += count * cost.longOutputTokens
  }

  private func watts(_ pool: Int, _ state: LevelState) -> Double {
    guard let curve = world.billing?.power[pool] else { return 0 }
    let figures = state.pools[pool]
    let replicas = Double(world.pools[pool].replicas)
    let busy = figures.busy * replicas
    let batch = busy > 0 ? figures.running / busy : 0
    let each = curve.watts(batch: 0) * (replicas - busy) + curve.watts(batch: batch) * busy
    return each * Double(world.pools[pool].acceleratorsPerReplica)
  }
}
