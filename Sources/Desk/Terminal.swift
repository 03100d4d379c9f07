import Reader

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is known about the stream of a file descriptor, and how to write to it.
package enum Terminal {
  /// The width of a page if no terminal says otherwise.
  package static let standardWidth = 80

  /// Whether the descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of a descriptor's terminal, `standardWidth` if there is none.
  package static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return standardWidth }
    return Int(size.ws_col)
  }

  /// Writes all bytes.
  ///
  /// - Returns: false if the other end is closed, as with `| head`: no reason to complain.
  @discardableResult
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Writes lines to standard output, or ends the program as ``output(_:)`` does.
  package static func print(_ lines: [String]) { output(text(lines)) }

  /// Writes all bytes to standard output; if that is not possible, the program says why and ends.
  ///
  /// If the other end is closed, that is not a failure.
  package static func output(_ bytes: [UInt8]) {
    if write(bytes, to: STDOUT_FILENO) || errno == EPIPE { return }
    Program.end(with: Refusal("cannot write: \(String(cString: strerror(errno)))", .output))
  }

  /// Lines as one text.
  static func text(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }

  /// Writes a line of progress to standard error.
  package static func note(_ message: String) {
    write(Array("\(message)\n".utf8), to: STDERR_FILENO)
  }

  /// Writes a message to standard error, without the control characters that a name in it may contain.
  package static func complain(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { Span(String($0)).text }
    write(Array("labs-cli: \(lines.joined(separator: "\n"))\n".utf8), to: STDERR_FILENO)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
