import SimulationKernel

/// The KV blocks of one replica as a cache of prefixes, by vLLM's rules.
///
/// Only full blocks have a name: their text from the beginning to the block's end. A block that nobody
/// holds keeps its content and stands in a queue; an allocation takes the queue's first, whatever it
/// holds. A request's blocks join the queue's end last block first, so that the beginning of a text,
/// which others may share, lives longest. A block that is hit while it is free leaves the queue.
/// Equal blocks are not made one: of several copies the oldest is hit.
/// Source: vLLM V1 (`vllm/v1/core/block_pool.py`, `vllm/v1/core/kv_cache_manager.py`), 0.9 to 0.22.
///
/// Blocks are kept as *extents*, runs with one fate, so that nothing here is done block by block: all
/// costs are in the number of stretches of text a request is made of. What an allocation takes is only
/// a number, and its blocks are taken off the queue when somebody looks.
///
/// A block that two stretches of text share is the later one's. The text of a session is taken to be
/// linear: a later turn repeats what came before it, answers included.
struct PrefixCache {
  let tree: PrefixTree
  let blockTokens: Int
  let blocks: Int

  var texts: [Text] = []
  private var freeText: Int32 = -1
  private var textByName: [TextName: Int32] = [:]
  var extents: [Extent] = []
  private var freeExtent: Int32 = -1
  private var holds: [Hold] = []
  private var freeHold: Int32 = -1
  /// The first to be taken, and the last.
  private(set) var queueHead: Int32 = -1
  private(set) var queueTail: Int32 = -1
  /// Blocks in the queue, those included that have been allocated since somebody last looked.
  private(set) var queued = 0
  /// Session texts that several running requests write at once.
  private(set) var contested = 0
  /// What was evicted to the host's memory; `nil` where nothing is kept there.
  private var host: HostTier?
  private var parts: [Part] = []
  private var finds: [Find] = []

  /// Creates a cache of empty blocks.
  ///
  /// - Parameter hostBlocks: Blocks that the host's memory keeps of what is evicted; 0 for none.
  init(tree: PrefixTree, blockTokens: Int, blocks: Int, hostBlocks: Int = 0) {
    host = hostBlocks > 0 ? HostTier(capacity: hostBlocks) : nil
    self.tree = tree
    self.blockTokens = blockTokens
    self.blocks = blocks
    appendNothing(blocks)
  }

  /// Forgets everything: a replica that died. Who held something holds nothing any more.
  mutating func removeAll() {
    texts.removeAll(keepingCapacity: true)
    extents.removeAll(keepingCapacity: true)
    holds.removeAll(keepingCapacity: true)
    textByName.removeAll(keepingCapacity: true)
    freeText = -1
    freeExtent = -1
    freeHold = -1
    queueHead = -1
    queueTail = -1
    queued = 0
    contested = 0
    host?.removeAll()
    appendNothing(blocks)
  }

  // MARK: What a request is made of

  /// Whether the session of a request names its words: they follow its whole prefix.
  func writesSession(_ request: PrefixRequest) -> Bool {
    request.session != 0 && tree.endTokens(of: Int(request.prefix)) <= Int(request.prompt)
  }

  /// Lists the stretches of a request's text, in order, the last one without end.
  ///
  /// - Complexity: O(depth of its prefix).
  private mutating func list(_ request: PrefixRequest, tail: Int32) {
    parts.removeAll(keepingCapacity: true)
    var node = request.prefix
    var end = min(tree.endTokens(of: Int(node)), Int(request.prompt)) / blockTokens
    let last = Int32(truncatingIfNeeded: end)
    while node >= 0 {
      let parent = tree.nodes[Int(node)].parent
      let start = min(tree.endTokens(of: Int(parent)) / blockTokens, end)
      if start < end {
        let name = TextName.node(node)
        parts.append(
          Part(
            text: textByName[name] ?? -1, name: name, low: Int32(truncatingIfNeeded: start),
            high: Int32(truncatingIfNeeded: end)))
      }
      end = start
      node = parent
    }
    parts.reverse()
    let name =
      writesSession(request) ? TextName.session(request.session, after: request.prefix) : nil
    let text = tail >= 0 ? tail : name.flatMap { textByName[$0] } ?? -1
    parts.append(Part(text: text, name: name, low: last, high: Int32.max))
  }

