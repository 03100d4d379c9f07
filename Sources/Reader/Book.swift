/// The chapters of a book, the files `NN-title.md` of a folder in the order of their numbers, and the sheets of its labs.
package struct Book: Sendable {
  /// The chapters.
  package let chapters: [Chapter]
  private let labsFolder: String?

  /// One chapter, not yet read.
  package struct Chapter: Equatable, Sendable {
    /// Its number.
    package let number: Int
    /// The file's name without number and extension: "scheduling".
    package let slug: String
    /// Where the file is.
    package let path: String

    /// The file's name without extension: "02-scheduling".
    package var name: String { String(path.split(separator: "/").last?.dropLast(".md".count) ?? "") }

    /// Reads and parses it, and numbers its figures.
    ///
    /// - Throws: `ReadingError.unreadable`.
    package func load() throws(ReadingError) -> Document { try Document(file: path).numberingFigures(of: number) }
  }

  /// Finds the chapters in a folder; other files are skipped.
  ///
  /// - Parameter labs: the folder of the labs, or nil for a book without labs; it is read when a lab is asked for.
  /// - Throws: `ReadingError.unreadable` if the folder of the chapters cannot be listed.
  package init(chapters folder: String, labs: String? = nil) throws(ReadingError) {
    labsFolder = labs
    guard let names = Folder.names(in: folder) else { throw .unreadable(folder) }
    chapters = names.compactMap { Chapter(file: $0, in: folder) }.sorted { $0.number < $1.number }
  }

  /// The labs.
  ///
  /// - Throws: `ReadingError.unreadable` if their folder cannot be listed.
  package func labs() throws(ReadingError) -> [LabFolder] {
    guard let labsFolder else { return [] }
    return try LabFolder.all(in: labsFolder)
  }
}

extension Book.Chapter {
  fileprivate init?(file: String, in folder: String) {
    let digits = file.prefix { $0.isASCII && $0.isNumber }
    let rest = file.dropFirst(digits.count)
    guard let number = Int(digits), rest.hasPrefix("-"), rest.hasSuffix(".md"), rest.count > "-.md".count else {
      return nil
    }
    self.init(number: number, slug: String(rest.dropFirst().dropLast(".md".count)), path: "\(folder)/\(file)")
  }
}
