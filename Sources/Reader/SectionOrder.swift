import LineEnds

/// The order in which a book comes to its sections, found without parsing it.
package struct SectionOrder: Sendable {
  /// A section's place: its chapter, and how many headings come before it there.
  private var places: [String: Int] = [:]

  /// The order of the sections of the chapters in a folder; what cannot be read comes last.
  ///
  /// Headings are lines that begin with a number sign, outside of code blocks.
  package init(chapters folder: String) {
    for (file, name) in (Folder.names(in: folder) ?? []).enumerated() where name.hasSuffix(".md") {
      guard let number = Int(name.prefix { $0.isNumber }), let bytes = Folder.contents(of: "\(folder)/\(name)") else {
        continue
      }
      var anchors = Anchors()
      var isCode = false
      for line in LineEnds.unified(bytes).split(separator: UInt8(ascii: "\n")) {
        if line.starts(with: Self.fence) { isCode.toggle() }
        guard !isCode, line.first == UInt8(ascii: "#") else { continue }
        let text = line.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: " ") }
        let anchor = anchors.next(for: String(decoding: text, as: UTF8.self))
        places["\(number)#\(anchor)"] = file << 16 + places.count
      }
    }
  }

  private static let fence = Array("```".utf8)

  /// Whether the book comes to the section `left` before `right`; nil if they are the same, or both unknown.
  package func isBefore(_ left: String, _ right: String) -> Bool? {
    let (one, other) = (places[left] ?? .max, places[right] ?? .max)
    return one == other ? nil : one < other
  }
}