  /// The running requests that write the text of this one's session.
  func firstWriter(of request: PrefixRequest) -> Int32 {
    guard writesSession(request),
      let text = textByName[.session(request.session, after: request.prefix)]
    else { return -1 }
    return texts[Int(text)].firstWriter
  }

  // MARK: Looking

  /// Finds the longest chain of cached blocks at the beginning of a request, at most `limit` of them.
  ///
  /// - Precondition: what has been allocated so far is taken (``take(_:)``).
  /// - Complexity: O(stretches of text), times copies where equal blocks were computed twice.
  mutating func find(
    _ request: PrefixRequest, _ holder: PrefixHolder, limit: Int
  ) -> Hit {
    list(request, tail: holder.tail)
    finds.removeAll(keepingCapacity: true)
    var hit = Hit()
    for part in parts {
      let end = min(part.high, Int32(truncatingIfNeeded: limit))
      var at = part.low
      while at < end {
        guard let found = part.text < 0 ? nil : oldest(part.text, at: at, below: end) else {
          hit.loaded = findAtHost(from: at, limit: Int32(truncatingIfNeeded: limit))
          return hit
        }
        finds.append(found)
        let count = Int(found.high - found.low)
        hit.blocks += count
        if extents[Int(found.extent)].holders == 0 { hit.free += count }
        at = found.high
      }
      if end < part.high { break }
    }
    return hit
  }

  /// How many blocks from one on the host's memory has, of the request listed last.
  private func findAtHost(from block: Int32, limit: Int32) -> Int {
    guard let host else { return 0 }
    var at = block
    for part in parts where part.high > at {
      guard let name = part.name else { break }
      let end = min(part.high, limit)
      at = host.reach(name, from: at, to: end)
      if at < end || end < part.high { break }
    }
    return Int(at - block)
  }

  /// Takes blocks that are loaded out of the host's memory.
  private mutating func load(from block: Int32, count: Int) {
    let end = block + Int32(truncatingIfNeeded: count)
    for part in parts where part.high > block && part.low < end {
      guard let name = part.name else { return }
      host?.remove(name, max(part.low, block), min(part.high, end))
    }
  }

  /// The oldest copy of a block, as far as it is the oldest and cached.
  private func oldest(_ text: Int32, at block: Int32, below end: Int32) -> Find? {
    var end = end
    var extent = texts[Int(text)].oldest
    while extent >= 0 {
      let e = extents[Int(extent)]
      if e.low <= block, block < e.high {
        return Find(extent: extent, low: block, high: min(end, e.high))
      }
      if e.low > block { end = min(end, e.low) }
      extent = e.younger
    }
    return nil
  }

  // MARK: Holding

  /// Lets a request hold what ``find(_:_:limit:)`` found last, and names whom its further blocks
  /// belong to.
  ///
  /// - Parameters:
  ///   - writer: The request's number, unique among those running, to find it again as a writer.
  ///   - loaded: Blocks after the hit that come from the host's memory (``Hit/loaded``).
  mutating func admit(
    _ request: PrefixRequest, _ holder: inout PrefixHolder, writer: Int32, loaded: Int = 0
  ) {
    for found in finds {
      var extent = found.extent
      while extents[Int(extent)].high <= found.low { extent = extents[Int(extent)].above }
      if extents[Int(extent)].low < found.low { extent = split(extent, at: found.low) }
      if extents[Int(extent)].high > found.high { _ = split(extent, at: found.high) }
      if extents[Int(extent)].holders == 0 { leaveQueue(extent) }
      extents[Int(extent)].holders += 1
      pushHold(&holder, extent)
      holder.named = found.high
    }
    if loaded > 0 { load(from: holder.named, count: loaded) }
    let tail = holder.tail >= 0 ? holder.tail : text(named: parts[parts.count - 1].name)
    if holder.tail < 0 { texts[Int(tail)].users += 1 }
    holder.tail = tail
    holder.nextWriter = texts[Int(tail)].firstWriter
    texts[Int(tail)].firstWriter = writer
    texts[Int(tail)].writers += 1
    if texts[Int(tail)].writers == 2 { contested += 1 }
  }

