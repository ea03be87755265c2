import ArgumentParser
import Trust

/// Which laws a command holds scenarios against.
struct LawOptions: ParsableArguments {
  @Option(help: "Only these laws; default all. May be repeated.")
  var law: [String] = []

  func validate() throws {
    // A misspelt law would leave none, and none is never broken.
    for name in law where !Laws.all.contains(where: { $0.name == name }) {
      let names = Laws.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no law is called '\(name)'; there are \(names)")
    }
  }

  /// The laws, in the order in which they are tried.
  var chosen: [any Law] {
    law.isEmpty ? Laws.all : Laws.all.filter { law.contains($0.name) }
  }
}
