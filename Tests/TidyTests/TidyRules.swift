import Foundation

/// The rules of the house that a compiler does not know. Each returns a sentence for every place
/// that breaks it: `file:line: what, and what to do instead`.
enum TidyRules {
  /// Rooms whose results must be the same to the bit on every machine.
  static let exactRooms: Set<String> = [
    "SimulationKernel", "ServingEngine", "Workload", "Money", "Multicloud", "Statistics",
  ]

  /// Rooms that compute figures: without the C library's mathematics too, whose last bits are others on
  /// processors that fuse multiplications. What comes from BLAS is all that may differ.
  static let figureRooms: Set<String> = [
    "Estimate", "Plan", "Calibrate", "Recordings", "Runner", "Experiment", "Catalog",
  ]

  /// What each room may import. Data flows one way: nothing below imports from above.
  static let imports: [String: Set<String>] = {
    let outside: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization"]
    let kernel: Set<String> = ["SimulationKernel"]
    let simulator = kernel.union(["Money", "ServingEngine", "Workload", "Multicloud"])
    return [
      "SimulationKernel": [],
      "ServingEngine": kernel,
      "Workload": kernel,
      "Money": kernel,
      "Multicloud": kernel.union(["Money", "ServingEngine", "Workload"]),
      "Catalog": outside.union(simulator),
      "Scenario": outside.union(simulator).union(["Catalog", "Yams"]),
      "Tables": outside.union(kernel).union(["CSHA256"]),
      "Estimate": outside.union(simulator).union(["Catalog", "COpenBLAS", "Dispatch"]),
      "Plan": outside.union(simulator).union(["CCbc", "Estimate"]),
      "Runner": outside.union(simulator).union([
        "Catalog", "Estimate", "Plan", "Scenario", "Statistics", "Tables",
      ]),
      "Statistics": kernel,
      "Recordings": outside.union(kernel).union(["Statistics", "Workload"]),
      "Calibrate": outside.union(simulator).union(["COpenBLAS", "Recordings"]),
      "Experiment": outside.union(simulator).union([
        "Catalog", "Dispatch", "Runner", "Scenario", "Statistics", "Tables",
      ]),
      "Report": outside.union(simulator).union([
        "Catalog", "Estimate", "Experiment", "Plan", "Runner", "Scenario", "Statistics", "Tables",
      ]),
      "Page": outside.union(kernel).union(["Mustache", "Tables"]),
      "Trust": outside.union(simulator).union(["Catalog", "Runner", "Scenario", "Yams"]),
      "plimsoll-trust": outside.union(simulator).union([
        "ArgumentParser", "Catalog", "Dispatch", "Trust",
      ]),
      "FuzzTargets": outside.union(simulator).union([
        "Calibrate", "Catalog", "Estimate", "Experiment", "Page", "Recordings", "Report", "Runner",
        "Scenario", "Tables",
      ]),
      "plimsoll-fuzz": outside.union(["ArgumentParser", "CLibFuzzer", "Dispatch", "FuzzTargets"]),
      "plimsoll-validate": outside.union(simulator).union(["ArgumentParser", "Catalog", "Report"]),
      "plimsoll": outside.union(simulator).union([
        "ArgumentParser", "Calibrate", "Catalog", "Estimate", "Experiment", "Page", "Plan",
        "Recordings", "Report", "Runner", "Scenario", "Statistics", "Tables",
      ]),
    ]
  }()

  /// Longest file, lines.
  static let maximumLines = 600

  static func importsAreAllowed(_ file: SourceFile) -> [String] {
    guard let allowed = imports[file.room] else {
      return [
        "\(file.place(0)): the room '\(file.room)' has no entry in TidyRules.imports; add one that "
          + "says what it may import"
      ]
    }
    return each(file) { line in
      guard let module = importedModule(line), !allowed.contains(module), module != file.room else {
        return nil
      }
      let list = allowed.isEmpty ? "nothing" : allowed.sorted().joined(separator: ", ")
      return "\(file.room) may not import \(module) (it may import \(list)); move what needs it up"
    }
  }

