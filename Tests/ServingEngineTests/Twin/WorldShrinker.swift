import ServingEngine

/// The smallest world found, starting from `world`, on which `failing` still holds.
///
/// Takes away requests and makes numbers smaller, one change at a time, and keeps a change when
/// the smaller world is still a world and still fails. Stops when nothing helps any more or after
/// `attempts` worlds.
func shrink(
  _ world: SmallWorld, attempts: Int = 4_000, failing: (SmallWorld) -> Bool
) -> SmallWorld {
  precondition(failing(world), "only a failing world can be shrunk")
  return withoutActuallyEscaping(failing) { failing in
    var shrinker = WorldShrinker(best: world, attemptsLeft: attempts, failing: failing)
    shrinker.run()
    return shrinker.best
  }
}

private struct WorldShrinker {
  var best: SmallWorld
  var attemptsLeft: Int
  let failing: (SmallWorld) -> Bool

  mutating func run() {
    var before: SmallWorld
    repeat {
      before = best
      removeFailures()
      removeProfileChanges()
      removeTransfers()
      removeRequests()
      removeRequestsWithTheirBlocks()
      simplifySettings()
      simplifyStepTime()
      simplifyRequests()
    } while best != before && attemptsLeft > 0
  }

  /// Keeps the change if the world still fails; says whether it did.
  @discardableResult
  private mutating func keep(_ change: (inout SmallWorld) -> Void) -> Bool {
    var candidate = best
    change(&candidate)
    guard candidate != best, candidate.isValid, attemptsLeft > 0 else { return false }
    attemptsLeft -= 1
    guard failing(candidate) else { return false }
    best = candidate
    return true
  }

  /// Brings a number as near to `floor` as it goes.
  private mutating func lower(
    _ path: WritableKeyPath<SmallWorld, Int>, to floor: Int
  ) {
    if keep({ $0[keyPath: path] = floor }) { return }
    while best[keyPath: path] > floor {
      let value = best[keyPath: path]
      let halved = keep { $0[keyPath: path] = floor + (value - floor) / 2 }
      if !halved && !keep({ $0[keyPath: path] = value - 1 }) { return }
    }
  }

  private mutating func removeFailures() {
    keep { $0.failures = [] }
    keep { $0.comebackDelay = nil }
    for index in best.failures.indices.reversed() {
      keep { $0.failures.remove(at: index) }
    }
    for index in best.failures.indices { keep { $0.failures[index].isEarly = false } }
  }

  private mutating func removeProfileChanges() {
    keep {
      $0.profileChanges = []
      $0.otherStepTimes = []
    }
    for index in best.profileChanges.indices.reversed() {
      keep { $0.profileChanges.remove(at: index) }
    }
  }

  private mutating func removeTransfers() {
    keep { world in
      for index in world.requests.indices {
        world.requests[index].transfer = nil
        world.requests[index].keepsFor = nil
      }
      world.settings.transfersCaches = false
    }
    for index in best.requests.indices {
      keep { $0.requests[index].transfer = nil }
      keep { $0.requests[index].keepsFor = nil }
      keep { $0.requests[index].transfer?.bringsFirstToken = false }
      keep { $0.requests[index].transfer?.delay = 1 }
      keep { $0.requests[index].keepsFor = $0.requests[index].keepsFor.map { _ in 1 } }
    }
  }

  private mutating func removeRequests() {
    var length = max(1, best.requests.count / 2)
    while length >= 1 {
      var start = best.requests.count - length
      while start >= 0 {
        if start + length <= best.requests.count {
          keep { world in
            world.requests.removeSubrange(start..<(start + length))
            for index in world.requests.indices { world.requests[index].id = index }
          }
        }
        start -= length
      }
      length /= 2
    }
  }

  /// A shortage of blocks often survives only if they go together with whoever would hold them.
  private mutating func removeRequestsWithTheirBlocks() {
    for id in best.requests.indices.reversed() where id < best.requests.count {
      let request = best.requests[id]
      let block = best.settings.blockTokens
      let most = (request.promptTokens + request.outputTokens + block - 1) / block
      var tried: [Int] = []
      for blocks in [most, (request.promptTokens + block - 1) / block, (most + 1) / 2, 1]
      where !tried.contains(blocks) {
        tried.append(blocks)
        let isGone = keep { world in
          world.requests.remove(at: id)
          for index in world.requests.indices { world.requests[index].id = index }
          world.settings.kvBlocks -= blocks
          world.settings.maxModelTokens = min(
            world.settings.maxModelTokens, world.settings.kvBlocks * block)
        }
        if isGone { break }
      }
    }
  }

