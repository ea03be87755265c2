/// How to see the same failure again.
enum Replay {
  /// The command line of this process, to be typed in a shell; `run` with a look at every event.
  static var command: String {
    var words = CommandLine.arguments
    if !words.isEmpty { words[0] = "plimsoll" }
    if words.count > 1, words[1] == "run", !words.contains(where: { $0.hasPrefix("--invariants") })
    {
      words += ["--invariants", InvariantLevel.everyEvent.rawValue]
    }
    return words.map(quoted).joined(separator: " ")
  }

  /// A word as a shell takes it for itself.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./=:,@%+".utf8.contains(byte)
      }
    }
    if plain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
