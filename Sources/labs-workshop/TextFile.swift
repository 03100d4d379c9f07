import Desk
import Foundation

/// Access to whole files of text, with refusals instead of errors.
enum TextFile {
  /// The largest file that is read.
  static let maximumBytes = 16 << 20

  /// The text of a file; `-` is standard input.
  ///
  /// - Throws: ``Refusal`` with `ExitStatus.missingInput` if there is none.
  static func read(_ path: String) throws -> String {
    let data: Data
    do {
      let url = URL(fileURLWithPath: path)
      let file = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: url)
      data = try file.read(upToCount: maximumBytes + 1) ?? Data()
    } catch {
      throw Refusal("cannot read \(path): \(error.reason)", .missingInput)
    }
    guard data.count <= maximumBytes else {
      throw Refusal("\(path) is larger than \(maximumBytes >> 20) MiB, the most that is read", .missingInput)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw Refusal("\(path) is not UTF-8 text", .missingInput)
    }
    return text
  }

  /// Replaces a file, or leaves it as it was.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Refusal("cannot write \(path): \(error.reason)", .missingInput)
    }
  }
}
