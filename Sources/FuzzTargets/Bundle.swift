/// Several files as one input: a line `=== name` before the bytes of each.
///
/// What stands before the first such line belongs to no file. A name that is no plain one ends up nowhere,
/// so that an input writes below its own folder only.
struct Bundle {
  /// The files, in the order of the input; a name may come twice.
  let files: [(name: String, bytes: ArraySlice<UInt8>)]

  private static let mark = Array("=== ".utf8)
  private static let lineEnd = UInt8(ascii: "\n")

  /// Takes an input apart.
  init(_ input: [UInt8]) {
    var files: [(name: String, bytes: ArraySlice<UInt8>)] = []
    var open: (name: String, start: Int)?
    var line = 0
    while line < input.count {
      let end = input[line...].firstIndex(of: Self.lineEnd) ?? input.count
      if input[line..<end].starts(with: Self.mark) {
        if let open { files.append((open.name, input[open.start..<line])) }
        let name = input[(line + Self.mark.count)..<end]
        open = (String(decoding: name, as: UTF8.self), min(end + 1, input.count))
      }
      line = end + 1
    }
    if let open { files.append((open.name, input[open.start...])) }
    self.files = files.filter { Self.isPlain($0.name) }
  }

  /// The last file of a name.
  subscript(name: String) -> ArraySlice<UInt8>? { files.last { $0.name == name }?.bytes }

  private static func isPlain(_ name: String) -> Bool {
    let usual = name.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 46
    }
    return usual && !name.isEmpty && name.utf8.count <= 60 && name.utf8.first != 46
  }
}
