extension PrefixCache {
  /// Blocks by what becomes of them.
  struct Census {
    /// Those that somebody holds, each once.
    var held = 0
    /// Those that nobody holds.
    var free = 0
    /// Those that somebody holds, each as often as it is held.
    var holdings = 0
  }

  /// Counts all blocks that have a place, stretch by stretch. O(extents there ever were at once).
  func census() -> Census {
    var census = Census()
    for extent in extents {
      if extent.holders == 0 {
        census.free += extent.count
      } else {
        census.held += extent.count
        census.holdings += extent.count * Int(extent.holders)
      }
    }
    return census
  }
}
