extension PrefixCache {
  /// What a text is named by.
  enum TextName: Hashable {
    /// A node of the tree of shared texts.
    case node(Int32)
    /// A conversation after the shared text it begins with.
    case session(UInt64, after: Int32)
  }

  /// A stretch of text with the blocks that hold it.
  struct Text {
    /// Its name; `nil` where it is one request's own.
    var name: TextName?
    // Its extents, from the oldest to the youngest.
    var oldest: Int32 = -1
    var youngest: Int32 = -1
    var extents: Int32 = 0
    /// Requests whose own words it takes up: running, or preempted where it is one request's own.
    var users: Int32 = 0
    /// Of those, who runs: the first of a list through ``PrefixHolder/nextWriter``.
    var firstWriter: Int32 = -1
    var writers: Int32 = 0
    /// Whether it is one request's own, and the request has left for good.
    var isOrphan = false
  }

  /// A run of blocks with one fate: full blocks `low..<high` of a text, as often held, or free and side
  /// by side in the queue; or free blocks without a content worth a name, whose number is `high`.
  struct Extent {
    /// The text; -1 for none.
    var text: Int32 = -1
    var low: Int32 = 0
    var high: Int32 = 0
    /// Requests that hold it; free in the queue where nobody does.
    var holders: Int32 = 0
    // Neighbours in the queue of free blocks.
    var before: Int32 = -1
    var after: Int32 = -1
    // Neighbours in its text, by age.
    var older: Int32 = -1
    var younger: Int32 = -1
    // Neighbours of what was one extent, by block.
    var below: Int32 = -1
    var above: Int32 = -1

    var count: Int { Int(high - low) }
  }

  /// What a request holds of one extent: from the extent's first block up to `high`, over all pieces into
  /// which it has been cut since.
  struct Hold {
    var extent: Int32
    var high: Int32
    /// The hold taken before it; or the next free place.
    var under: Int32
  }

  /// A stretch of a request's blocks and the text they are of.
  struct Part {
    /// The text; -1 where no block of it has a place yet.
    var text: Int32
    var name: TextName?
    var low: Int32
    var high: Int32
  }

  /// What of a request's beginning is there.
  struct Hit: Equatable {
    /// Full blocks.
    var blocks = 0
    /// Of those, how many nobody holds.
    var free = 0
    /// Full blocks after them that the host's memory has.
    var loaded = 0
  }

  /// A part of a hit: blocks `low..<high` of an extent.
  struct Find {
    var extent: Int32
    var low: Int32
    var high: Int32
  }
}
