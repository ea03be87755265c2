import ArgumentParser
import Foundation
import FuzzTargets

/// The targets, for people and for scripts.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the targets, what each parses, and how many inputs each gets.")

  @Option(help: "How many inputs all targets share.")
  var inputs = 100_000

  func run() {
    let shares = FuzzTargets.shares(of: inputs)
    for (target, share) in zip(FuzzTargets.all, shares) {
      print("\(target.name)\t\(share)\t\(target.parses)")
    }
  }
}

/// A target's words as a dictionary of libFuzzer.
struct DictionaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dictionary", abstract: "Print a target's words as a dictionary for libFuzzer.")

  @Argument(help: "The target.")
  var target: String

  func run() throws {
    for word in try PlimsollFuzz.target(target).dictionary where !word.isEmpty {
      let text = word.utf8.map { byte in
        let isPlain = 33...126 ~= byte && byte != 34 && byte != 92
        let digits = String(byte, radix: 16, uppercase: true)
        return isPlain
          ? String(UnicodeScalar(byte)) : "\\x" + (digits.count < 2 ? "0" : "") + digits
      }.joined()
      print("\"\(text)\"")
    }
  }
}

/// What a target begins with, as files: libFuzzer reads folders, and some inputs lie elsewhere or in the program.
struct InputsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inputs", abstract: "Write the inputs that a target begins with into a folder.")

  @Argument(help: "The target.")
  var target: String

  @Option(help: "The folder, which is made.", completion: .directory)
  var out: String

  @OptionGroup var corpus: CorpusOptions

  func run() throws {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    for (number, input) in try corpus.inputs(of: PlimsollFuzz.target(target)).enumerated() {
      try Data(input).write(to: URL(fileURLWithPath: "\(out)/\(number)"))
    }
  }
}
