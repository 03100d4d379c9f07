/// The chapters of a book: the files `NN-title.md` of a folder, in the order of their numbers.
package struct Book: Sendable {
  /// The chapters.
  package let chapters: [Chapter]

  /// One chapter, not yet read.
  package struct Chapter: Equatable, Sendable {
    /// Its number.
    package let number: Int
    /// The file's name without number and ending: "scheduling".
    package let slug: String
    /// Where the file is.
    package let path: String

    /// The file's name without ending: "02-scheduling".
    package var name: String { String(path.split(separator: "/").last?.dropLast(".md".count) ?? "") }

    /// Reads and parses it.
    ///
    /// - Throws: `ReadingError.unreadable`.
    package func load() throws(ReadingError) -> Document {
      guard let bytes = Folder.contents(of: path) else { throw .unreadable(path) }
      return Document(bytes)
    }
  }

  /// Finds the chapters in a folder; other files are passed over.
  ///
  /// - Throws: `ReadingError.unreadable` if the folder cannot be listed.
  package init(chapters folder: String) throws(ReadingError) {
    guard let names = Folder.names(in: folder) else { throw .unreadable(folder) }
    chapters = names.compactMap { Chapter(file: $0, in: folder) }.sorted { $0.number < $1.number }
  }

  /// What a reference names: a chapter, or a section of it.
  ///
  /// - Parameter reference: `2`, `02-scheduling`, `scheduling`, each with or without `#real-time` behind it; a file
  ///   name, as in the links between chapters, is as good.
  /// - Throws: `ReadingError` with what may have been meant.
  package func resolve(_ reference: String) throws(ReadingError) -> Place {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let chapter = try chapter(named: parts[0])
    let document = try chapter.load()
    guard parts.count > 1, !parts[1].isEmpty else { return Place(chapter: chapter, heading: nil, document: document) }
    let anchor = parts[1].lowercased()
    guard let heading = document.headings.first(where: { $0.anchor == anchor }) else {
      let near = Suggestions.near(anchor, among: document.headings.map(\.anchor))
      throw .noSection(anchor, chapter: chapter.number, near: near.map { "\(chapter.number)#\($0)" })
    }
    return Place(chapter: chapter, heading: heading, document: document.section(heading))
  }

  private func chapter(named reference: String) throws(ReadingError) -> Chapter {
    var name = reference.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".md") { name.removeLast(".md".count) }
    let number = Int(name)
    if let chapter = chapters.first(where: { $0.number == number || $0.name == name || $0.slug == name }) {
      return chapter
    }
    throw .noChapter(reference, near: Suggestions.near(name, among: chapters.map(\.slug)))
  }
}

/// A chapter or a section of one, found.
package struct Place: Sendable {
  /// The chapter.
  package let chapter: Book.Chapter
  /// The heading of the section, or nil for the whole chapter.
  package let heading: Document.Heading?
  /// What is to be read.
  package let document: Document
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

/// Why something could not be read.
package enum ReadingError: Error, Equatable, Sendable {
  /// A file or folder that is missing, closed or too large.
  case unreadable(String)
  /// No chapter has this number or name; these are like it.
  case noChapter(String, near: [String])
  /// The chapter has no such section; these references are like it.
  case noSection(String, chapter: Int, near: [String])

  /// What is wrong, and what may have been meant.
  package var message: String {
    switch self {
    case .unreadable(let path): "cannot read \(path)"
    case .noChapter(let name, let near): "there is no chapter '\(name)'" + ReadingError.question(near)
    case .noSection(let name, let chapter, let near):
      "chapter \(chapter) has no section '\(name)'" + ReadingError.question(near)
    }
  }

  private static func question(_ near: [String]) -> String {
    near.isEmpty ? "; 'labs-cli read' lists what there is" : "; did you mean \(near.joined(separator: " or "))?"
  }
}
