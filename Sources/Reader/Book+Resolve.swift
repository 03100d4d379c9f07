extension Book {
  /// What a reference names: a chapter, the sheet of a lab, or a section of one of them.
  ///
  /// - A chapter is `2`, `02-scheduling` or `scheduling`; a file name, as in the links between chapters, works too.
  /// - A sheet is `labs/buddy`, or the path of the lab's folder or of the file in it.
  /// - Either may be followed by a section: `2#real-time`, `labs/buddy#what-is-judged`.
  /// - A word that names no chapter is looked up among the sections of all chapters, then among the labs, and finally
  ///   among the first words of sections. `SectionName` says what a section can be called.
  ///
  /// - Throws: `ReadingError` with what may have been meant.
  /// - Complexity: one file is read for a chapter, a sheet or a section of one of them, else all chapters are.
  package func resolve(_ reference: String) throws(ReadingError) -> Place {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let section = parts.dropFirst().first { !$0.isEmpty }?.lowercased()
    if let slug = Book.slug(in: parts[0]) {
      let lab = try lab(named: slug)
      return try Book.place(section, of: lab.reference, try lab.load(), named: lab.reference)
    }
    let name = Book.lastName(in: parts[0])
    if let chapter = chapter(named: name) {
      return try Book.place(section, of: "\(chapter.number)", try chapter.load(), named: "chapter \(chapter.number)")
    }
    let namesake = try labs().first { $0.slug == name }
    guard section == nil else {
      guard let namesake else { throw try miss(parts[0], name, isBeforeHash: true) }
      return try Book.place(section, of: namesake.reference, try namesake.load(), named: namesake.reference)
    }
    if let place = try place(called: name, namesake) { return place }
    throw try miss(parts[0], name, isBeforeHash: false)
  }

  /// A section of a text, or all of it if none is named.
  private static func place(
    _ section: String?, of text: String, _ document: Document, named title: String
  ) throws(ReadingError) -> Place {
    guard let section else { return Place(whole: text, document) }
    for kind in SectionName.allCases {
      let fitting = document.headings.filter { kind.fits(section, $0.anchor) }
      if fitting.count == 1 { return Place(fitting[0], of: text, document) }
      if fitting.isEmpty { continue }
      throw .several(section, fitting.map { .init(reference: "\(text)#\($0.anchor)", title: $0.text) })
    }
    let near = Suggestions.near(section, among: document.headings.map(\.anchor))
    throw .noSection(section, of: title, near: near.map { "\(text)#\($0)" })
  }

  /// A section of any chapter, or the sheet of the lab that has this name; nil if there is neither.
  private func place(called name: String, _ namesake: LabFolder?) throws(ReadingError) -> Place? {
    guard !name.isEmpty else { return nil }
    let texts = documents()
    for kind in SectionName.allCases {
      if kind == .firstWords, let namesake { return Place(whole: namesake.reference, try namesake.load()) }
      let fitting = texts.flatMap { text in
        text.document.headings.filter { kind.fits(name, $0.anchor) }.map { (text: text, heading: $0) }
      }
      if fitting.count == 1, let (text, heading) = fitting.first {
        return Place(heading, of: text.reference, text.document, namesake: namesake)
      }
      if fitting.isEmpty { continue }
      let sections = fitting.map { text, heading in
        ReadingError.Candidate(
          reference: "\(text.reference)#\(heading.anchor)", title: "\(text.document.title ?? ""): \(heading.text)")
      }
      let sheets = namesake.map { [ReadingError.Candidate(reference: $0.reference, title: $0.title)] } ?? []
      throw .several(name, sections + sheets)
    }
    return nil
  }

  /// The chapters, read; a chapter that cannot be read is left out.
  private func documents() -> [(reference: String, document: Document)] {
    chapters.compactMap { chapter in
      do throws(ReadingError) {
        return ("\(chapter.number)", try chapter.load())
      } catch {
        return nil
      }
    }
  }

  private func chapter(named name: String) -> Chapter? {
    let number = Int(name)
    return chapters.first { $0.number == number || $0.name == name || $0.slug == name }
  }

  private func lab(named slug: String) throws(ReadingError) -> LabFolder {
    let labs = try labs()
    if let lab = labs.first(where: { $0.slug == slug }) { return lab }
    throw .noLab(slug, near: Suggestions.near(slug, among: labs.map(\.slug)).map { LabFolder.prefix + $0 })
  }

  /// The error for an unknown name: it has the names that are similar, each as it is to be typed.
  private func miss(_ typed: String, _ name: String, isBeforeHash: Bool) throws(ReadingError) -> ReadingError {
    var names = chapters.map { (key: $0.slug, reference: $0.slug) }
    names += try labs().map { ($0.slug, $0.reference) }
    if !isBeforeHash {
      for text in documents() {
        // The first heading is the chapter's own.
        names += text.document.headings.dropFirst().map { ($0.anchor, "\(text.reference)#\($0.anchor)") }
      }
    }
    var keys: [String] = []
    for (key, _) in names where !keys.contains(key) { keys.append(key) }
    let likely = Suggestions.near(name, among: keys)
    let near = Array(likely.flatMap { key in names.filter { $0.key == key }.map(\.reference) }.prefix(Suggestions.most))
    return isBeforeHash ? .noText(typed, near: near) : .nothing(typed, near: near)
  }

  /// The slug in the path of a lab's folder or sheet: "buddy" in `labs/buddy`, `labs/memory/buddy/` and
  /// `../labs/buddy/README.md`; nil if the path leads to no lab.
  private static func slug(in path: String) -> String? {
    var names = path.split(separator: "/").map { $0.lowercased() }
    guard let labs = names.lastIndex(of: "labs") else { return nil }
    if names.last == "readme.md" { names.removeLast() }
    return names[labs...].dropFirst().last ?? ""
  }

  /// The last name of a path, without a chapter's extension.
  private static func lastName(in path: String) -> String {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return name.hasSuffix(".md") ? String(name.dropLast(".md".count)) : name
  }
}
