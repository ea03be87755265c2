/// Replicas that become slower or faster while they serve.
extension ReplicaFleet {
  /// Lets a replica compute with another profile from its next batch on: a brown-out, a clock that
  /// was lowered, or the end of either.
  ///
  /// The step in progress at `time` ends as it was planned. A decode span is cut at the end of that
  /// step and until then still told by the old profile, so what was planned stays exact.
  ///
  /// - Parameters:
  ///   - id: The replica.
  ///   - profile: Index of the profile among those the fleet was made with.
  ///   - time: Now, nanoseconds; never before an earlier call's.
  /// - Precondition: the profile's settings are those of the present one; only step times differ.
  /// - Complexity: O(1).
  public mutating func setProfile(_ id: Int, to profile: Int, at time: Int64) {
    checkReplica(id)
    precondition(profile >= 0 && profile < profileCount, "no such profile")
    let replica = replicas + id
    precondition(
      profiles[replica.pointee.profile].schedulesLike(profiles[profile]),
      "a replica keeps its scheduler's settings; only its step times change")
    if replica.pointee.profile == profile {
      replica.pointee.nextProfile = -1
      return
    }
    replica.pointee.nextProfile = Int32(truncatingIfNeeded: profile)
    switch replica.pointee.activity {
    case .idle, .atBoundary: applyNextProfile(replica)
    case .decoding: truncateSpan(replica, at: time)
    case .singleStep: break
    }
  }

  /// The profile a replica's next batch is computed with.
  public func profile(of id: Int) -> Int {
    checkReplica(id)
    let next = replicas[id].nextProfile
    return next >= 0 ? Int(next) : replicas[id].profile
  }

  /// Puts the profile that waits into force; nothing is planned by the old one any more.
  func applyNextProfile(_ replica: Handle) {
    replica.pointee.profile = Int(replica.pointee.nextProfile)
    replica.pointee.nextProfile = -1
  }
}
