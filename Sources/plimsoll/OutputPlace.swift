import Foundation

/// A file that an option names for output, before anything is read or run.
enum OutputPlace {
  /// Refuses outputs that would take the place of an input, or of each other, by whatever path they are
  /// named. A file that cannot be looked at is left to whoever writes it.
  ///
  /// - Parameters:
  ///   - outputs: Options and the paths they were given; those without a path are left out.
  ///   - inputs: What is read; paths that do not exist are no inputs.
  /// - Complexity: O(outputs × inputs), one look at each.
  static func refuse(
    _ outputs: [(option: String, path: String?)], over inputs: [String]
  ) throws(Failure) {
    var taken: [(id: FileID, name: String)] = inputs.compactMap { path in
      FileID(path).map { ($0, "the input '\(path)'") }
    }
    var written: [(path: String, option: String)] = []
    for (option, path) in outputs {
      guard let path else { continue }
      if let other = written.first(where: { $0.path == path }) {
        throw .input(
          "error: \(option) and \(other.option) both name '\(path)'; give each its own file")
      }
      written.append((path, option))
      guard let id = FileID(path) else { continue }
      if let input = taken.first(where: { $0.id == id }) {
        throw .input(
          "error: \(option) \(path) would replace \(input.name); name another file")
      }
      taken.append((id, "what \(option) writes"))
    }
  }

  /// The files of a folder; none where it cannot be read.
  static func files(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map {
      folder + "/" + $0
    }
  }
}

/// Which file a path leads to, whatever the path.
private struct FileID: Equatable {
  var device: UInt64
  var number: UInt64

  /// The file at a path; `nil` where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}
