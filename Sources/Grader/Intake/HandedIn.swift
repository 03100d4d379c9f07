import Foundation

/// Something that was handed in, in a folder or in an archive: a file, or a folder with everything in it.
struct HandedIn: Sendable {
  /// What it is called.
  var name: EntryName
  /// What it is.
  var kind: Kind

  /// What was handed in.
  indirect enum Kind: Sendable {
    /// A file, whose content may not have been read yet.
    case file(Contents)
    /// A folder, sorted by name.
    case folder([HandedIn])
    /// A link, which is not followed: "is a symbolic link".
    case link(String)
    /// Something that cannot be graded or read, and why.
    case other(String)
  }

  /// Where the content of a file is.
  enum Contents: Sendable {
    case at(FilePath)
    case bytes([UInt8])
  }

  /// The entries of a folder; nil for anything else.
  var entries: [HandedIn]? {
    if case .folder(let entries) = kind { return entries }
    return nil
  }

  /// Whether it is a hidden file, or something that archivers on other systems leave behind.
  var isRubbish: Bool { IntakeRules.role(name.text) == .rubbish }

  /// Folders that are nested deeper than this count as empty.
  private static let maximumDepth = 6

  /// The entries of the folder at `path`, without rubbish; what a link leads to only if links are followed.
  ///
  /// - Throws: `IntakeError` if the folder itself cannot be read or has too many entries.
  static func entries(of path: FilePath, followsLinks: Bool = false) throws(IntakeError) -> [HandedIn] {
    var left = IntakeRules.maximumEntries
    let place = followsLinks ? path.resolved ?? path : path
    return try entries(of: place, depth: maximumDepth, follows: followsLinks, &left)
  }

  /// The file that a link leads to.
  private static func target(of place: FilePath) -> Kind {
    guard let target = place.resolved, target.status().map({ $0.st_mode & S_IFMT }) == S_IFREG else {
      return .link("is a symbolic link to no file")
    }
    return .file(.at(target))
  }

  private static func entries(
    of path: FilePath, depth: Int, follows: Bool = false, _ left: inout Int
  ) throws(IntakeError) -> [HandedIn] {
    var entries: [HandedIn] = []
    for name in try names(in: path, &left) where IntakeRules.role(name.text) != .rubbish {
      let place = path.appending(name)
      let kind: Kind
      switch place.status().map({ $0.st_mode & S_IFMT }) {
      case S_IFREG?: kind = .file(.at(place))
      case S_IFLNK?: kind = follows ? target(of: place) : .link("is a symbolic link")
      case S_IFDIR?: kind = try folder(place, name, depth: depth - 1, &left)
      case nil: kind = .other("\(name.text) cannot be read")
      default: kind = .other("\(name.text) is neither a folder nor a file")
      }
      entries.append(HandedIn(name: name, kind: kind))
    }
    return entries
  }

  private static func folder(_ place: FilePath, _ name: EntryName, depth: Int, _ left: inout Int) throws(IntakeError)
    -> Kind
  {
    guard depth > 0 else { return .folder([]) }
    do throws(IntakeError) {
      return .folder(try entries(of: place, depth: depth, &left))
    } catch {
      guard left >= 0 else { throw error }
      return .other(error.description)
    }
  }

  /// The names in a folder, sorted.
  static func names(in path: FilePath, _ left: inout Int) throws(IntakeError) -> [EntryName] {
    let descriptor = path.open(O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else { throw IntakeError(path.text, errno) }
    defer { closedir(stream) }
    var names: [EntryName] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { EntryName($0.prefix { $0 != 0 }) }
      if name.bytes == Array(".".utf8) || name.bytes == Array("..".utf8) { continue }
      names.append(name)
      left -= 1
      guard left >= 0 else { throw IntakeError("\(path.text) has more than \(IntakeRules.maximumEntries) entries") }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}

extension [HandedIn] {
  /// The Swift files among them that count, and what was left out.
  ///
  /// - Throws: `IntakeError` if a file that counts cannot be read or is not a file.
  func sources() throws(IntakeError) -> (files: [SourceFile], notes: [String]) {
    var files: [SourceFile] = []
    var notes: [String] = []
    let count = self.count { IntakeRules.role($0.name.text) == .source }
    // Before anything is read: there may be more than fits into memory.
    if count > IntakeRules.maximumFiles { throw IntakeError(IntakeRules.tooManyFiles(count)) }
    for entry in self {
      let name = entry.name.text
      switch IntakeRules.role(name) {
      case .rubbish: continue
      case .ignored(let why): notes.append("\(name) was ignored: \(why)")
      case .source:
        switch entry.kind {
        case .file(let contents): files.append(SourceFile(name: name, bytes: try contents.read(name)))
        case .folder: throw IntakeError("\(name) is not a file")
        case .link(let what): throw IntakeError("\(name) \(what), and those are not followed")
        case .other(let why): throw IntakeError(why)
        }
      }
    }
    return (files, notes)
  }
}

extension HandedIn.Contents {
  /// Reads the content of a file that is called `name`.
  func read(_ name: String) throws(IntakeError) -> [UInt8] {
    switch self {
    case .at(let place): return try Self.read(place, name)
    case .bytes(let bytes):
      guard bytes.count <= IntakeRules.maximumFileSize else { throw IntakeError(Self.tooLarge(name, bytes.count)) }
      return bytes
    }
  }

  private static func tooLarge(_ name: String, _ size: Int) -> String {
    "\(name) has \(size) bytes; \(IntakeRules.maximumFileSize) are accepted"
  }

  private static func read(_ place: FilePath, _ name: String) throws(IntakeError) -> [UInt8] {
    let descriptor = place.open(O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ELOOP
        ? IntakeError("\(name) is a symbolic link, and those are not followed") : IntakeError(name, errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw IntakeError(name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw IntakeError("\(name) is not a file") }
    guard status.st_size <= IntakeRules.maximumFileSize else { throw IntakeError(tooLarge(name, Int(status.st_size))) }
    let capacity = Int(status.st_size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        let more = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, capacity - count)
        if more < 0 { failure = errno }
        if more <= 0 { break }
        count += more
      }
    }
    guard failure == 0 else { throw IntakeError(name, failure) }
    return bytes
  }
}
