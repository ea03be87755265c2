/// The linked lists and queues of a replica.
extension ReplicaFleet {
  // MARK: Prefilling, in order of admission

  @inline(__always)
  func appendPrefill(_ replica: Handle, _ slot: Int32) {
    sequences[Int(slot)].next = -1
    if replica.pointee.lastPrefill >= 0 {
      sequences[Int(replica.pointee.lastPrefill)].next = slot
    } else {
      replica.pointee.firstPrefill = slot
    }
    replica.pointee.lastPrefill = slot
  }

  /// O(prefilling sequences), of which there are few.
  func removePrefill(_ replica: Handle, _ slot: Int32) {
    var before: Int32 = -1
    var at = replica.pointee.firstPrefill
    while at != slot {
      assert(at >= 0, "a prefilling sequence is not in its list")
      before = at
      at = sequences[Int(at)].next
    }
    let after = sequences[Int(slot)].next
    if before >= 0 {
      sequences[Int(before)].next = after
    } else {
      replica.pointee.firstPrefill = after
    }
    if after < 0 { replica.pointee.lastPrefill = before }
  }

  // MARK: Waiting

  /// A waiting sequence's place where the order is by priority: (priority, order of arrival), with
  /// the slot to find it again.
  func priorityKey(_ slot: Int32) -> UInt128 {
    let sequence = sequences + Int(slot)
    let priority = UInt32(bitPattern: Int32(sequence.pointee.priority)) ^ 0x8000_0000
    return UInt128(priority) << 96 | UInt128(sequence.pointee.order & 0xFFFF_FFFF_FFFF_FFFF) << 32
      | UInt128(UInt32(bitPattern: slot))
  }

  /// Adds a sequence that arrives, or that was preempted and goes to the front.
  @inline(__always)
  func pushWaiting(_ replica: Handle, _ slot: Int32, atFront: Bool) {
    replica.pointee.waiting += 1
    if replica.pointee.waiting > replica.pointee.totals.peakWaiting {
      replica.pointee.totals.peakWaiting = replica.pointee.waiting
    }
    sequences[Int(slot)].state = .waiting
    if profiles[replica.pointee.profile].byPriority {
      replica.pointee.waitingByPriority.push(priorityKey(slot))
      return
    }
    let sequence = sequences + Int(slot)
    if atFront {
      sequence.pointee.previous = -1
      sequence.pointee.next = replica.pointee.firstWaiting
      if replica.pointee.firstWaiting >= 0 {
        sequences[Int(replica.pointee.firstWaiting)].previous = slot
      } else {
        replica.pointee.lastWaiting = slot
      }
      replica.pointee.firstWaiting = slot
    } else {
      sequence.pointee.next = -1
      sequence.pointee.previous = replica.pointee.lastWaiting
      if replica.pointee.lastWaiting >= 0 {
        sequences[Int(replica.pointee.lastWaiting)].next = slot
      } else {
        replica.pointee.firstWaiting = slot
      }
      replica.pointee.lastWaiting = slot
    }
  }

  /// The sequence that would be admitted next; -1 where nobody waits.
  @inline(__always)
  mutating func firstWaiting(_ replica: Handle) -> Int32 {
    if !profiles[replica.pointee.profile].byPriority { return replica.pointee.firstWaiting }
    while replica.pointee.waitingByPriority.count > 0 {
      let slot = Int32(
        truncatingIfNeeded: UInt32(truncatingIfNeeded: replica.pointee.waitingByPriority.minimum))
      let state = sequences[Int(slot)].state
      if state == .waiting { return slot }
      _ = replica.pointee.waitingByPriority.pop()
      if state == .released {
        recycle(slot)
      } else {
        assert(state == .forgotten, "a priority queue holds who waits or was cancelled")
        sequences[Int(slot)].state = .allocated
      }
    }
    return -1
  }

  /// Takes the sequence that ``firstWaiting(_:)`` gave.
  @inline(__always)
  func popWaiting(_ replica: Handle, _ slot: Int32) {
    if profiles[replica.pointee.profile].byPriority {
      _ = replica.pointee.waitingByPriority.pop()
      replica.pointee.waiting -= 1
    } else {
      unlinkWaiting(replica, slot)
    }
  }

  /// Puts a sequence back that was taken from a priority queue to be passed over.
  func pushWaitingAgain(_ replica: Handle, _ slot: Int32) {
    replica.pointee.waiting += 1
    replica.pointee.waitingByPriority.push(priorityKey(slot))
  }

  /// Takes a sequence out of a first-come waiting list.
  func unlinkWaiting(_ replica: Handle, _ slot: Int32) {
    let next = sequences[Int(slot)].next
    let previous = sequences[Int(slot)].previous
    if previous >= 0 {
      sequences[Int(previous)].next = next
    } else {
      replica.pointee.firstWaiting = next
    }
    if next >= 0 {
      sequences[Int(next)].previous = previous
    } else {
      replica.pointee.lastWaiting = previous
    }
    replica.pointee.waiting -= 1
  }

  // MARK: Decoding

  /// A decoding sequence's key in the finish heap.
  @inline(__always)
  func finishKey(_ slot: Int32) -> UInt64 {
    UInt64(sequences[Int(slot)].finishStep) << 32 | UInt64(UInt32(bitPattern: slot))
  }

  /// Counts a sequence whose `computed` and `generated` are current among the decoding ones.
  @inline(__always)
  func beginDecoding(_ replica: Handle, _ slot: Int32) {
    let sequence = sequences + Int(slot)
    let model = profiles + replica.pointee.profile
    if model.pointee.usesAdapters { countAdapterDecode(replica, slot, 1) }
    if model.pointee.speculates { return beginSpeculating(replica, slot) }
    let remaining = UInt32(bitPattern: sequence.pointee.output - sequence.pointee.generated)
    sequence.pointee.state = .decoding
    sequence.pointee.finishStep = replica.pointee.step &+ remaining
    replica.pointee.finishes.push(finishKey(slot))
    replica.pointee.decodes += 1
    replica.pointee.kvTokens += Int(sequence.pointee.computed)
    let residue = model.pointee.residueClass(
      computed: Int(sequence.pointee.computed), step: replica.pointee.step)
    replica.pointee.residues[residue] += 1
  }

  /// Takes a sequence out of the decoding ones and makes its `computed` and `generated` current.
  /// Its entry in the finish heap is the caller's business.
  @inline(__always)
  func endDecoding(_ replica: Handle, _ slot: Int32) {
    let sequence = sequences + Int(slot)
    let model = profiles + replica.pointee.profile
    if model.pointee.usesAdapters { countAdapterDecode(replica, slot, -1) }
    if model.pointee.speculates { return endSpeculating(replica, slot) }
    let remaining = Int32(
      bitPattern: sequence.pointee.finishStep &- replica.pointee.step)
    sequence.pointee.generated = sequence.pointee.output - remaining
    sequence.pointee.computed = sequence.pointee.prompt + sequence.pointee.generated - 1
    replica.pointee.decodes -= 1
    replica.pointee.kvTokens -= Int(sequence.pointee.computed)
    let residue = model.pointee.residueClass(
      computed: Int(sequence.pointee.computed), step: replica.pointee.step)
    replica.pointee.residues[residue] -= 1
    assert(replica.pointee.residues[residue] >= 0)
  }
}
