import Glibc

/// What memory there is, and how much of it this process holds.
enum MachineMemory {
  /// Bytes that may be used: of the machine, or of the control groups this process is in, whichever is less;
  /// `nil` where neither can be told.
  static var bytes: Int? {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let machine = pages > 0 ? pages * pageBytes : nil
    return ([machine].compactMap { $0 } + groupLimits()).min()
  }

  private static let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))

  /// The file whose second number is how many pages are resident; -1 where there is none.
  private static let statistics = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)

  /// Bytes this process holds; 0 where that cannot be told. Two microseconds; from any thread.
  static var resident: Int {
    withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      let count = pread(statistics, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return 0 }
      let fields = buffer[..<count].split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard fields.count == 3 else { return 0 }
      return fields[1].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) } * pageBytes
    }
  }

  /// Limits of the control groups, of both versions, from this process's own up to the root.
  ///
  /// Source: Linux, `Documentation/admin-guide/cgroup-v2.rst` and `cgroup-v1/memory.rst`.
  private static func groupLimits() -> [Int] {
    var limits: [Int] = []
    for line in text("/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isFirstVersion = parts[1].split(separator: ",").contains("memory")
      guard isFirstVersion || (parts[0] == "0" && parts[1].isEmpty) else { continue }
      let root = isFirstVersion ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
      let file = isFirstVersion ? "memory.limit_in_bytes" : "memory.max"
      var group = parts[2]
      while true {
        let limit = text("\(root)\(group)/\(file)").prefix { $0.isNumber }
        if let bytes = Int(limit), bytes > 0 { limits.append(bytes) }
        guard let slash = group.lastIndex(of: "/") else { break }
        group = group[..<slash]
      }
    }
    return limits
  }

  /// The beginning of a small file of the kernel; empty where it cannot be read.
  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { _ = close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }
  }
}
