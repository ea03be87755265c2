import Multicloud
import SimulationKernel

/// Bins of time sorted into levels: bins whose demand and incidents are the same, to a step of a few
/// percent, are looked at once.
///
/// Where there would be too many levels the step is made wider until there are not.
public struct DemandLevels: Sendable {
  /// A level: the means of its bins.
  struct Level: Sendable {
    var input: LevelInput
    /// Joint state of the workloads whose rates change at random.
    var state: Int
    var bins: Int
  }

  let levels: [Level]
  /// By state × bins + bin: the level.
  let levelOfBin: [Int32]
  /// The step: bins of one level differ by this factor at most.
  public let step: Double

  /// Number of levels.
  public var count: Int { levels.count }

  /// Sorts the bins of a grid. O(bins × streams).
  init(_ world: World, _ grid: DemandGrid, mostLevels: Int) {
    var step = 1.02
    while true {
      let (levelOfBin, count) = Self.sort(world, grid, step: step, most: mostLevels)
      if count <= mostLevels {
        self.step = step
        self.levelOfBin = levelOfBin
        levels = Self.means(world, grid, levelOfBin, count: count)
        return
      }
      step = 1 + (step - 1) * 2
    }
  }

  private static func sort(
    _ world: World, _ grid: DemandGrid, step: Double, most: Int
  ) -> ([Int32], Int) {
    var known: [UInt64: Int32] = [:]
    let bins = grid.bins
    let keys = grid.keyStreams
    var levelOfBin = [Int32](repeating: 0, count: bins * grid.states.count)
    let inverse = 1 / DeterministicMath.log(step)
    for state in grid.states.indices {
      for bin in 0..<bins {
        var hash = Fingerprint()
        hash.combine(UInt64(state), world.incidents.isEmpty ? 0 : mask(world, grid, bin))
        for stream in keys {
          let rate = grid.rate(stream, bin: bin, state: state)
          let step = rate > 0 ? Int64((DeterministicMath.log(rate) * inverse).rounded()) : Int64.min
          hash.combine(UInt64(bitPattern: step), UInt64(stream))
        }
        if let level = known[hash.value] {
          levelOfBin[state * bins + bin] = level
        } else {
          if known.count >= most { return ([], known.count + 1) }
          levelOfBin[state * bins + bin] = Int32(known.count)
          known[hash.value] = Int32(known.count)
        }
      }
    }
    return (levelOfBin, known.count)
  }

  /// Which incidents are under way for most of a bin.
  private static func mask(_ world: World, _ grid: DemandGrid, _ bin: Int) -> UInt64 {
    var mask = Fingerprint()
    for (id, incident) in world.incidents.enumerated()
    where isUnderWay(incident, grid, bin) {
      mask.combine(UInt64(id), 1)
    }
    return mask.value
  }

  private static func isUnderWay(_ incident: Incident, _ grid: DemandGrid, _ bin: Int) -> Bool {
    let middle = grid.binWidth * Int64(bin) + Duration(nanoseconds: grid.binWidth.nanoseconds / 2)
    return incident.start <= middle && middle < incident.start + incident.duration
  }

  private static func means(
    _ world: World, _ grid: DemandGrid, _ levelOfBin: [Int32], count: Int
  ) -> [Level] {
    let bins = grid.bins
    let none = [LevelInput.Condition](
      repeating: LevelInput.Condition(), count: world.deploymentCount)
    let whole = [Double](repeating: 1, count: world.quotas.count)
    var levels = (0..<count).map { _ in
      Level(
        input: LevelInput(
          rates: [Double](repeating: 0, count: grid.streams.count), conditions: none, cuts: whole),
        state: 0, bins: 0)
    }
    for state in grid.states.indices {
      for bin in 0..<bins {
        let level = Int(levelOfBin[state * bins + bin])
        if levels[level].bins == 0 {
          levels[level].state = state
          apply(world, grid, bin, to: &levels[level].input)
        }
        levels[level].bins += 1
        for stream in grid.streams.indices {
          levels[level].input.rates[stream] += grid.rate(stream, bin: bin, state: state)
        }
      }
    }
    for level in levels.indices {
      for stream in grid.streams.indices {
        levels[level].input.rates[stream] /= Double(levels[level].bins)
      }
    }
    return levels
  }

  /// What the incidents of a bin do to deployments and quotas.
  private static func apply(
    _ world: World, _ grid: DemandGrid, _ bin: Int, to input: inout LevelInput
  ) {
    for incident in world.incidents where isUnderWay(incident, grid, bin) {
      if case .quota(let quota) = incident.target, case .cuts(let share) = incident.effect {
        input.cuts[quota] = min(input.cuts[quota], share)
      }
      for id in 0..<world.deploymentCount where world.hits(incident.target, id) {
        switch incident.effect {
        case .fails: input.conditions[id].isDown = true
        case .hangs: input.conditions[id].isSilent = true
        case .slows(let factor): input.conditions[id].slowness *= factor
        case .cuts(let share):
          for quota in world.endpoint(ofDeployment: id)?.quotas ?? [] {
            input.cuts[quota] = min(input.cuts[quota], share)
          }
        // Some milliseconds on the way, no less service.
        case .loses: break
        }
      }
    }
  }
}
