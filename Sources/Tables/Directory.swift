import Glibc

/// The few things a run directory asks of the file system.
enum Directory {
  /// Creates a directory and its missing parents; does nothing where it exists.
  static func create(_ path: String) throws(TableError) {
    guard !path.isEmpty else {
      throw TableError(
        .notADirectory, path: "''", problem: "an empty path names no directory",
        advice: "name one with --out")
    }
    if let isDirectory = isDirectory(path) {
      guard isDirectory else {
        throw TableError(
          .notADirectory, path: path, problem: "the output path is a file, not a directory",
          advice: "choose another directory with --out")
      }
      return
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      let parent = String(path[..<slash])
      try create(parent)
      // A path that ends in a slash is the directory itself.
      if slash == path.index(before: path.endIndex) { return }
    }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .system(errno, path: path, action: "create the directory")
    }
  }

  /// The directory that holds a file, as a path.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether `path` is a directory, or `nil` where there is nothing.
  static func isDirectory(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// Throws where something other than a plain file has this name: it would be replaced by the file that is
  /// to be written, or be written through.
  static func requireFilePlace(_ path: String) throws(TableError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    let (noun, code): (String, Int32)
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: (noun, code) = ("a directory", EISDIR)
    case S_IFLNK: (noun, code) = ("a symbolic link", ELOOP)
    case S_IFIFO: (noun, code) = ("a pipe", EEXIST)
    case S_IFSOCK: (noun, code) = ("a socket", EEXIST)
    default: (noun, code) = ("a device", EEXIST)
    }
    throw TableError(
      .system(code), path: path, problem: "there is \(noun) of that name",
      advice: code == ELOOP ? "name the file it points to, or another" : "name a file")
  }

  /// Names in a directory, sorted. O(n log n).
  static func entries(of path: String) throws(TableError) -> [String] {
    guard let stream = opendir(path) else {
      throw .system(errno, path: path, action: "list the directory")
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .system(errno, path: path, action: "list the directory") }
    return names.sorted()
  }

  /// Removes a file; does nothing where it is missing.
  static func remove(_ path: String) throws(TableError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .system(errno, path: path, action: "remove the file")
    }
  }

  /// Renames a file over whatever has the new name.
  static func rename(_ path: String, to target: String) throws(TableError) {
    guard Glibc.rename(path, target) == 0 else {
      throw .system(errno, path: target, action: "rename '\(path)' to this")
    }
  }

  /// Brings the names in a directory to the disk.
  static func synchronize(_ path: String) throws(TableError) {
    let descriptor = retryingInterrupts { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      throw .system(errno, path: path, action: "open the directory")
    }
    defer { _ = close(descriptor) }
    if retryingInterrupts({ fsync(descriptor) }) < 0, errno != EINVAL {
      throw .system(errno, path: path, action: "bring the directory to the disk")
    }
  }
}
