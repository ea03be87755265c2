import ArgumentParser
import Foundation
import FuzzTargets

/// Inputs that mutants are made of: a folder for each target, and what the targets bring themselves.
struct CorpusOptions: ParsableArguments {
  @Option(help: "Folder with a folder of inputs for each target.", completion: .directory)
  var corpus = "Tests/FuzzCorpus"

  /// Inputs of a target, the same in every process: those of its folder by name, those of the folder of the
  /// repository that it shares, and those of the program.
  ///
  /// - Throws: A `ValidationError` where the folder is not there: a fuzzer without its corpus finds nothing.
  func inputs(of target: FuzzTarget) throws -> [[UInt8]] {
    guard let own = Self.files(corpus + "/" + target.name, ending: "") else {
      throw ValidationError(
        "no folder \(corpus)/\(target.name); run this in the repository, or name it with --corpus")
    }
    var inputs = own.map(\.bytes)
    if let folder = target.folder {
      inputs += (Self.files(folder.path, ending: folder.ending) ?? []).map(\.bytes)
    }
    return inputs + target.seeds
  }

  /// The files of a folder by name, or `nil` where there is none.
  static func files(_ folder: String, ending: String) -> [(path: String, bytes: [UInt8])]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return nil
    }
    return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted().compactMap { name in
      let path = folder + "/" + name
      return FileManager.default.contents(atPath: path).flatMap { data in
        data.count <= FuzzTarget.mostBytes ? (path, [UInt8](data)) : nil
      }
    }
  }
}
