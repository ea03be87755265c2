import Foundation

/// How much memory the program may hold.
struct MemoryLimit: Equatable, Decodable {
  /// Bytes; `nil` for no limit.
  var bytes: Int?
  /// Whether it was chosen by the program.
  var isDefault = false

  /// Nine tenths of what there is: of the machine's memory, or of what a container or a batch system allows.
  static var automatic: MemoryLimit {
    MemoryLimit(bytes: MachineMemory.bytes.map { $0 / 10 * 9 }, isDefault: true)
  }

  init(bytes: Int?, isDefault: Bool = false) {
    self.bytes = bytes
    self.isDefault = isDefault
  }

  /// Why a text is no amount of memory.
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  private static let units: [(name: String, bytes: Double)] = [
    ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
    ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
  ]

  /// Reads `2GB`, `1.5GiB`, `80%` of what there is, or `none`.
  init(argument: String) throws(Problem) {
    if argument == "none" {
      self.init(bytes: nil)
      return
    }
    let form = "expected an amount such as 2GB, 512MiB, 80% or none, found '\(argument)'"
    var unit = 0.0
    var number = Substring(argument)
    if argument.hasSuffix("%") {
      guard let all = MachineMemory.bytes else {
        throw Problem(description: "how much memory there is cannot be told here; give it in GB")
      }
      unit = Double(all) / 100
      number = number.dropLast()
    } else if let found = Self.units.first(where: { argument.hasSuffix($0.name) }) {
      unit = found.bytes
      number = number.dropLast(found.name.count)
    } else if Double(argument) != nil {
      throw Problem(description: "\(form); name the unit, such as \(argument)MB")
    }
    while number.last == " " { number.removeLast() }
    guard unit > 0, let amount = Double(number), amount.isFinite, amount > 0,
      amount * unit < 9e18
    else { throw Problem(description: form) }
    if argument.hasSuffix("%"), amount > 100 {
      throw Problem(description: "more than there is: \(argument)")
    }
    guard amount * unit >= Double(Self.least) else {
      throw Problem(
        description: "\(argument) is less than the program itself takes; give at least "
          + Self.text(Self.least))
    }
    self.init(bytes: Int(amount * unit))
  }

  /// Less than this no command can do with.
  static let least = 16_000_000

  /// An amount of memory for people: `2.1 GB`.
  static func text(_ bytes: Int) -> String {
    let amount = Double(bytes)
    return amount >= 1e9
      ? String(format: "%.1f GB", amount / 1e9) : String(format: "%.0f MB", amount / 1e6)
  }
}
