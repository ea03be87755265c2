/// What few engines need to know of a sequence, beside its cache line in the slab; kept only where a
/// profile asks for it (``SchedulerSettings/usesExtras``).
struct SequenceExtras {
  /// What the request asked for.
  var features = RequestFeatures()
}
