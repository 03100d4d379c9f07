import Foundation

/// The name of a file or folder, as bytes.
///
/// Linux accepts any bytes as a name. Archives contain names in Latin-1 that are not UTF-8, and names that differ only
/// in their bytes but are equal as texts. The bytes are what is opened; the text is what is shown.
package struct EntryName: Sendable, Hashable {
  /// The bytes, none of which is 0.
  let bytes: [UInt8]

  /// A name.
  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  /// A name that is a text.
  init(_ text: String) { self.init(text.utf8) }

  /// The name as it is shown: a byte that is not part of a character is written `\xFC`.
  package var text: String {
    var text = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      // The fewest bytes that make a character, which never has more than four.
      if let length = (1...4).first(where: {
        $0 <= rest.count && String(validating: rest.prefix($0), as: UTF8.self) != nil
      }) {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + Self.hexadecimal(rest[rest.startIndex])
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// The text in composed form, in which accents are part of their letters.
  var composed: String { text.precomposedStringWithCanonicalMapping }

  /// The name in ASCII: any other character is written as its number.
  var spelledOut: String {
    text.unicodeScalars.map { scalar in
      scalar.isASCII ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }.joined()
  }

  /// The name without its last `count` bytes.
  func dropLast(_ count: Int) -> EntryName { EntryName(bytes.dropLast(count)) }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(Int(byte) + 256, radix: 16, uppercase: true).dropFirst().description
  }
}

/// A path in the file system, as bytes.
package struct FilePath: Sendable, Equatable {
  private let bytes: [UInt8]

  /// The place that a path names.
  package init(_ path: String) { bytes = Array(path.utf8) }
  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The path of `name` in this folder.
  func appending(_ name: EntryName) -> FilePath { FilePath(bytes: bytes + [UInt8(ascii: "/")] + name.bytes) }

  /// The path as it is shown.
  var text: String { EntryName(bytes).text }

  /// The place that the path leads to when links are followed; nil if there is none.
  var resolved: FilePath? {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { path in
        guard let name = path.baseAddress.flatMap({ realpath($0, nil) }) else { return nil }
        defer { free(name) }
        return FilePath(bytes: UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) })
      }
    }
  }

  /// Opens what is there; a link is not followed.
  func open(_ flags: Int32) -> Int32 {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { Foundation.open($0, flags | O_NOFOLLOW | O_CLOEXEC) } ?? -1
      }
    }
  }

  /// What the system says about what is there; for a link, about the link itself.
  func status() -> stat? {
    var status = stat()
    let result = (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { path in path.baseAddress.map { lstat($0, &status) } ?? -1 }
    }
    return result == 0 ? status : nil
  }
}