  static func filesAreSmall(_ file: SourceFile) -> [String] {
    // Tables that a script embeds are read where they come from, not here.
    guard file.lines.count > maximumLines, !file.isGenerated else { return [] }
    return [
      "\(file.path):\(maximumLines + 1): the file has \(file.lines.count) lines, at most "
        + "\(maximumLines) are allowed; give a type of it a file of its own"
    ]
  }

  static func nothingIsLeftOpen(_ file: SourceFile) -> [String] {
    // Spelled in two pieces, so that this file may be searched for them too.
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    return file.lines.indices.flatMap { index in
      words.filter { holdsWord($0, file.lines[index]) }.map {
        "\(file.place(index)): '\($0)'; finish it, or write down what is missing in the issue tracker"
      }
    }
  }

  /// Calls whose results depend on the machine, the library or the run.
  static func exactRoomsStayExact(_ file: SourceFile) -> [String] {
    guard exactRooms.contains(file.room) else { return [] }
    let banned: [(call: String, instead: String)] = [
      ("addingProduct", "write a * b + c: fused products differ between processors"),
      ("addProduct", "write a += b * c: fused products differ between processors"),
      ("Double.random", "draw from a keyed random stream"),
      (".random(in:", "draw from a keyed random stream"),
      (".randomElement(", "draw from a keyed random stream"),
      (".shuffle", "draw from a keyed random stream"),
      ("SystemRandomNumberGenerator", "draw from a keyed random stream"),
      ("Hasher()", "hash values differ between runs; use the fingerprint"),
      (".hashValue", "hash values differ between runs; use the fingerprint"),
      (".hash(into:", "hash values differ between runs; use the fingerprint"),
      ("ContinuousClock", "simulated time only; the command line measures wall time"),
      ("SuspendingClock", "simulated time only; the command line measures wall time"),
    ]
    let time = "simulated time only; the command line measures wall time"
    let threads = "one thread simulates; whoever runs several gives each its own"
    let machine = "what a machine is like is asked by the command line"
    let bannedWords = [
      "Date": time, "clock_gettime": time, "gettimeofday": time, "DispatchTime": time,
      "Thread": threads, "Task": threads, "Mutex": threads, "Atomic": threads,
      "DispatchQueue": threads,
      "TaskGroup": threads, "withTaskGroup": threads, "async": threads,
      "await": threads, "pthread_create": threads, "ProcessInfo": machine, "getenv": machine,
      "setlocale": machine, "Locale": machine, "TimeZone": machine,
      "drand48": "draw from a keyed random stream",
      "arc4random": "draw from a keyed random stream",
      "ObjectIdentifier": "addresses differ between runs",
    ]
    let isOwnMath = file.name.hasPrefix("DeterministicMath")
    return each(file) { line in
      for (call, instead) in banned where line.contains(call) { return "'\(call)'; \(instead)" }
      for word in words(line) {
        if let instead = bannedWords[word] { return "'\(word)'; \(instead)" }
      }
      guard !isOwnMath, let name = libraryFunction(line) ?? libraryReference(line) else {
        return nil
      }
      return "'\(name)(' would be the C library's, which differs between machines; "
        + "use DeterministicMath"
    }
  }

  /// What a scenario is and what comes of it is nobody else's: no room speaks to a network.
  static func nothingSpeaksToNetworks(_ file: SourceFile) -> [String] {
    let words: Set<String> = [
      "FoundationNetworking", "URLSession", "URLRequest", "URLConnection", "CFSocket", "CFStream",
      "InputStream", "NWConnection", "socket", "getaddrinfo", "gethostbyname", "sockaddr",
      "sockaddr_in", "res_query",
    ]
    return each(file) { line in
      let found = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        .first(where: words.contains)
      return found.map { "'\($0)'; nothing here may speak to a network: read a file instead" }
    }
  }

