/// The adapters of one replica: which are on the accelerator, which in the host's memory, who runs.
///
/// Both memories forget who has been out of use for longest: the adapter whose last running request left
/// first, among those that left at one boundary the smaller number.
struct AdapterBank {
  struct Entry {
    var adapter: Int32
    /// Requests running with it.
    var running = 0
    /// When the last of them left, nanoseconds.
    var leftAt: Int64 = 0
    var isResident = false
  }

  /// Those in the host's memory, in no particular order; few, so that a walk beats a table.
  private(set) var entries: [Entry] = []
  /// Adapters that somebody runs with.
  private(set) var distinct = 0
  /// Decoding sequences that have an adapter.
  var decodes = 0
  /// Loads of the step that is being formed, picoseconds.
  var loading: Int64 = 0
  /// Loads since the start.
  private(set) var loads: Int64 = 0

  /// Whether somebody runs with it.
  func isRunning(_ adapter: Int32) -> Bool {
    entries.contains { $0.adapter == adapter && $0.running > 0 }
  }

  /// A request with the adapter is admitted: it is loaded where it must be.
  ///
  /// - Precondition: it runs already, or fewer than are resident run.
  mutating func enter(_ adapter: Int32, _ settings: AdapterSettings) {
    let place = entries.firstIndex { $0.adapter == adapter } ?? fetch(adapter, settings)
    if !entries[place].isResident {
      if entries.reduce(0, { $0 + ($1.isResident ? 1 : 0) }) == settings.resident {
        entries[longestOut { $0.isResident }].isResident = false
      }
      entries[place].isResident = true
      loading += settings.loadTime
      loads += 1
    }
    if entries[place].running == 0 { distinct += 1 }
    entries[place].running += 1
  }

  private mutating func fetch(_ adapter: Int32, _ settings: AdapterSettings) -> Int {
    loading += settings.fetchTime
    if entries.count == settings.held {
      let place = longestOut { _ in true }
      entries[place] = Entry(adapter: adapter)
      return place
    }
    entries.append(Entry(adapter: adapter))
    return entries.count - 1
  }

  /// The place of the entry that is out of use for longest.
  private func longestOut(_ isCandidate: (Entry) -> Bool) -> Int {
    var oldest = -1
    for (place, entry) in entries.enumerated() where entry.running == 0 && isCandidate(entry) {
      if oldest < 0
        || (entry.leftAt, entry.adapter) < (entries[oldest].leftAt, entries[oldest].adapter)
      {
        oldest = place
      }
    }
    precondition(oldest >= 0, "one adapter of those held is out of use")
    return oldest
  }

  /// A request with the adapter leaves the running at a boundary.
  mutating func leave(_ adapter: Int32, at time: Int64) {
    guard let place = entries.firstIndex(where: { $0.adapter == adapter }) else {
      preconditionFailure("a running request's adapter is held")
    }
    entries[place].running -= 1
    assert(entries[place].running >= 0)
    if entries[place].running == 0 {
      distinct -= 1
      entries[place].leftAt = time
    }
  }

  /// The replica died.
  mutating func empty() {
    entries.removeAll(keepingCapacity: true)
    distinct = 0
    decodes = 0
    loading = 0
  }
}
