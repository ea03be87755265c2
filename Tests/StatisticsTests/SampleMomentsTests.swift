import Statistics
import Testing

@Suite("Sample moments")
struct SampleMomentsTests {
  @Test("mean and variance of a sample by hand, far from zero too")
  func byHand() {
    let near = SampleMoments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(near.count == 8 && near.mean == 5)
    #expect(abs(near.variance - 32.0 / 7) < 1e-12)
    let far = SampleMoments([2, 4, 4, 4, 5, 5, 7, 9].map { $0 + 1e9 })
    #expect(abs(far.variance - 32.0 / 7) < 1e-6)
  }

  @Test("nothing and one number have no spread")
  func small() {
    #expect(SampleMoments().standardError == 0)
    #expect(SampleMoments([3]).variance == 0)
  }
}
