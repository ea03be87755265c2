extension StepTimeModel {
  /// The model of an engine whose every step takes `factor` times as long: a brown-out, a lowered clock,
  /// an end of its stated error.
  ///
  /// - Precondition: `factor` is positive and at most a million.
  /// - Complexity: O(batch sizes of the table).
  public func scaled(by factor: Double) -> StepTimeModel {
    precondition(factor > 0 && factor <= 1e6, "steps take time")
    func whole(_ time: Int64) -> Int64 { Int64((Double(time) * factor).rounded(.toNearestOrEven)) }
    func step(_ time: Int64) -> Int64 { max(Self.shortestStep, whole(time)) }
    var mixed = mixed
    mixed.gemmBase *= factor
    mixed.gemmPerToken *= factor
    mixed.gemmFloor *= factor
    mixed.gemmPerTokenComputeBound *= factor
    mixed.decodeAttentionBase *= factor
    mixed.decodeAttentionPerSequence *= factor
    mixed.attentionPerKVToken *= factor
    mixed.prefillAttentionBase *= factor
    mixed.prefillAttentionPerToken *= factor
    mixed.prefillAttentionPerPair *= factor
    mixed.prefillBase *= factor
    mixed.perToken *= factor
    mixed.perSequence *= factor
    mixed.base *= factor
    mixed.perActiveExpert *= factor
    mixed.expertPerToken *= factor
    mixed.expertPerTokenComputeBound *= factor
    // The first entry stands for no batch and is never read.
    var scaled = StepTimeModel(
      decodeBase: [decodeBase[0]] + decodeBase.dropFirst().map(step),
      perKVToken: whole(perKVToken), mixed: mixed)
    scaled.adapters = AdapterTimes(
      perStep: whole(adapters.perStep), perAdapter: whole(adapters.perAdapter),
      perToken: whole(adapters.perToken))
    return scaled
  }
}
