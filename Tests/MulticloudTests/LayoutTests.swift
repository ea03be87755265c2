import Testing

@testable import Multicloud

/// What the event loop touches of a request fills whole cache lines, and no more of them than it must.
@Suite("Memory layout")
struct LayoutTests {
  @Test func records() {
    #expect(MemoryLayout<RequestRecord>.stride == 128)
    #expect(MemoryLayout<ControlState>.stride == 128)
    #expect(MemoryLayout<ControlState>.offset(of: \.conversation).map { $0 < 64 } == true)
    #expect(MemoryLayout<ControlState>.offset(of: \.retryAfter) == 64)
  }
}
