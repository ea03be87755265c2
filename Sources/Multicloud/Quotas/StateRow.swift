/// A row of states of one kind, of fixed length, changed in place.
///
/// Raw memory, so that a change costs neither a uniqueness check nor a copy.
struct StateRow<State>: ~Copyable {
  private let states: UnsafeMutableBufferPointer<State>

  init(_ states: [State]) {
    self.states = .allocate(capacity: states.count)
    _ = self.states.initialize(from: states)
  }

  deinit {
    states.deinitialize()
    states.deallocate()
  }

  var count: Int { states.count }

  subscript(slot: Int) -> State {
    @inline(__always)
    unsafeAddress {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: states.count))
      return UnsafePointer(states.baseAddress.unsafelyUnwrapped + slot)
    }
    @inline(__always)
    mutating unsafeMutableAddress {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: states.count))
      return states.baseAddress.unsafelyUnwrapped + slot
    }
  }
}

// The memory has one owner, so it may go where its states may go.
extension StateRow: @unchecked Sendable where State: Sendable {}
