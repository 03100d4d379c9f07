/// Takes a tar stream apart: POSIX ustar, with the extended names of pax.
///
/// - Source: POSIX.1-2008, pax, "ustar Interchange Format" and "pax Interchange Format".
struct TarStream {
  /// One file or folder.
  struct Entry: Equatable {
    /// The parts of its path, without empty ones and without `.`.
    var path: [String]
    /// The content; empty for a folder.
    var bytes: [UInt8]
    /// Whether it is a folder.
    var isFolder: Bool
  }

  /// In the order of the stream.
  private(set) var entries: [Entry] = []

  private static let block = 512

  /// Takes `stream` apart.
  ///
  /// - Throws: `ArchiveFault` for links, devices, and paths that lead out of the archive.
  init(_ stream: [UInt8]) throws(ArchiveFault) {
    var rest = stream[...]
    var longName: String?
    while rest.count >= Self.block, rest.prefix(Self.block).contains(where: { $0 != 0 }) {
      let header = Array(rest.prefix(Self.block))
      rest = rest.dropFirst(Self.block)
      guard let size = Self.octal(header[124..<136]), size <= rest.count else { throw .malformed }
      let bytes = Array(rest.prefix(size))
      rest = rest.dropFirst((size + Self.block - 1) / Self.block * Self.block)
      switch header[156] {
      case UInt8(ascii: "x"): longName = Self.paxPath(bytes)
      case UInt8(ascii: "g"): continue
      default:
        try add(longName ?? Self.name(header), kind: header[156], bytes)
        longName = nil
      }
      if entries.count > IntakeRules.maximumEntries { throw .tooManyEntries }
    }
  }

  private mutating func add(_ name: String, kind: UInt8, _ bytes: [UInt8]) throws(ArchiveFault) {
    let shown = Printable.line(name, limit: 100)
    if name.hasPrefix("/") { throw .hostile(shown, "is an absolute path") }
    let path = name.split(separator: "/").map(String.init).filter { $0 != "." }
    if path.contains("..") { throw .hostile(shown, "leads out of the archive") }
    switch kind {
    case UInt8(ascii: "0"), 0: entries.append(Entry(path: path, bytes: bytes, isFolder: false))
    case UInt8(ascii: "5"): entries.append(Entry(path: path, bytes: [], isFolder: true))
    case UInt8(ascii: "1"): throw .hostile(shown, "is a hard link")
    case UInt8(ascii: "2"): throw .hostile(shown, "is a symbolic link")
    default: throw .hostile(shown, "is neither a file nor a folder")
    }
  }

  private static func name(_ header: [UInt8]) -> String {
    let name = text(header[0..<100])
    let prefix = text(header[345..<500])
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  /// The `path` record in a pax header: `LENGTH path=VALUE\n`.
  private static func paxPath(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    while let blank = rest.firstIndex(of: UInt8(ascii: " ")) {
      guard let length = Int(String(decoding: rest[..<blank], as: UTF8.self)), length > 0, length <= rest.count else {
        return nil
      }
      let record = rest.prefix(length)[(blank + 1)...].dropLast()
      let text = String(decoding: record, as: UTF8.self)
      if text.hasPrefix("path=") { return String(text.dropFirst(5)) }
      rest = rest.dropFirst(length)
    }
    return nil
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
    let digits = text(bytes).filter { $0 != " " }
    return digits.isEmpty ? 0 : Int(digits, radix: 8)
  }
}

/// What an archive says about the work of a student: which files belong to which lab.
struct ArchiveContent {
  private let entries: [TarStream.Entry]

  /// The content of an archive with these entries.
  ///
  /// One folder around everything is taken away.
  init(_ entries: [TarStream.Entry]) {
    let kept = entries.filter { entry in
      !entry.path.contains { IntakeRules.role($0) == .rubbish } && !entry.path.isEmpty
    }
    self.entries = kept
  }

  /// The submissions in it.
  func submissions(of submission: Submission) -> [Submission] {
    if !submission.lab.isEmpty { return [one(submission, depth: depth(ofLab: true), lab: submission.lab)] }
    let depth = depth(ofLab: false)
    let labs = Set(
      entries.filter { $0.path.count > depth || $0.isFolder && $0.path.count == depth }.map { $0.path[depth - 1] })
    if labs.isEmpty {
      let why = "the archive holds no folder of a lab"
      return [Submission(student: submission.student, lab: "", content: .refused(why))]
    }
    return labs.sorted().map { lab in
      let inside = ArchiveContent(entries.filter { $0.path.count > depth && $0.path[depth - 1] == lab })
      return inside.one(submission, depth: depth, lab: lab)
    }
  }

  /// How many folders lie around the Swift files: as many as expected, or one more that wraps everything.
  private func depth(ofLab isLab: Bool) -> Int {
    let expected = isLab ? 0 : 1
    let files = entries.filter { !$0.isFolder && $0.path.last?.hasSuffix(".swift") == true }
    let tops = Set(entries.map { $0.path[0] })
    let isWrapped = tops.count == 1 && !files.contains { $0.path.count <= expected + 1 }
    return isWrapped ? expected + 1 : expected
  }

  /// The files that lie below `depth` folders.
  private func one(_ submission: Submission, depth: Int, lab: String) -> Submission {
    var files: [SourceFile] = []
    var notes: [String] = []
    for entry in entries where !entry.isFolder {
      let name = entry.path.last ?? ""
      guard entry.path.count == depth + 1 else {
        notes.append(
          "\(entry.path.joined(separator: "/")) was ignored: only Swift files at the top of the folder are graded")
        continue
      }
      switch IntakeRules.role(name) {
      case .rubbish: continue
      case .ignored(let why): notes.append("\(name) was ignored: \(why)")
      case .source: files.append(SourceFile(name: name, bytes: entry.bytes))
      }
    }
    let tooLarge = files.first { $0.bytes.count > IntakeRules.maximumFileSize }
    let content = tooLarge.map {
      Submission.Content.refused("\($0.name) has \($0.bytes.count) bytes; \(IntakeRules.maximumFileSize) are accepted")
    }
    return Submission(
      student: submission.student, lab: lab, content: content ?? IntakeRules.content(files, notes: notes),
      notes: notes.map { Printable.line($0) })
  }
}
