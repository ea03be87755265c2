/// What serving low-rank adapters costs on any accelerator.
public struct AdapterCosts: Hashable, Sendable {
  /// Launch of one adapter kernel, microseconds; a layer has eight, two for each of its four products.
  public var launchMicroseconds: Double
  /// Share of the memory rate reached while an adapter's weights are read.
  public var memoryEfficiency: Double
  /// Share of the 16-bit peak reached in its products.
  public var computeEfficiency: Double
  /// Rate at which an adapter comes from the host's memory, bytes per second for each accelerator.
  public var loadBytesPerSecond: Double
  /// Rate at which an adapter comes into the host's memory, bytes per second.
  public var fetchBytesPerSecond: Double
  /// What the numbers rest on.
  public var evidence: Evidence

  /// Creates costs.
  public init(
    launchMicroseconds: Double, memoryEfficiency: Double, computeEfficiency: Double,
    loadBytesPerSecond: Double, fetchBytesPerSecond: Double, evidence: Evidence
  ) {
    self.launchMicroseconds = launchMicroseconds
    self.memoryEfficiency = memoryEfficiency
    self.computeEfficiency = computeEfficiency
    self.loadBytesPerSecond = loadBytesPerSecond
    self.fetchBytesPerSecond = fetchBytesPerSecond
    self.evidence = evidence
  }
}

/// Which adapters a deployment makes room for.
public struct AdapterPlan: Hashable, Sendable {
  /// Adapters on the accelerator (`max_loras`).
  public var resident: Int
  /// Adapters in the host's memory (`max_cpu_loras`).
  public var held: Int
  /// Rank they have, or are given room for (`max_lora_rank`).
  public var rank: Int
  /// What they cost.
  public var costs: AdapterCosts
  /// Picoseconds of a load from the host's memory, in place of what the costs come to.
  public var loadTime: Int64?
  /// Picoseconds to bring one into the host's memory, in place of what the costs come to.
  public var fetchTime: Int64?
  /// Picoseconds added to a step in which anybody has one, in place of what the costs come to.
  public var perStep: Int64?
  /// Picoseconds added by each different one of a step, in place of what the costs come to.
  public var perAdapter: Int64?
  /// Picoseconds added by each token computed with one, in place of what the costs come to.
  public var perToken: Int64?

  /// Creates a plan that leaves every time to the costs.
  public init(resident: Int, held: Int, rank: Int, costs: AdapterCosts) {
    self.resident = resident
    self.held = held
    self.rank = rank
    self.costs = costs
  }
}

extension LanguageModel {
  /// Parameters of an adapter of this rank on every product of attention and of a dense feed-forward layer;
  /// experts have none.
  public func adapterParameters(rank: Int) -> Int {
    let queries = heads * headDimension
    let keys = kvHeads * headDimension
    let attention = 2 * (hiddenSize + queries) + 2 * (hiddenSize + keys)
    let feedForward = experts == 0 ? 3 * (hiddenSize + feedForwardSize) : 0
    return layers * rank * (attention + feedForward)
  }
}

extension EngineDeployment {
  /// Bytes that the adapters' places take on each accelerator.
  var adapterBytes: Double {
    adapters.map { Double($0.resident) * bytesPerAdapter($0) } ?? 0
  }

  /// Bytes of one adapter on each accelerator, at 16 bits.
  private func bytesPerAdapter(_ plan: AdapterPlan) -> Double {
    Double(model.adapterParameters(rank: plan.rank)) * Precision.bf16.bytesPerParameter
      / Double(tensorParallel)
  }

  /// Loads as the scheduler knows them.
  func adapterSettings(_ plan: AdapterPlan) -> AdapterSettings {
    let bytes = bytesPerAdapter(plan)
    func time(_ bytes: Double, _ rate: Double) -> Int64 {
      Int64((bytes / rate * 1e12).rounded(.toNearestOrEven))
    }
    return AdapterSettings(
      resident: plan.resident, held: plan.held,
      loadTime: plan.loadTime ?? time(bytes, plan.costs.loadBytesPerSecond),
      fetchTime: plan.fetchTime
        ?? time(bytes * Double(tensorParallel), plan.costs.fetchBytesPerSecond))
  }

  /// What adapters add to steps: launches, the reading of each one's weights, each token's products.
  func adapterTimes(_ plan: AdapterPlan, head: MatrixKernel) -> AdapterTimes {
    let reading = bytesPerAdapter(plan)
    let perAdapter =
      reading / (plan.costs.memoryEfficiency * accelerator.memoryBytesPerSecond) * 1e12
    let perToken =
      2 * Double(model.adapterParameters(rank: plan.rank)) / Double(tensorParallel)
      / (plan.costs.computeEfficiency * head.peakFLOPsPerSecond) * 1e12
    let perStep = Double(model.layers) * 8 * plan.costs.launchMicroseconds * 1e6
    func whole(_ time: Double) -> Int64 { Int64(time.rounded(.toNearestOrEven)) }
    return AdapterTimes(
      perStep: plan.perStep ?? whole(perStep), perAdapter: plan.perAdapter ?? whole(perAdapter),
      perToken: plan.perToken ?? whole(perToken))
  }
}
