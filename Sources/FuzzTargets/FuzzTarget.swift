/// A parser of the program, as something that takes any bytes.
public struct FuzzTarget: Sendable {
  /// Its name: that of its folder in the corpus, and what `plimsoll-fuzz --target` takes.
  public let name: String
  /// What it parses, in words.
  public let parses: String
  /// How many inputs it gets of a thousand that all targets share, more or less: little for what is slow.
  public let weight: Int
  /// Words that its inputs are made of, beside the ones of ``ExtremeValues``.
  public let dictionary: [String]
  /// Folder of the repository whose files are inputs too, with the ending they have; `nil` for none.
  public let folder: (path: String, ending: String)?
  /// Whether every refusal has to name the file ``fileName`` that was read.
  public let namesFile: Bool
  private let makeSeeds: @Sendable () -> [[UInt8]]
  private let check: @Sendable ([UInt8]) throws -> Void

  /// Longest input that is tried, bytes.
  public static let mostBytes = 1 << 20
  /// What a target calls its file, and so what a message about it has to contain.
  public static let fileName = "fuzzed-input"
  /// Longest message about an input, bytes, a hundred problems with their lines: an input must not decide it.
  static let longestMessage = 256 << 10

  /// - Parameters:
  ///   - seeds: Inputs that come with the program rather than with the corpus.
  ///   - check: Takes an input. It returns where the input is accepted and every promise about it held,
  ///     throws the parser's own error where it is refused, and a ``FuzzViolation`` where a promise broke.
  init(
    _ name: String, parses: String, weight: Int, dictionary: [String] = [],
    folder: (path: String, ending: String)? = nil, namesFile: Bool = false,
    seeds: @escaping @Sendable () -> [[UInt8]] = { [] },
    check: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    self.name = name
    self.parses = parses
    self.weight = weight
    self.dictionary = dictionary
    self.folder = folder
    self.namesFile = namesFile
    makeSeeds = seeds
    self.check = check
  }

  /// Inputs that come with the program.
  public var seeds: [[UInt8]] { makeSeeds() }

  /// Takes an input. A trap, a hang or memory without bound is for whoever watches the process.
  public func run(_ input: [UInt8]) -> FuzzOutcome {
    do {
      try check(input)
      return .accepted
    } catch let violation as FuzzViolation {
      return .violation(violation.description)
    } catch {
      return judged("\(error)")
    }
  }

  /// A refusal, if its message is one that helps.
  private func judged(_ message: String) -> FuzzOutcome {
    if message.allSatisfy(\.isWhitespace) { return .violation("refused without a message") }
    if message.utf8.count > Self.longestMessage {
      return .violation(
        "refused with \(message.utf8.count) bytes of message, more than \(Self.longestMessage): "
          + message.prefix(200))
    }
    if namesFile, !message.contains(Self.fileName) {
      return .violation("refused without a place: \(message.prefix(500))")
    }
    return .refused(message)
  }
}

/// What a target made of an input.
public enum FuzzOutcome: Hashable, Sendable {
  /// The input is what the target parses, and what was promised of it held.
  case accepted
  /// The input was turned away with this message.
  case refused(String)
  /// A promise is broken: this one.
  case violation(String)
}

/// A promise about what is accepted that did not hold.
struct FuzzViolation: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Throws where `isHeld` is false.
  static func unless(_ isHeld: Bool, _ promise: @autoclosure () -> String) throws {
    if !isHeld { throw FuzzViolation(promise()) }
  }
}

/// A refusal that a target makes in the place of the command that would.
struct FuzzRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// The input as text, refused where it is none, as the commands that read text do.
  static func text(_ input: [UInt8]) throws -> String {
    guard let text = String(validating: input, as: UTF8.self) else {
      throw FuzzRefusal("\(FuzzTarget.fileName): not UTF-8 text")
    }
    return text
  }
}
