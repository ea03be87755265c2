import Multicloud
import Testing

@Suite("Reserved shares")
struct ReservedShareTests {
  @Test("a band may use its share to the last token, and not one more, where the limit is strict")
  func lastToken() {
    var reservation = PriorityReservation(
      PriorityReservation.Settings(tokensPerMinute: 1000, shares: [0.7, 0.3], threshold: 0.5))
    let taken = [(500, 0), (300, 1), (1, 1), (200, 0), (1, 0)].map {
      reservation.take(Int64($0.0), band: $0.1, at: 0)
    }
    #expect(taken == [true, true, false, true, false])
    let next = reservation.take(1, band: 1, at: 60_000_000_000)
    #expect(next)
  }
}