  private mutating func simplifySettings() {
    keep { $0.settings.offload = nil }
    keep {
      $0.settings.prefixCache = false
      $0.settings.offload = nil
    }
    keep { $0.settings.order = .firstComeFirstServed }
    keep { $0.settings.speculation = SpeculationSettings() }
    keep { $0.settings.speculation.lookaheadTokens = 0 }
    keep { world in
      world.settings.adapters = AdapterSettings()
      for index in world.requests.indices { world.requests[index].adapter = -1 }
    }
    keep { $0.settings.adapters.loadTime = 0 }
    keep { $0.settings.adapters.fetchTime = 0 }
    keep { $0.stepTime.adapters = AdapterTimes() }
    keep { $0.settings.prefillsFirst = false }
    keep { $0.settings.watermarkBlocks = 0 }
    keep { $0.settings.reservesWholePrompt = false }
    keep { $0.settings.mixesPrefill = true }
    keep { $0.settings.longPrefillThreshold = 0 }
    keep { $0.settings.maxModelTokens = $0.settings.kvBlocks * $0.settings.blockTokens }
    lower(\.settings.maxSequences, to: 1)
    lower(\.settings.maxBatchedTokens, to: best.settings.maxSequences)
    lowerBlocks()
    keep {
      $0.settings.blockTokens = 1
      $0.settings.maxModelTokens = min($0.settings.maxModelTokens, $0.settings.kvBlocks)
    }
    keep { world in
      let needed = world.settings.maxSequences + 1
      world.stepTime.decodeBase.removeLast(world.stepTime.decodeBase.count - needed)
    }
  }

  /// Fewer blocks also means a lower limit on the model length.
  private mutating func lowerBlocks() {
    var goOn = true
    while goOn && best.settings.kvBlocks > 1 {
      goOn = false
      for blocks in [best.settings.kvBlocks / 2, best.settings.kvBlocks - 1] where !goOn {
        goOn = keep {
          $0.settings.kvBlocks = blocks
          $0.settings.maxModelTokens = min(
            $0.settings.maxModelTokens, blocks * $0.settings.blockTokens)
        }
      }
    }
  }

  private mutating func simplifyStepTime() {
    keep { world in
      world.stepTime.perKVToken = 0
      world.stepTime.decodeBase = world.stepTime.decodeBase.map { _ in 1000 }
      world.stepTime.mixed = StepTimeModel.MixedCoefficients()
      world.stepTime.mixed.base = 1000
    }
    keep { $0.stepTime.perKVToken = 0 }
    if best.stepTime.perKVToken > 1 { keep { $0.stepTime.perKVToken = 1 } }
    keep { world in
      let first = world.stepTime.decodeBase[1]
      world.stepTime.decodeBase = world.stepTime.decodeBase.map { _ in first }
    }
    for batch in best.stepTime.decodeBase.indices {
      keep { $0.stepTime.decodeBase[batch] = batch == 0 ? 0 : 1000 }
    }
    keep { $0.stepTime.mixed.mixedPenalty = [] }
    keep { $0.stepTime.mixed.experts = 0 }
    keep { $0.stepTime.mixed.activeExpertTable = [] }
    keep { $0.stepTime.mixed.attentionRanks = 1 }
    for (name, path) in StepTimeModel.MixedCoefficients.named {
      // Without a base a step could take no time at all, which no real one does.
      if name != "base" { keep { $0.stepTime.mixed[keyPath: path] = 0 } }
      keep { $0.stepTime.mixed[keyPath: path].round(.up) }
    }
    keep { $0.stepTime.mixed.base = 1000 }
  }

  private mutating func simplifyRequests() {
    keep { world in
      for index in world.requests.indices { world.requests[index].cancelTime = nil }
    }
    keep { world in
      for index in world.requests.indices { world.requests[index].priority = 0 }
    }
    keep { world in
      for index in world.requests.indices { world.requests[index].session = 0 }
    }
    keep { world in
      for index in world.requests.indices { world.requests[index].prefix = -1 }
    }
    for index in best.requests.indices {
      keep { $0.requests[index].cancelTime = nil }
      keep { $0.requests[index].priority = 0 }
      keep { $0.requests[index].decodeSteps = 0 }
      keep { $0.requests[index].adapter = -1 }
      keep { $0.requests[index].prefix = -1 }
      keep { $0.requests[index].session = 0 }
      lower(\.requests[index].outputTokens, to: 1)
      lower(\.requests[index].promptTokens, to: 1)
      shortenGap(before: index)
      soonerCancel(of: index)
    }
  }

  /// Moves this request and all later ones towards the one before.
  private mutating func shortenGap(before index: Int) {
    var goOn = true
    while goOn {
      goOn = false
      let previous = index == 0 ? 0 : best.requests[index - 1].arrival
      let gap = best.requests[index].arrival - previous
      for cut in [gap, gap / 2, 1] where !goOn && cut > 0 && cut <= gap {
        goOn = keep { world in
          for later in index..<world.requests.count {
            world.requests[later].arrival -= cut
            if let cancel = world.requests[later].cancelTime {
              world.requests[later].cancelTime = cancel - cut
            }
          }
        }
      }
    }
  }

  private mutating func soonerCancel(of index: Int) {
    var goOn = true
    while goOn, let cancel = best.requests[index].cancelTime {
      goOn = false
      let wait = cancel - best.requests[index].arrival
      for shorter in [1, wait / 2, wait - 1] where !goOn && shorter >= 1 && shorter < wait {
        goOn = keep { $0.requests[index].cancelTime = $0.requests[index].arrival + shorter }
      }
    }
  }
}
