import ArgumentParser
import Foundation
import Reader

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is known of the stream behind a file descriptor, and how to write to it.
enum Terminal {
  /// The width of a page where no terminal says otherwise.
  static let standardWidth = 80

  /// Whether somebody is looking: the descriptor is a terminal that can move its cursor.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal behind a descriptor, `standardWidth` where there is none.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return standardWidth }
    return Int(size.ws_col)
  }

  /// Writes all bytes.
  ///
  /// - Returns: false if nobody reads the other end any more, as behind `| head`: no reason to complain.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Writes lines to standard output.
  static func print(_ lines: [String]) {
    write(Array((lines.joined(separator: "\n") + "\n").utf8), to: STDOUT_FILENO)
  }

  /// Writes a JSON document to standard output, its keys in order.
  static func print(json document: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    print([String(decoding: try encoder.encode(document), as: UTF8.self)])
  }

  /// Writes a line of progress to standard error.
  static func note(_ message: String) {
    write(Array("\(message)\n".utf8), to: STDERR_FILENO)
  }

  /// Writes a message to standard error, without the control characters that a name in it may hold.
  static func complain(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { Span(String($0)).text }
    write(Array("labs-cli: \(lines.joined(separator: "\n"))\n".utf8), to: STDERR_FILENO)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// When to colour: the option that every command with coloured output takes.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// As the environment says, else where the stream is a terminal.
  case auto
  /// Also into a file or a pipe.
  case always
  /// Nowhere.
  case never

  /// Whether to colour what goes to a descriptor.
  ///
  /// `NO_COLOR` (https://no-color.org) and `FORCE_COLOR` count when they are not empty, whatever they say (but `FORCE_COLOR=0` is no);
  /// where both are set, `NO_COLOR` wins, and a choice on the command line wins over both.
  func enabled(for descriptor: Int32) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if environment("NO_COLOR") != nil { return false }
      if let force = environment("FORCE_COLOR") { return force != "0" }
      return Terminal.isTerminal(descriptor) && environment("TERM") != "dumb"
    }
  }
}
