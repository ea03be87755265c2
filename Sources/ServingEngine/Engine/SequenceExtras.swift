/// What few engines need to know of a sequence, beside its cache line in the slab; kept only where a
/// profile asks for it (``SchedulerSettings/usesExtras``).
struct SequenceExtras {
  /// What the request asked for.
  var features = RequestFeatures()
  /// Whether it waits for blocks into which its cache can be copied.
  var awaitsCache = false
  /// Output tokens after the first, and the steps in which they appear: the pace of every stint.
  var paceTokens: Int32 = 1
  var paceSteps: Int32 = 1
  /// While it decodes at an engine that speculates.
  var stint = Stint()
  /// What it has to do with its replica's prefix cache.
  var holder = PrefixHolder()

  /// What a request that enters asked for.
  init(features: RequestFeatures = RequestFeatures()) {
    self.features = features
    awaitsCache = features.transferredTokens > 0
  }
}
