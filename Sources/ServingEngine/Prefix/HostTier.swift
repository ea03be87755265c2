/// The blocks that a prefix cache has evicted to the host's memory, least recently evicted first.
///
/// A block is there once at most. Like the cache it keeps runs of blocks, last block first to go.
struct HostTier {
  private struct Run {
    var text: PrefixCache.TextName?
    var low: Int32
    var high: Int32
    var before: Int32 = -1
    var after: Int32 = -1
  }

  let capacity: Int
  private(set) var count = 0
  private var runs: [Run] = []
  private var free: Int32 = -1
  private var head: Int32 = -1
  private var tail: Int32 = -1
  /// The runs of each text, by block.
  private var byText: [PrefixCache.TextName: [Int32]] = [:]

  init(capacity: Int) { self.capacity = capacity }

  /// Forgets everything.
  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
    byText.removeAll(keepingCapacity: true)
    (free, head, tail, count) = (-1, -1, -1, 0)
  }

  /// How far a text is there from a block on, at most to `end`; the block itself where it is not.
  ///
  /// - Complexity: O(runs of the text).
  func reach(_ text: PrefixCache.TextName, from block: Int32, to end: Int32) -> Int32 {
    guard let ids = byText[text] else { return block }
    var at = block
    for id in ids {
      let run = runs[Int(id)]
      if run.low > at { break }
      if at < run.high { at = run.high }
      if at >= end { return end }
    }
    return at
  }

  /// Takes in evicted blocks, the last one first; the oldest make room.
  mutating func insert(_ text: PrefixCache.TextName, _ low: Int32, _ high: Int32) {
    remove(text, low, high)
    count += Int(high - low)
    if tail >= 0, runs[Int(tail)].text == text, runs[Int(tail)].low == high {
      runs[Int(tail)].low = low
    } else {
      append(Run(text: text, low: low, high: high))
    }
    while count > capacity {
      let id = head
      let run = runs[Int(id)]
      let due = Int32(truncatingIfNeeded: min(count - capacity, Int(run.high - run.low)))
      count -= Int(due)
      runs[Int(id)].high -= due
      if runs[Int(id)].high == runs[Int(id)].low { drop(id) }
    }
  }

  /// Takes blocks out, those of them that are there.
  mutating func remove(_ text: PrefixCache.TextName, _ low: Int32, _ high: Int32) {
    guard let ids = byText[text] else { return }
    for id in ids {
      let run = runs[Int(id)]
      let (from, to) = (max(run.low, low), min(run.high, high))
      if from >= to { continue }
      count -= Int(to - from)
      switch (run.low < from, to < run.high) {
      case (false, false): drop(id)
      case (true, false): runs[Int(id)].high = from
      case (false, true): runs[Int(id)].low = to
      case (true, true):
        // The upper part goes first, as it would have.
        runs[Int(id)].high = from
        insertRun(Run(text: text, low: to, high: run.high), before: id)
      }
    }
  }

  private mutating func append(_ run: Run) { link(new(run), after: tail) }

  private mutating func insertRun(_ run: Run, before next: Int32) {
    link(new(run), after: runs[Int(next)].before)
  }

  private mutating func new(_ run: Run) -> Int32 {
    let id: Int32
    if free >= 0 {
      id = free
      free = runs[Int(id)].after
      runs[Int(id)] = run
    } else {
      id = Int32(truncatingIfNeeded: runs.count)
      runs.append(run)
    }
    if let text = run.text {
      let place = byText[text]?.firstIndex { runs[Int($0)].low > run.low }
      if let place {
        byText[text]?.insert(id, at: place)
      } else {
        byText[text, default: []].append(id)
      }
    }
    return id
  }

  private mutating func link(_ id: Int32, after previous: Int32) {
    let next = previous >= 0 ? runs[Int(previous)].after : head
    runs[Int(id)].before = previous
    runs[Int(id)].after = next
    if previous >= 0 { runs[Int(previous)].after = id } else { head = id }
    if next >= 0 { runs[Int(next)].before = id } else { tail = id }
  }

  private mutating func drop(_ id: Int32) {
    let run = runs[Int(id)]
    if run.before >= 0 { runs[Int(run.before)].after = run.after } else { head = run.after }
    if run.after >= 0 { runs[Int(run.after)].before = run.before } else { tail = run.before }
    if let text = run.text {
      byText[text]?.removeAll { $0 == id }
      if byText[text]?.isEmpty == true { byText[text] = nil }
    }
    runs[Int(id)] = Run(text: nil, low: 0, high: 0)
    runs[Int(id)].after = free
    free = id
  }
}
