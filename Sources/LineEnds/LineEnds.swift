// One idea in one file: every text that a person wrote is read as if its lines ended in a line feed.
//
// Editors and archives end lines in LF, CRLF or CR, and some put a byte order mark in front. Code that looks at lines
// (of scenarios, chapters, figures, solutions, manifests, programs) calls `LineEnds` first; code that passes a file on
// unchanged (a student's source on its way to the compiler, a version that is kept) does not.

/// Texts whose lines each end in one line feed.
package enum LineEnds {
  /// The text without a byte order mark, and with LF for each CRLF and each CR.
  ///
  /// - Complexity: O(n) in the length of the text; if there is nothing to change, one scan.
  package static func unified(_ text: [UInt8]) -> [UInt8] {
    let body = text.starts(with: byteOrderMark) ? text[byteOrderMark.count...] : text[...]
    guard body.contains(carriageReturn) else { return body.count == text.count ? text : Array(body) }
    var unified: [UInt8] = []
    unified.reserveCapacity(body.count)
    var isBehindReturn = false
    for byte in body {
      if byte == carriageReturn {
        unified.append(lineFeed)
      } else if byte != lineFeed || !isBehindReturn {
        unified.append(byte)
      }
      isBehindReturn = byte == carriageReturn
    }
    return unified
  }

  /// The text without a byte order mark, and with LF for each CRLF and each CR.
  package static func unified(_ text: String) -> String {
    String(decoding: unified(Array(text.utf8)), as: UTF8.self)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let carriageReturn: UInt8 = 13
  private static let lineFeed: UInt8 = 10
}
