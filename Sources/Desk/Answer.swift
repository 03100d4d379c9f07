#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An answer that can be given immediately.
///
/// A command is recognised only in its plainest form. Everything else, including mistakes and missing files, is left to
/// the program that knows all forms of the commands: nothing is refused here, and no option is known.
package struct Answer {
  private let text: [UInt8]
  private let isLong: Bool

  /// The answer to the words after the program's name, or nil if it takes more to find it.
  package init?(to words: [String]) {
    do {
      switch words.first {
      case "read" where words.count == 1 || words.count == 2 && !words[1].hasPrefix("-"):
        let page = try ReadPage(words.dropFirst().first, of: .find(nil), width: nil, color: .auto)
        self.init(text: page.bytes, isLong: true)
      case "list" where words.count == 1, "progress" where words.count == 1:
        guard let rows = try LabRow.plainRows(of: .find(nil), progress: StateFolder.progress) else { return nil }
        let lines = words == ["list"] ? LabRow.list(rows) : LabRow.progress(rows)
        self.init(text: Terminal.text(lines), isLong: false)
      default: return nil
      }
    } catch {
      // The program that answers instead meets the same error, and says what it is.
      return nil
    }
  }

  private init(text: [UInt8], isLong: Bool) {
    self.text = text
    self.isLong = isLong
  }

  /// Shows it on standard output, a long text through the pager.
  package func show() throws(Refusal) {
    if isLong { try Pager.show(text) } else { Terminal.output(text) }
  }
}
