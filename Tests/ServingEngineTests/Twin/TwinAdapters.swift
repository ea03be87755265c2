import ServingEngine

/// The adapters of the twin's replica: sets on the accelerator and on the host, and when each was last in
/// use.
struct TwinAdapters {
  let settings: AdapterSettings
  private var onAccelerator: Set<Int> = []
  private var onHost: Set<Int> = []
  private var lastUse: [Int: Int64] = [:]
  /// Loads and evictions so far.
  private(set) var loads = 0
  private(set) var evictions = 0

  init(_ settings: AdapterSettings) { self.settings = settings }

  /// A boundary: whoever ran until now used its adapter until now.
  mutating func use(_ adapters: [Int], at now: Int64) {
    for adapter in adapters where adapter >= 0 { lastUse[adapter] = now }
  }

  /// Brings an adapter onto the accelerator while those of `running` stay; picoseconds it takes.
  mutating func bring(_ adapter: Int, running: [Int]) -> Int64 {
    if onAccelerator.contains(adapter) { return 0 }
    var time = settings.loadTime
    loads += 1
    if !onHost.contains(adapter) {
      time += settings.fetchTime
      if onHost.count == settings.held {
        let gone = longestUnused(onHost.subtracting(running))
        onHost.remove(gone)
        if onAccelerator.remove(gone) != nil { evictions += 1 }
      }
      onHost.insert(adapter)
    }
    if onAccelerator.count == settings.resident {
      onAccelerator.remove(longestUnused(onAccelerator.subtracting(running)))
      evictions += 1
    }
    onAccelerator.insert(adapter)
    precondition(onAccelerator.isSubset(of: onHost))
    precondition(Set(running.filter { $0 >= 0 }).isSubset(of: onAccelerator))
    return time
  }

  private func longestUnused(_ adapters: Set<Int>) -> Int {
    adapters.min { (lastUse[$0]!, $0) < (lastUse[$1]!, $1) }!
  }

  /// The replica died.
  mutating func clear() {
    onAccelerator = []
    onHost = []
    lastUse = [:]
  }
}
