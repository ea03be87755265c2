import Tables

/// Writes events in the Trace Event Format, which Perfetto and chrome://tracing read, one to a line.
///
/// Source: Trace Event Format, Google, 2016 (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU),
/// sections "JSON Object Format", "Complete", "Async", "Counter" and "Metadata" events. Times are
/// microseconds with three decimals: whole nanoseconds.
struct TraceEvents {
  private let file: StreamedFile
  private var line = ""
  private var isFirst = true
  /// Events written.
  private(set) var count = 0

  init(_ file: StreamedFile) throws(TableError) {
    self.file = file
    try file.write(#"{"displayTimeUnit":"ms","traceEvents":["#.utf8)
  }

  /// A slice from `start` to `end`. `name` and `arguments` are JSON already.
  mutating func slice(
    _ name: String, process: Int, thread: Int, start: Int64, end: Int64, _ arguments: String
  ) throws(TableError) {
    begin("X", name, process: process, thread: thread, time: start)
    line += #","dur":\#(Self.microseconds(end - start)),"args":{\#(arguments)}}"#
    try finishEvent()
  }

  /// The beginning or the end of something that overlaps others, told apart by `id`.
  mutating func async(
    isBegin: Bool, _ name: String, id: UInt64, process: Int, time: Int64, _ arguments: String
  ) throws(TableError) {
    begin(isBegin ? "b" : "e", name, process: process, thread: 1, time: time)
    line += #","cat":"request","id":\#(id),"args":{\#(arguments)}}"#
    try finishEvent()
  }

  /// A counter's value from `time` on; `series` is JSON already.
  mutating func counter(
    _ name: String, process: Int, time: Int64, _ series: String, _ value: Int64
  ) throws(TableError) {
    begin("C", name, process: process, thread: 0, time: time)
    line += #","args":{\#(series):\#(value)}}"#
    try finishEvent()
  }

  /// What a process (`thread` 0) or a thread is called, and where it stands among the processes.
  mutating func name(_ name: String, process: Int, thread: Int = 0) throws(TableError) {
    let kind = thread == 0 ? "process" : "thread"
    begin("M", "\"\(kind)_name\"", process: process, thread: thread, time: 0)
    line += #","args":{"name":\#(name)}}"#
    try finishEvent()
    begin("M", "\"\(kind)_sort_index\"", process: process, thread: thread, time: 0)
    line += #","args":{"sort_index":\#(thread == 0 ? process : thread)}}"#
    try finishEvent()
  }

  /// Closes the list and the file; `notes` is JSON already.
  mutating func finish(_ notes: String) throws(TableError) {
    try file.write("\n],\"otherData\":{\(notes)}}\n".utf8)
    try file.finish()
  }

  private mutating func begin(
    _ phase: String, _ name: String, process: Int, thread: Int, time: Int64
  ) {
    line = isFirst ? "\n" : ",\n"
    isFirst = false
    line +=
      #"{"ph":"\#(phase)","name":\#(name),"pid":\#(process),"tid":\#(thread),"ts":"#
      + Self.microseconds(time)
  }

  private mutating func finishEvent() throws(TableError) {
    count += 1
    try file.write(line.utf8)
  }

  /// Nanoseconds as microseconds, exact.
  static func microseconds(_ nanoseconds: Int64) -> String {
    let part = String(nanoseconds % 1000)
    return "\(nanoseconds / 1000)." + String(repeating: "0", count: 3 - part.count) + part
  }
}
