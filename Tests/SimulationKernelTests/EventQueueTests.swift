import SimulationKernel
import Testing

@Suite("Event queue")
struct EventQueueTests {
  @Test("events of one instant come by phase, then in order of scheduling")
  func ties() {
    var queue = EventQueue()
    let t = SimTime(nanoseconds: 5)
    queue.push(at: t, phase: .schedule, slot: 1)
    queue.push(at: t, phase: .arrival, slot: 2)
    queue.push(at: t, phase: .completion, slot: 3)
    queue.push(at: t, phase: .arrival, slot: 4)
    queue.push(at: SimTime(nanoseconds: 4), phase: .tick, slot: 5)
    var slots: [Int] = []
    while queue.count > 0 { slots.append(queue.pop().slot) }
    #expect(slots == [5, 3, 2, 4, 1])
    #expect(queue.nextTime == .never)
  }

  @Test("a long random history comes out in the order of a stable sort")
  func againstSort() {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    var queue = EventQueue(minimumCapacity: 1)
    var pushed: [(time: Int64, phase: UInt8, order: Int)] = []
    for order in 0..<5000 {
      let time = Int64(next() % 200)
      let phase = EventPhase(rawValue: UInt8(next() % 7)) ?? .general
      queue.push(at: SimTime(nanoseconds: time), phase: phase, slot: order)
      pushed.append((time, phase.rawValue, order))
    }
    pushed.sort { ($0.time, $0.phase, $0.order) < ($1.time, $1.phase, $1.order) }
    for expected in pushed {
      #expect(queue.nextTime.nanoseconds == expected.time)
      #expect(queue.nextPhase.rawValue == expected.phase)
      let event = queue.pop()
      #expect(event.slot == expected.order)
    }
    #expect(queue.count == 0)
  }
}

@Suite("Winner tree")
struct WinnerTreeTests {
  @Test("the minimum follows every change, ties by owner")
  func againstScan() {
    let owners = 37
    var tree = WinnerTree(count: owners)
    var keys = [UInt64](repeating: WinnerTree.idle, count: owners)
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let owner = Int((state >> 33) % UInt64(owners))
      let key = (state >> 20) % 11 == 0 ? WinnerTree.idle : (state >> 40) % 50
      keys[owner] = key
      tree.update(owner, to: key)
      let least = keys.min() ?? 0
      #expect(tree.minimumKey == least)
      #expect(tree.minimumOwner == keys.firstIndex(of: least))
      #expect(tree.key(of: owner) == key)
    }
  }

  @Test("a tree of nobody is idle")
  func empty() {
    let tree = WinnerTree(count: 0)
    #expect(tree.minimumKey == WinnerTree.idle)
  }
}
