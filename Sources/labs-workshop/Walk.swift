import Desk
import Grader
import Judging

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A walk through a failure, row by row, forward and backward.
struct Walk {
  private let finding: Finding
  /// The lines of the files with the code, in the order in which they were compiled.
  private let files: [[Substring]]
  private var head: [Picture.Row] { Array(finding.picture.rows[..<finding.walk[0].rows.lowerBound]) }

  /// The walk through a finding; nil if there are no steps.
  ///
  /// - Parameter files: the texts of the files with the code, in the order in which they were compiled.
  init?(_ finding: Finding, files: [String] = []) {
    self.files = files.map { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
    var finding = finding
    // A picture may have been cut to a size that can be kept.
    finding.walk.removeAll { $0.rows.upperBound > finding.picture.rows.count }
    guard !finding.walk.isEmpty else { return nil }
    self.finding = finding
  }

  /// How many steps there are.
  var count: Int { finding.walk.count }

  /// What to show after a step: the table so far, the current state and, at the end, what is wrong.
  ///
  /// - Parameter height: how many lines there may be; of a longer table, only the end is shown.
  func frame(_ number: Int, height: Int = .max, ink: Ink = Ink(false)) -> [String] {
    let step = finding.walk[number]
    let rows = finding.picture.rows[..<step.rows.upperBound].enumerated().dropFirst(head.count).map { index, row in
      let line = (index == step.rows.lowerBound ? "> " : "  ") + Printable.text(row.text)
      return step.rows.contains(index) ? ink(.strong, line) : line
    }
    var notes = (code(at: step.place) + step.notes).map {
      "  " + ($0.label + " ").padding(to: 9) + Printable.text($0.text)
    }
    if number == count - 1 { notes += [""] + Self.folded(Printable.text(finding.what)) }
    let top = head.map { "  " + Printable.text($0.text) }
    let room = max(1, height - top.count - notes.count - 3)
    return top + rows.suffix(room) + [""] + notes + ["  step \(number + 1) of \(count)"]
  }

  /// The line of code that a step comes from.
  private func code(at place: String) -> [Picture.Row] {
    let parts = place.split(separator: ":")
    guard parts.count == 2, let line = Int(parts[1].prefix { $0.isNumber }), let file = Builder.index(ofFile: parts[0])
    else { return [] }
    guard files.indices.contains(file), files[file].indices.contains(line - 1) else { return [] }
    let code = files[file][line - 1].drop { $0.isWhitespace }
    return [Picture.Row("line \(line)", Printable.line(String(code), limit: Terminal.standardWidth - 12))]
  }

  /// Shows the walk: on a terminal as the keys direct, elsewhere all frames, one after the other.
  func show(_ ink: Ink) throws {
    guard Terminal.isTerminal(STDIN_FILENO), Terminal.isTerminal(STDOUT_FILENO), var keys = Keys() else {
      for number in 0..<count { Terminal.print(frame(number, ink: ink) + [""]) }
      return
    }
    var number = 0
    // The last frame stays on the screen.
    defer {
      keys.close()
      Terminal.print(frame(number, ink: ink))
    }
    while true {
      let lines = frame(number, height: keys.height - 1, ink: ink)
      let help = "  n or \u{2192}: next, p or \u{2190}: back, g, G: first, last, q: quit"
      Terminal.write(Array(("\u{1B}[H\u{1B}[2J" + (lines + [help]).joined(separator: "\r\n")).utf8), to: STDOUT_FILENO)
      switch keys.next() {
      case .forward: number = min(number + 1, count - 1)
      case .backward: number = max(number - 1, 0)
      case .first: number = 0
      case .last: number = count - 1
      case .other: break
      case .leave: return
      }
    }
  }

  private static func folded(_ text: String) -> [String] {
    var lines = [" "]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > Terminal.standardWidth { lines.append(" ") }
      lines[lines.count - 1] += " " + word
    }
    return lines
  }
}

/// The keys of a terminal, one by one, on a screen of their own.
private struct Keys {
  /// What a key stands for.
  enum Meaning {
    case forward, backward, first, last, leave, other
  }

  private var before = termios()
  /// The bytes that were typed but not handled yet.
  private var typed: [UInt8] = []

  /// Takes over the terminal; nil if that is not possible.
  init?() {
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) == 0 else { return nil }
    Terminal.write(Array("\u{1B}[?1049h".utf8), to: STDOUT_FILENO)
  }

  /// Restores the terminal as it was.
  func close() {
    Terminal.write(Array("\u{1B}[?1049l".utf8), to: STDOUT_FILENO)
    var before = before
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
  }

  /// The lines of the terminal.
  var height: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
  }

  /// Waits for a key.
  mutating func next() -> Meaning {
    if typed.isEmpty {
      var bytes = [UInt8](repeating: 0, count: 64)
      let count = read(STDIN_FILENO, &bytes, bytes.count)
      if count < 0 && errno == EINTR { return .other }
      guard count > 0 else { return .leave }
      typed = Array(bytes.prefix(count))
    }
    // A cursor key is three bytes; several keys may have been typed since the last look.
    let isCursorKey =
      typed.count > 2 && typed[0] == 0x1B && (typed[1] == UInt8(ascii: "[") || typed[1] == UInt8(ascii: "O"))
    let isNumbered = isCursorKey && typed.count > 3 && typed[3] == UInt8(ascii: "~")
    let length = isNumbered ? 4 : isCursorKey ? 3 : 1
    defer { typed.removeFirst(length) }
    return Self.meaning(of: String(decoding: typed.prefix(length), as: UTF8.self))
  }

  private static func meaning(of key: String) -> Meaning {
    switch key {
    case "n", " ", "\n", "j", "l", "\u{1B}[C", "\u{1B}[B", "\u{1B}OC", "\u{1B}OB": return .forward
    case "p", "k", "h", "\u{7F}", "\u{1B}[D", "\u{1B}[A", "\u{1B}OD", "\u{1B}OA": return .backward
    case "g", "\u{1B}[H", "\u{1B}[1~": return .first
    case "G", "\u{1B}[F", "\u{1B}[4~": return .last
    case "q", "\u{1B}", "\u{03}", "\u{04}": return .leave
    default: return .other
    }
  }
}