  /// Names a request's full blocks up to `full`; those hit are named already.
  mutating func name(_ request: PrefixRequest, _ holder: inout PrefixHolder, full: Int) {
    let full = Int32(truncatingIfNeeded: full)
    if full <= holder.named { return }
    list(request, tail: holder.tail)
    for part in parts where part.high > holder.named && part.low < full {
      let high = min(part.high, full)
      let text = part.text >= 0 ? part.text : text(named: part.name)
      extend(&holder, text, from: holder.named, to: high)
      holder.named = high
    }
  }

  /// Adds blocks to what a request holds: to its last extent where nobody shares that.
  private mutating func extend(
    _ holder: inout PrefixHolder, _ text: Int32, from low: Int32, to high: Int32
  ) {
    if holder.top >= 0 {
      let last = lastPiece(holder.top)
      let e = extents[Int(last)]
      if e.text == text, e.high == low, e.holders == 1, e.younger < 0 {
        extents[Int(last)].high = high
        holds[Int(holder.top)].high = high
        return
      }
    }
    let extent = newExtent(Extent(text: text, low: low, high: high, holders: 1))
    appendYoungest(extent)
    pushHold(&holder, extent)
  }

  /// Takes back all that a request holds: its last blocks join the queue first.
  ///
  /// - Parameters:
  ///   - writer: The number it was admitted with.
  ///   - tokens: Tokens whose blocks it holds.
  ///   - isGone: Whether it never comes back, so that its own words serve nobody.
  ///   - holders: The others, by number.
  /// - Returns: Blocks that nobody holds any more.
  mutating func release(
    _ request: PrefixRequest, _ holder: inout PrefixHolder, writer: Int32, tokens: Int,
    isGone: Bool, holders: (Int32) -> UnsafeMutablePointer<PrefixHolder>
  ) -> Int {
    let tail = holder.tail
    let isOwn = texts[Int(tail)].name == nil
    let full = tokens / blockTokens
    if !(isOwn && isGone) { name(request, &holder, full: full) }
    if isOwn && isGone { texts[Int(tail)].isOrphan = true }
    let unnamed = (tokens + blockTokens - 1) / blockTokens - Int(holder.named)
    assert(unnamed >= 0)
    appendNothing(unnamed)
    var freed = unnamed
    while holder.top >= 0 {
      let hold = holds[Int(holder.top)]
      var piece = lastPiece(holder.top)
      while true {
        let below = extents[Int(piece)].below
        extents[Int(piece)].holders -= 1
        let isLast = piece == hold.extent
        if extents[Int(piece)].holders == 0 {
          freed += extents[Int(piece)].count
          joinQueue(piece)
        }
        if isLast { break }
        piece = below
      }
      holds[Int(holder.top)].under = freeHold
      freeHold = holder.top
      holder.top = hold.under
    }
    holder.named = 0
    stopWriting(&holder, tail, writer, holders)
    if isGone || !isOwn {
      holder.tail = -1
      dropUser(tail)
    }
    return freed
  }

  /// Lets a request that was preempted, and holds nothing, go for good.
  mutating func forget(_ holder: inout PrefixHolder) {
    assert(holder.top < 0)
    if holder.tail < 0 { return }
    dropUser(holder.tail)
    holder.tail = -1
  }

  private mutating func stopWriting(
    _ holder: inout PrefixHolder, _ tail: Int32, _ writer: Int32,
    _ holders: (Int32) -> UnsafeMutablePointer<PrefixHolder>
  ) {
    if texts[Int(tail)].firstWriter == writer {
      texts[Int(tail)].firstWriter = holder.nextWriter
    } else {
      var at = texts[Int(tail)].firstWriter
      while holders(at).pointee.nextWriter != writer { at = holders(at).pointee.nextWriter }
      holders(at).pointee.nextWriter = holder.nextWriter
    }
    holder.nextWriter = -1
    texts[Int(tail)].writers -= 1
    if texts[Int(tail)].writers == 1 { contested -= 1 }
  }

