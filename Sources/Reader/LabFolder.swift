import LineEnds

/// The folder of a lab: the one that holds its `lab.yml`, in the folder of all labs or in that of an area.
package struct LabFolder: Equatable, Sendable {
  /// The folder's name, and the lab's.
  package let slug: String
  /// Where the folder is.
  package let path: String

  /// The file that says what the lab is.
  package var manifest: String { path + "/lab.yml" }
  /// The task sheet.
  package var sheet: String { path + "/README.md" }
  /// What to type to read the sheet: "labs/buddy".
  package var reference: String { LabFolder.prefix + slug }
  /// The sheet's first heading, or the slug if there is none.
  package var title: String {
    let bytes = Folder.contents(of: sheet) ?? []
    let heading = LineEnds.unified(bytes).split(separator: newline).first { $0.starts(with: LabFolder.headingMark) }
    return heading.map { String(decoding: $0.dropFirst(LabFolder.headingMark.count), as: UTF8.self) } ?? slug
  }

  /// What comes before the slug in a reference.
  static let prefix = "labs/"
  private static let headingMark = Array("# ".utf8)

  /// The labs in a folder, in the order of their paths; none if there is no such folder.
  ///
  /// - Throws: `ReadingError.unreadable` if the folder cannot be listed.
  package static func all(in folder: String) throws(ReadingError) -> [LabFolder] {
    guard let names = Folder.names(in: folder) else {
      guard Folder.holds(folder) else { return [] }
      throw .unreadable(folder)
    }
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [LabFolder] in
      let path = "\(folder)/\(name)"
      let lab = LabFolder(slug: name, path: path)
      return Folder.holds(lab.manifest) ? [lab] : labs(ofArea: path)
    }
  }

  private static func labs(ofArea path: String) -> [LabFolder] {
    (Folder.names(in: path) ?? []).filter { !$0.hasPrefix(".") }
      .map { LabFolder(slug: $0, path: "\(path)/\($0)") }.filter { Folder.holds($0.manifest) }
  }

  /// Reads and parses the sheet.
  ///
  /// - Throws: `ReadingError.unreadable`.
  package func load() throws(ReadingError) -> Document { try Document(file: sheet) }
}
