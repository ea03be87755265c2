/// How to see the same failure again.
enum Replay {
  /// The command line of this process, to be typed in a shell; a single `run` with a look at every event.
  static var command: String { command(of: CommandLine.arguments) }

  /// The same of any command line.
  static func command(of arguments: [String]) -> String {
    var words = arguments
    if !words.isEmpty { words[0] = "plimsoll" }
    let ofOneRun = !words.contains { word in
      ["--invariants", "--replications", "--precision", "--batches", "--slices"].contains {
        word.hasPrefix($0)
      }
    }
    if words.count > 1, words[1] == "run", ofOneRun {
      // Before everything else: what follows `--` is no option.
      words.insert(contentsOf: ["--invariants", InvariantLevel.everyEvent.rawValue], at: 2)
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
