/// The names of the labs, and of the files that are handed in for them.
package struct KnownLabs: Sendable {
  private var slugs: [String: String] = [:]
  private var files: [String: String] = [:]

  /// The names of `labs`.
  package init(_ labs: [GradedLab] = []) {
    for lab in labs {
      slugs[Self.folded(lab.manifest.slug)] = lab.manifest.slug
      files[lab.manifest.component + ".swift"] = lab.manifest.slug
    }
  }

  /// The lab that a folder is for: `Pipe` is for `pipe`, `Ticket Lock` for `ticket-lock`.
  func lab(folder name: EntryName) -> String? { slugs[Self.folded(name.text)] }

  /// The lab whose component a file is named after.
  func lab(file name: EntryName) -> String? { files[name.text] }

  private static func folded(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

/// How one student's work is laid out in a folder or archive: which files are for which lab.
///
/// A folder named like a lab is for that lab, even inside other folders, as in `work/pipe/RingPipe.swift`. A file that
/// is named like a component and lies next to such folders is for the component's lab. Any other folder is for a lab
/// that does not exist.
struct Layout {
  private let student: String
  private let labs: KnownLabs
  private var found: [Submission] = []
  /// The labs that have a folder or an archive.
  private var taken: [String: String] = [:]
  private var strays: [HandedIn] = []

  /// The folder into which the book puts a student's work.
  private static let workFolder = "work"
  /// What to do instead.
  static let remedy = "hand in <student>/<lab>/*.swift"

  /// The layout of what `student` has handed in.
  init(_ entries: [HandedIn], of student: String, _ labs: KnownLabs) {
    self.student = student
    self.labs = labs
    add(entries, isTop: true)
    for stray in strays { add(stray: stray) }
    if found.isEmpty {
      let why = entries.isEmpty ? "the folder is empty" : "there is no folder of a lab in it: \(Self.remedy)"
      found = [refused("", why)]
    }
  }

  /// What there is to grade or to report.
  var submissions: [Submission] { found }

  /// - Parameter isTop: whether entries that belong to no lab count here.
  private mutating func add(_ entries: [HandedIn], isTop: Bool) {
    // Folders named exactly like a lab come before those with a similar name.
    let exact = entries.filter { labs.lab(folder: $0.name) == $0.name.text }
    let others = entries.filter { labs.lab(folder: $0.name) != $0.name.text }
    for entry in exact + others { add(entry, isTop: isTop) }
  }

  private mutating func add(_ entry: HandedIn, isTop: Bool) {
    let name = entry.name.text
    switch entry.kind {
    case .folder(let inside):
      if let lab = labs.lab(folder: entry.name) {
        add(lab: lab, called: name) { Self.submission($0, lab, inside) }
      } else if holdsLab(inside) || name == Self.workFolder {
        add(inside, isTop: name == Self.workFolder)
      } else if isTop {
        found.append(Self.submission(student, name, inside))
      }
    case .file(let contents):
      if let stem = IntakeRules.archiveStem(entry.name), case .at(let place) = contents {
        let lab = labs.lab(folder: stem)
        add(lab: lab ?? "", called: name) { Submission(student: $0, lab: lab ?? "", content: .archive(place)) }
      } else if isTop {
        strays.append(entry)
      }
    case .link(let what): if isTop { found.append(refused(name, "it \(what), and those are not followed")) }
    case .other(let why): if isTop { found.append(refused(name, why)) }
    }
  }

  /// Whether the folder of a lab is somewhere below.
  private func holdsLab(_ entries: [HandedIn]) -> Bool {
    entries.contains { entry in
      entry.entries.map { labs.lab(folder: entry.name) != nil || holdsLab($0) } ?? false
    }
  }

  private mutating func add(lab: String, called name: String, _ submission: (String) -> Submission) {
    if let other = taken[lab] {
      found.append(refused(name, "not graded: there is \(other) too, and that one counts"))
    } else {
      taken[lab] = name
      found.append(submission(student))
    }
  }

  /// Adds a file next to the labs' folders: a Swift file was meant to be graded, any other was not.
  private mutating func add(stray: HandedIn) {
    let name = stray.name.text
    guard let lab = labs.lab(file: stray.name) else {
      if IntakeRules.role(name) == .source || found.isEmpty && strays.count == 1 {
        found.append(refused("", "\(name) lies in no folder of a lab: \(Self.remedy)"))
      }
      return
    }
    add(lab: lab, called: name) { Self.submission($0, lab, [stray]) }
  }

  private func refused(_ lab: String, _ why: String) -> Submission {
    Submission(student: student, lab: lab, content: .refused(Printable.line(why)))
  }

  /// What is graded for one lab of the entries in its folder.
  static func submission(_ student: String, _ lab: String, _ entries: [HandedIn]) -> Submission {
    do throws(IntakeError) {
      let (files, notes) = try entries.sources()
      let content = IntakeRules.content(files, notes: notes)
      return Submission(student: student, lab: lab, content: content, notes: notes.map { Printable.line($0) })
    } catch {
      return Submission(student: student, lab: lab, content: .refused(Printable.line(error.description)))
    }
  }
}