  private mutating func pushHold(_ holder: inout PrefixHolder, _ extent: Int32) {
    let hold = Hold(extent: extent, high: extents[Int(extent)].high, under: holder.top)
    if freeHold >= 0 {
      holder.top = freeHold
      freeHold = holds[Int(freeHold)].under
      holds[Int(holder.top)] = hold
    } else {
      holder.top = Int32(truncatingIfNeeded: holds.count)
      holds.append(hold)
    }
  }

  /// The uppermost piece of what was one extent when the hold was taken.
  private func lastPiece(_ hold: Int32) -> Int32 {
    let high = holds[Int(hold)].high
    var piece = holds[Int(hold)].extent
    while extents[Int(piece)].high < high { piece = extents[Int(piece)].above }
    assert(extents[Int(piece)].high == high)
    return piece
  }

  // MARK: The queue of free blocks

  /// Takes the queue's first blocks off it until `free` are left.
  ///
  /// - Complexity: O(extents taken), each of which was put there once.
  mutating func take(downTo free: Int) {
    assert(free <= queued)
    var due = queued - free
    queued = free
    while due > 0 {
      let head = queueHead
      let count = extents[Int(head)].count
      if host != nil { evict(head, min(count, due)) }
      if count > due {
        unlinkAbove(head)
        extents[Int(head)].high -= Int32(truncatingIfNeeded: due)
        return
      }
      due -= count
      unlinkQueue(head)
      drop(head)
    }
  }

  /// Lets the host's memory keep the last blocks of an extent that is taken.
  private mutating func evict(_ extent: Int32, _ count: Int) {
    let e = extents[Int(extent)]
    guard e.text >= 0, let name = texts[Int(e.text)].name else { return }
    host?.insert(name, e.high - Int32(truncatingIfNeeded: count), e.high)
  }

  /// Puts blocks without a name at the queue's end.
  private mutating func appendNothing(_ count: Int) {
    if count == 0 { return }
    queued += count
    let added = Int32(truncatingIfNeeded: count)
    if queueTail >= 0, extents[Int(queueTail)].text < 0 {
      extents[Int(queueTail)].high += added
      return
    }
    linkQueue(newExtent(Extent(high: added)), after: queueTail)
  }

  /// Puts an extent that nobody holds any more at the queue's end.
  private mutating func joinQueue(_ extent: Int32) {
    let text = extents[Int(extent)].text
    let count = extents[Int(extent)].count
    if texts[Int(text)].isOrphan {
      drop(extent)
      appendNothing(count)
      return
    }
    queued += count
    let tail = queueTail
    if tail >= 0, extents[Int(tail)].text == text,
      extents[Int(tail)].low == extents[Int(extent)].high,
      extents[Int(tail)].older == extent || extents[Int(tail)].younger == extent
    {
      // Side by side in text, queue and age: one fate from now on.
      let high = extents[Int(tail)].high
      unlinkQueue(tail)
      drop(tail)
      unlinkAbove(extent)
      extents[Int(extent)].high = high
    }
    linkQueue(extent, after: queueTail)
  }

  /// Takes an extent that is hit off the queue.
  private mutating func leaveQueue(_ extent: Int32) {
    queued -= extents[Int(extent)].count
    let (before, after) = (extents[Int(extent)].before, extents[Int(extent)].after)
    unlinkQueue(extent)
    if before >= 0, after >= 0, extents[Int(before)].text < 0, extents[Int(after)].text < 0 {
      extents[Int(before)].high += extents[Int(after)].high
      unlinkQueue(after)
      drop(after)
    }
  }

  private mutating func linkQueue(_ extent: Int32, after previous: Int32) {
    let next = previous >= 0 ? extents[Int(previous)].after : queueHead
    extents[Int(extent)].before = previous
    extents[Int(extent)].after = next
    if previous >= 0 { extents[Int(previous)].after = extent } else { queueHead = extent }
    if next >= 0 { extents[Int(next)].before = extent } else { queueTail = extent }
  }