  /// Figures that tables show are the same on every machine: rooms that make them use the kernel's own
  /// mathematics too, though nothing else of them is as strict as the exact rooms.
  static func figuresComeFromOwnMathematics(_ file: SourceFile) -> [String] {
    guard figureRooms.contains(file.room) else { return [] }
    return each(file) { line in
      let bare = line.replacing("Glibc.", with: "").replacing("Foundation.", with: "")
      return (libraryFunction(bare) ?? libraryReference(bare)).map {
        "'\($0)(' would be the C library's, which differs between machines; use DeterministicMath"
      }
    }
  }

  /// The rules that hold for every file.
  static let all: [@Sendable (SourceFile) -> [String]] = [
    { importsAreAllowed($0) }, { filesAreSmall($0) }, { nothingIsLeftOpen($0) },
    { exactRoomsStayExact($0) }, { nothingSpeaksToNetworks($0) },
    { figuresComeFromOwnMathematics($0) },
  ]

  // MARK: Reading lines

  private static func each(
    _ file: SourceFile, _ problem: (String) -> String?
  ) -> [String] {
    file.code.indices.compactMap { index in
      problem(file.code[index]).map { "\(file.place(index)): \($0)" }
    }
  }

  /// The module that a line imports, attributes and access levels and all, or `nil`.
  private static func importedModule(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let keyword = words.firstIndex(of: "import"),
      words[..<keyword].allSatisfy({
        $0.hasPrefix("@")
          || ["public", "package", "internal", "private", "fileprivate"].contains($0)
      })
    else { return nil }
    let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let path = words[(keyword + 1)...].first { !kinds.contains($0) }
    return path?.split(separator: ".").first.map(String.init)
  }

  /// The C library's mathematics, for numbers of every width: `exp`, `expf`, `expl`.
  private static let functions: Set<String> = {
    let names = [
      "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "erf",
      "erfc", "exp", "exp10", "exp2", "expm1", "fma", "fmod", "hypot", "j0", "j1", "jn",
      "ldexp", "lgamma", "lgamma_r", "log", "log10", "log1p", "log2", "logb", "pow", "pow10",
      "remainder", "remquo", "sin", "sincos", "sinh", "tan", "tanh", "tgamma", "y0", "y1", "yn",
    ]
    return Set(names.flatMap { [$0, $0 + "f", $0 + "l"] })
  }()

  /// Methods that take a function by its name.
  private static let takers: Set<String> = [
    "compactMap", "flatMap", "forEach", "map", "mapValues", "reduce",
  ]

  /// A function of the C library's mathematics that a line names as a value: `map(exp)`, `reduce(1, pow)`,
  /// `-> Double = log`.
  private static func libraryReference(_ line: String) -> String? {
    // Few lines come into question, and taking one apart is slow.
    guard ["ap(", "reduce(", "forEach(", "Values(", "> Double ="].contains(where: line.contains)
    else { return nil }
    let tokens = HashedCollections.tokens(line)
    for place in tokens.indices where functions.contains(tokens[place]) {
      let before = Array(tokens[..<place].suffix(4))
      let after = place + 1 < tokens.count ? tokens[place + 1] : ""
      if after == ")", before.last == "(", takers.contains(before.dropLast().last ?? "") {
        return tokens[place]
      }
      if after == ")", before.last == ",", let open = tokens[..<place].lastIndex(of: "("),
        open > 0, tokens[open - 1] == "reduce"
      {
        return tokens[place]
      }
      if before.last == "=", before.dropLast().last == "Double",
        before.dropLast(2).last == ">", after.isEmpty
      {
        return tokens[place]
      }
    }
    return nil
  }

  /// The first function of the C library's mathematics that a line calls by its bare name.
  private static func libraryFunction(_ line: String) -> String? {
    var word = ""
    var before: Character = " "
    var isDeclared = false
    for character in line {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if character == "(", before != ".", !isDeclared, functions.contains(word) { return word }
      if !word.isEmpty { isDeclared = word == "func" }
      word = ""
      before = character
    }
    return nil
  }

  /// The words of a line, in order.
  private static func words(_ line: String) -> [String] {
    line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }

  private static func holdsWord(_ word: String, _ line: String) -> Bool {
    line.split { !$0.isLetter && !$0.isNumber }.contains { $0 == word }
  }
}
