import SimulationKernel
import Testing

@Suite("Keys of events")
struct EventKeyTests {
  @Test("the next key is the time and the whole phase, comparable with a fleet's")
  func wholePhase() {
    for raw in UInt8(0)...6 {
      guard let phase = EventPhase(rawValue: raw) else { continue }
      var queue = EventQueue()
      queue.push(at: SimTime(nanoseconds: 41), phase: phase, slot: 9)
      let key = queue.nextKey
      #expect(key == 41 << 3 | UInt64(raw))
    }
    let empty = EventQueue()
    let none = empty.nextKey
    #expect(none == UInt64.max)
  }
}
