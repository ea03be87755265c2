/// Which quotas each of many owners must pass, in one flat list.
struct QuotaLists {
  private(set) var ids: [Int32] = []
  private var starts: [Int] = [0]

  init(_ lists: [[Int]]) {
    for list in lists {
      ids += list.map { Int32($0) }
      starts.append(ids.count)
    }
  }

  /// Places in ``ids`` of an owner's quotas.
  @inline(__always)
  func range(_ owner: Int) -> Range<Int> { starts[owner]..<starts[owner + 1] }
}

/// Where a conversation was served last.
struct Conversation {
  var deployment: Int32 = -1
  var time: Int64 = 0
}
