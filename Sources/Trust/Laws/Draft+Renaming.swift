/// A scenario under other names, to stand beside itself.
extension Draft {
  /// What a copy's names begin with.
  static let copyMark = "copy-"

  /// The scenario with other names of pools, endpoints, markets, quotas, tenants, workloads and training
  /// jobs. Clouds, regions, origins and models keep theirs.
  var renamed: Draft {
    var copy = self
    for cloud in self["clouds"]?.entries ?? [] {
      for region in cloud.value["regions"]?.entries ?? [] {
        let path = ["clouds", cloud.key, "regions", region.key]
        copy.rename(path + ["pools"], references: [["elastic", "markets"]])
        copy.rename(path + ["endpoints"], references: [["spillover"], ["quotas"]])
      }
    }
    copy.rename(["markets"], references: [])
    copy.rename(["quotas"], references: [])
    copy.rename(["tenants"], references: [])
    copy.rename(["training"], references: [["market"], ["tenant"]])
    copy.rename(["workloads"], references: [["tenant"]])
    if case .list(let incidents)? = self["incidents"] {
      copy["incidents"] = .list(incidents.map(\.incidentRenamed))
    }
    // References inside lists of a pool's own.
    for cloud in copy["clouds"]?.entries ?? [] {
      for region in cloud.value["regions"]?.entries ?? [] {
        for pool in region.value["pools"]?.entries ?? [] {
          let path = [
            "clouds", cloud.key, "regions", region.key, "pools", pool.key, "elastic", "spot",
          ]
          for key in ["zones", "fallback"] {
            if let names = copy[path: path + [key]] { copy[path: path + [key]] = names.marked }
          }
        }
      }
    }
    return copy
  }

  /// The scenario beside its copy.
  var twice: Draft {
    var both = self
    let copy = renamed
    for cloud in self["clouds"]?.entries ?? [] {
      for region in cloud.value["regions"]?.entries ?? [] {
        for key in ["pools", "endpoints"] {
          both.merge(copy, at: ["clouds", cloud.key, "regions", region.key, key])
        }
      }
    }
    for key in ["markets", "quotas", "tenants", "training", "workloads"] {
      both.merge(copy, at: [key])
    }
    if case .list(let mine)? = self["incidents"], case .list(let others)? = copy["incidents"] {
      // What befalls a cloud or region befalls both, once.
      both["incidents"] = .list(mine + others.filter { !mine.contains($0) })
    }
    return both
  }

  private mutating func merge(_ other: Draft, at path: [String]) {
    guard let mine = self[path: path], let others = other[path: path] else { return }
    self[path: path] = .map(mine.entries + others.entries)
  }

  /// Marks the names of a map, and what its values say of marked names.
  private mutating func rename(_ path: [String], references: [[String]]) {
    guard let map = self[path: path] else { return }
    self[path: path] = .map(
      map.entries.map { entry in
        var value = entry.value
        for reference in references {
          if let names = value[path: reference] { value[path: reference] = names.marked }
        }
        return Entry(Self.copyMark + entry.key, value)
      })
  }

  /// A name, or a list of them, as the copy's.
  private var marked: Draft {
    switch self {
    case .scalar(let name): .scalar(Self.copyMark + name)
    case .list(let names): .list(names.map(\.marked))
    case .map: self
    }
  }

  private var incidentRenamed: Draft {
    var incident = self
    if let quota = self["quota"] { incident["quota"] = quota.marked }
    if case .scalar(let place)? = self["deployment"] {
      var parts = place.split(separator: "/").map(String.init)
      if let name = parts.popLast() { parts.append(Self.copyMark + name) }
      incident["deployment"] = .scalar(parts.joined(separator: "/"))
    }
    return incident
  }
}
