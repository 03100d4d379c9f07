import Judging
import LabHarness
import LabKernel

/// Bytes as text, in pictures and sentences.
package enum ExecQuote {
  /// How many characters of a string are shown.
  private static let most = 24

  /// A string in quotation marks, without its middle if it is long.
  package static func string(_ bytes: [UInt8], most: Int = most) -> String {
    if bytes.count <= most { return "\"\(text(bytes))\"" }
    return "\"\(text(Array(bytes.prefix(most - 4))))…\" (\(bytes.count) bytes)"
  }

  /// Several strings.
  package static func strings(_ strings: [[UInt8]]) -> String {
    if strings.isEmpty { return "none" }
    let shown = strings.prefix(6).map { string($0) }.joined(separator: " ")
    return strings.count > 6 ? "\(shown) … (\(strings.count) in all)" : shown
  }

  /// The beginning of a file: where the same byte is repeated, its number.
  package static func file(_ bytes: [UInt8]) -> String {
    var words = ""
    var rest = bytes[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      let unit = text([first])
      words += run.count > 6 ? "\(unit)…\(unit) (\(run.count) times) " : String(repeating: unit, count: run.count)
      rest = rest[run.endIndex...]
    }
    return "\(words)  (\(bytes.count) bytes)"
  }

  /// Bytes as they are, with escapes for what cannot be printed.
  package static func text(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      switch byte {
      case 0: "\\0"
      case 9: "\\t"
      case 10: "\\n"
      case 32...126: String(UnicodeScalar(byte))
      default: "\\" + hexadecimal(Int(byte))
      }
    }.joined()
  }

  /// A number in hexadecimal digits.
  package static func hexadecimal(_ number: Int) -> String { String(UInt(bitPattern: number), radix: 16) }
}

extension ExecArguments {
  /// The arguments in few words.
  package var words: String {
    ExecQuote.strings(first) + (count > 6 && first.count <= 6 ? " … (\(count) in all)" : "")
  }

  /// These arguments and others, in few words, from the first that differs on: longer texts would hide the difference.
  func words(beside expected: ExecArguments) -> (String, String) {
    let place = zip(first, expected.first).prefix { $0 == $1 }.count
    let skipped = max(0, place - 1)
    func words(_ arguments: ExecArguments) -> String {
      let shown = arguments.first.dropFirst(skipped).prefix(5).map { ExecQuote.string($0) }.joined(separator: " ")
      return (skipped > 0 ? "… " : "") + (shown.isEmpty ? "none" : shown) + "  (\(arguments.count) in all)"
    }
    return (words(self), words(expected))
  }
}

extension ExecImageLab.Input {
  /// The case as rows: the request, and the calls.
  package var picture: [Picture.Row] {
    let request = setup.expanded
    return [
      Picture.Row("path", ExecQuote.string(request.file)),
      Picture.Row("argv", ExecQuote.strings(request.arguments)),
      Picture.Row("envp", ExecQuote.strings(request.environment)),
    ] + (request.stackLimit == ExecRequest.usualStackLimit ? [] : [Picture.Row("limit", "\(request.stackLimit) bytes")])
      + Picture.rows("calls", calls.map(\.words), unit: "calls")
  }
}

extension ExecImageLab.Operation {
  /// The call in few words.
  fileprivate var words: String {
    switch self {
    case .read(let content): "read \(ExecQuote.string(Array(content.flatMap(\.bytes).prefix(execHeadSize))))"
    case .stack(let top, _, _): "stack below \(ExecQuote.hexadecimal(top))"
    case .reset: "reset a task"
    }
  }
}
