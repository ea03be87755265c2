import Foundation
import FuzzTargets
import Glibc

/// A file that two processes see as memory: the input a worker is at, and how many it has done. It is still
/// there when the worker is not.
struct InputSlot {
  /// Path of the file.
  let path: String
  private let memory: UnsafeMutableRawPointer

  /// What a worker is doing.
  enum State: Int {
    case idle
    case running
    case violation
  }

  private static let header = 64
  private static let reasonBytes = 4096
  private static var size: Int { header + reasonBytes + FuzzTarget.mostBytes }

  /// Maps the file, which is made where it is not there.
  ///
  /// - Throws: `InputSlot.Problem` where it cannot be.
  init(path: String) throws {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0, ftruncate(file, Self.size) == 0,
      let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
      memory != UnsafeMutableRawPointer(bitPattern: -1)
    else { throw Problem(description: "the file \(path) cannot be mapped") }
    _ = Glibc.close(file)
    self.path = path
    self.memory = memory
  }

  /// Why there is no slot.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Gives the memory back and removes the file.
  func remove() {
    munmap(memory, Self.size)
    unlink(path)
  }

  private func word(_ place: Int) -> Int { memory.load(fromByteOffset: place * 8, as: Int.self) }

  private func setWord(_ place: Int, _ value: Int) {
    memory.storeBytes(of: value, toByteOffset: place * 8, as: Int.self)
  }

  /// Number of the input that the worker is at.
  var number: Int { word(0) }
  /// Inputs that were accepted.
  var accepted: Int { word(2) }
  /// Inputs that were refused.
  var refused: Int { word(3) }
  /// What the worker is doing.
  var state: State { State(rawValue: word(4)) ?? .idle }

  /// The input that the worker is at.
  var input: [UInt8] {
    let start = memory + Self.header + Self.reasonBytes
    return Array(UnsafeRawBufferPointer(start: start, count: min(word(1), FuzzTarget.mostBytes)))
  }

  /// Which promise was broken.
  var reason: String {
    let start = memory + Self.header
    return String(
      decoding: UnsafeRawBufferPointer(start: start, count: min(word(5), Self.reasonBytes)),
      as: UTF8.self)
  }

  /// As before the first input.
  func clear() { for place in 0..<6 { setWord(place, 0) } }

  /// Notes what is tried next.
  func begin(_ number: Int, _ input: [UInt8]) {
    precondition(input.count <= FuzzTarget.mostBytes)
    setWord(0, number)
    setWord(1, input.count)
    input.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        (memory + Self.header + Self.reasonBytes).copyMemory(from: base, byteCount: bytes.count)
      }
    }
    setWord(4, State.running.rawValue)
  }

  /// Notes what came of it.
  func end(_ outcome: FuzzOutcome) {
    switch outcome {
    case .accepted: setWord(2, accepted + 1)
    case .refused: setWord(3, refused + 1)
    case .violation(let reason):
      let text = Array(reason.utf8.prefix(Self.reasonBytes))
      text.withUnsafeBytes {
        (memory + Self.header).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
      }
      setWord(5, text.count)
      setWord(4, State.violation.rawValue)
      return
    }
    setWord(4, State.idle.rawValue)
  }
}
