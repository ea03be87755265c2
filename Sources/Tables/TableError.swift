import Glibc
import SimulationKernel

/// Why a table or a run directory could not be written or read, and what to do about it.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, for programs.
  public enum Kind: Hashable, Sendable {
    /// A system call failed with this `errno`.
    case system(Int32)
    /// The output path exists and is not a directory.
    case notADirectory
    /// The output directory holds files that no run writes.
    case foreignFiles
    /// Another run writes to the directory.
    case busy
    /// The header of a table is not what its schema says.
    case header
    /// A row or a field breaks the format.
    case malformed
    /// A row is longer than the reader's limit.
    case rowTooLong
    /// The run did not end, or was interrupted.
    case incomplete
    /// A file is not the one its manifest describes.
    case mismatch
    /// A table was written by another version.
    case version
  }

  /// What went wrong, for programs.
  public var kind: Kind
  /// File or directory concerned.
  public var path: String
  /// Line in the file, from 1; `nil` where no line is to blame.
  public var line: Int?
  /// Column concerned; `nil` where no column is to blame.
  public var column: String?
  /// What was found and what was expected, for people.
  public var problem: String
  /// What to do; empty where the problem says it all.
  public var advice: String

  /// Creates an error.
  public init(
    _ kind: Kind, path: String, line: Int? = nil, column: String? = nil, problem: String,
    advice: String = ""
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
    self.advice = advice
  }

  /// Creates an error from a failed system call: `cannot <action>: <errno text>`.
  public static func system(_ code: Int32, path: String, action: String) -> TableError {
    TableError(
      .system(code), path: path, problem: "cannot \(action): \(String(cString: strerror(code)))",
      advice: advice(for: code))
  }

  /// `path:line: column 'x': problem; advice`.
  public var description: String {
    var text = path
    if let line { text += ":\(line)" }
    text += ": "
    if let column { text += "column '\(column)': " }
    text += problem
    if !advice.isEmpty { text += "; \(advice)" }
    return Excerpt.message(text)
  }

  private static func advice(for code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full: free some space, or write to another disk with --out"
    case EDQUOT: "your disk quota is used up: free some space, or write elsewhere with --out"
    case EFBIG: "the file would pass the size limit: raise it (ulimit -f)"
    case EIO: "the disk reports a fault: check it, or write to another disk with --out"
    case EPIPE: "whatever was reading this pipe has stopped: write to a file instead"
    case EACCES, EPERM:
      "change the permissions of the file or its directory, or choose another directory with --out"
    case EROFS: "the file system is read-only: choose another directory with --out"
    case ENOENT: "check the spelling of the path"
    case ENOTDIR: "a part of the path is a file: choose another directory with --out"
    case EISDIR: "the path is a directory where a file is needed"
    case ENAMETOOLONG: "choose a shorter path with --out"
    case EMFILE, ENFILE: "too many files are open: raise the limit (ulimit -n)"
    case ENOLCK, ENOTSUP:
      "the file system cannot lock files: choose a directory on a local disk with --out"
    default: "choose another path"
    }
  }
}
