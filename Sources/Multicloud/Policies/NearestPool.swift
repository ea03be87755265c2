/// The pool with the shortest way from the client, the first by id among equals.
struct NearestPool: PoolRouter {
  static let name = "nearest"

  init(_ gateway: Gateway) {}

  func choose(_ candidates: borrowing PoolCandidates, draws: PolicyDraws) -> Int {
    candidates.byDistance[0]
  }
}
