import Foundation

/// What a process and its descendants have used and are doing, as the kernel counts it: nothing depends on what the
/// processes themselves say.
package struct ProcessTree: Sendable, Equatable {
  /// The processor time of all of them, including those that have ended and been waited for.
  package var processorTime = Duration.zero
  /// Their resident memory, in bytes; pages that two of them share count twice.
  package var resident = 0
  /// Whether every thread waits for something that is neither a processor nor a disk.
  package var isAsleep = true

  /// More processes than any sandbox allows.
  private static let maximumProcesses = 256

  /// A tree that has used nothing.
  package init() {}

  /// The tree under `root`; nil if the machine does not tell, or if there is no such process.
  package init?(root: Int32) {
    guard let first = Status("/proc/\(root)/stat") else { return nil }
    var waiting = [(process: root, status: first)]
    var count = 0
    while let (process, status) = waiting.popLast(), count < Self.maximumProcesses {
      count += 1
      processorTime += status.processorTime
      // The first thread of a process may have ended, and then it shows no memory, but the others do.
      var largest = status.resident
      defer { resident += largest }
      for thread in Self.threads(of: process) {
        if let status = Status("\(thread)/stat") {
          largest = max(largest, status.resident)
          if !status.isAsleep { isAsleep = false }
        }
        for child in Self.numbers("\(thread)/children") {
          if let status = Status("/proc/\(child)/stat") { waiting.append((child, status)) }
        }
      }
    }
  }

  private static func threads(of process: Int32) -> [String] {
    let folder = "/proc/\(process)/task"
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var threads: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { threads.append("\(folder)/\(name)") }
    }
    return threads
  }

  private static func numbers(_ path: String) -> [Int32] { words(path).compactMap { Int32($0) } }

  private static func words(_ path: String) -> [Substring] {
    // A process may end between any two looks at it: then there is nothing to read, and that is no error.
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  /// One line of `/proc/PID/stat`.
  ///
  /// - Source: Linux, Documentation/filesystems/proc.rst, table 1-4.
  struct Status {
    let processorTime: Duration
    let resident: Int
    let isAsleep: Bool

    private static let ticksPerSecond = max(1, sysconf(Int32(_SC_CLK_TCK)))
    private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

    init?(_ path: String) {
      guard let data = FileManager.default.contents(atPath: path) else { return nil }
      self.init(line: String(decoding: data, as: UTF8.self))
    }

    /// The name, which the process chooses itself, is in parentheses: what counts comes after the last of them.
    init?(line: String) {
      guard let end = line.lastIndex(of: ")") else { return nil }
      let fields = line[line.index(after: end)...].split(whereSeparator: \.isWhitespace)
      guard fields.count > 21 else { return nil }
      let times = fields[11...14].compactMap { Int($0) }
      guard times.count == 4, let pages = Int(fields[21]) else { return nil }
      let ticks = times.reduce(0, +)
      processorTime = .milliseconds(ticks * 1000 / Self.ticksPerSecond)
      resident = pages * Self.pageSize
      isAsleep = fields[0] != "R" && fields[0] != "D"
    }
  }
}