  private mutating func unlinkQueue(_ extent: Int32) {
    let e = extents[Int(extent)]
    if e.before >= 0 { extents[Int(e.before)].after = e.after } else { queueHead = e.after }
    if e.after >= 0 { extents[Int(e.after)].before = e.before } else { queueTail = e.before }
    extents[Int(extent)].before = -1
    extents[Int(extent)].after = -1
  }

  // MARK: Extents and texts

  private mutating func newExtent(_ extent: Extent) -> Int32 {
    if freeExtent >= 0 {
      let id = freeExtent
      freeExtent = extents[Int(id)].after
      extents[Int(id)] = extent
      return id
    }
    extents.append(extent)
    return Int32(truncatingIfNeeded: extents.count - 1)
  }

  private mutating func appendYoungest(_ extent: Int32) {
    let text = Int(extents[Int(extent)].text)
    let youngest = texts[text].youngest
    extents[Int(extent)].older = youngest
    if youngest >= 0 {
      extents[Int(youngest)].younger = extent
    } else {
      texts[text].oldest = extent
    }
    texts[text].youngest = extent
    texts[text].extents += 1
  }

  /// Cuts an extent in two and returns the upper one. In the queue the upper one comes first.
  private mutating func split(_ extent: Int32, at block: Int32) -> Int32 {
    var upper = extents[Int(extent)]
    let text = Int(upper.text)
    assert(upper.low < block && block < upper.high)
    upper.low = block
    upper.below = extent
    upper.older = extent
    upper.before = -1
    upper.after = -1
    let id = newExtent(upper)
    extents[Int(extent)].high = block
    extents[Int(extent)].above = id
    extents[Int(extent)].younger = id
    if upper.above >= 0 { extents[Int(upper.above)].below = id }
    if upper.younger >= 0 {
      extents[Int(upper.younger)].older = id
    } else {
      texts[text].youngest = id
    }
    texts[text].extents += 1
    if upper.holders == 0 { linkQueue(id, after: extents[Int(extent)].before) }
    return id
  }

  private mutating func unlinkAbove(_ extent: Int32) {
    let above = extents[Int(extent)].above
    if above >= 0 { extents[Int(above)].below = -1 }
    extents[Int(extent)].above = -1
  }

  /// Forgets an extent that is in no queue.
  private mutating func drop(_ extent: Int32) {
    let e = extents[Int(extent)]
    if e.text >= 0 {
      if e.older >= 0 { extents[Int(e.older)].younger = e.younger }
      if e.younger >= 0 { extents[Int(e.younger)].older = e.older }
      let text = Int(e.text)
      if texts[text].oldest == extent { texts[text].oldest = e.younger }
      if texts[text].youngest == extent { texts[text].youngest = e.older }
      if e.above >= 0 { extents[Int(e.above)].below = -1 }
      if e.below >= 0 { extents[Int(e.below)].above = -1 }
      texts[text].extents -= 1
      removeTextIfEmpty(e.text)
    }
    extents[Int(extent)] = Extent()
    extents[Int(extent)].after = freeExtent
    freeExtent = extent
  }

  private mutating func text(named name: TextName?) -> Int32 {
    if let name, let text = textByName[name] { return text }
    let id: Int32
    if freeText >= 0 {
      id = freeText
      freeText = texts[Int(id)].firstWriter
      texts[Int(id)] = Text(name: name)
    } else {
      id = Int32(truncatingIfNeeded: texts.count)
      texts.append(Text(name: name))
    }
    if let name { textByName[name] = id }
    return id
  }

  private mutating func dropUser(_ text: Int32) {
    texts[Int(text)].users -= 1
    assert(texts[Int(text)].users >= 0)
    removeTextIfEmpty(text)
  }

  private mutating func removeTextIfEmpty(_ text: Int32) {
    if texts[Int(text)].users > 0 || texts[Int(text)].extents > 0 { return }
    if let name = texts[Int(text)].name { textByName[name] = nil }
    texts[Int(text)] = Text()
    texts[Int(text)].firstWriter = freeText
    freeText = text
  }
}
