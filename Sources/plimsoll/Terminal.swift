import Foundation
import Report

/// What is known of the terminal, if there is one.
enum Terminal {
  /// How to lay text out for standard output.
  static var output: TerminalLayout {
    let isTerminal = isatty(1) == 1
    return TerminalLayout(
      width: isTerminal ? width(of: 1) : TerminalLayout.plain.width,
      style: TextStyle(isColoured: wantsColour(isTerminal, ProcessInfo.processInfo.environment)))
  }

  /// Whether a line can be written over again on standard error.
  static var canRewriteErrors: Bool {
    isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Columns of a terminal: COLUMNS where it is set, else what the terminal says, else 80.
  static func width(of descriptor: Int32) -> Int {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }),
      columns > 0
    {
      return max(TerminalLayout.narrowest, min(columns, 1000))
    }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return TerminalLayout.plain.width
    }
    return max(TerminalLayout.narrowest, Int(size.ws_col))
  }

  /// Colour as https://no-color.org and https://bixense.com/clicolors say: NO_COLOR forbids it,
  /// CLICOLOR_FORCE asks for it anywhere, CLICOLOR=0 and TERM=dumb do without, and a pipe has none.
  static func wantsColour(_ isTerminal: Bool, _ environment: [String: String]) -> Bool {
    if !(environment["NO_COLOR"] ?? "").isEmpty { return false }
    if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isTerminal && environment["CLICOLOR"] != "0" && environment["TERM"] != "dumb"
  }
}
