/// What is typed on the console: lines that are there from the beginning, and then the end of the file.
///
/// - Source: Linux, drivers/tty/n_tty.c, `canon_copy_from_read_buf()`: a read returns one line at most.
/// - Simplified: everything has been typed before the first read; no echo, no editing, no signals.
package struct Terminal: Sendable, Equatable {
  private let input: [UInt8]
  /// How many bytes of it have been read.
  private var next = 0

  /// A terminal on which this is typed.
  package init(input: [UInt8] = []) { self.input = input }

  /// Whether everything has been read.
  package var isAtEnd: Bool { next == input.count }

  /// Adds how much has been read to `digest`.
  func digest(into digest: inout StateDigest) { digest.combine(next) }

  /// Takes the next bytes, up to the end of the line, at most `count`.
  package mutating func read(_ count: Int) -> ArraySlice<UInt8> {
    let rest = input[next...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? input.count
    let line = rest[..<end].prefix(count)
    next += line.count
    return line
  }
}
