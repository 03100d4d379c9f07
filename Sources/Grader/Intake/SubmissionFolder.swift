import Foundation

/// A folder with one folder or archive a student, and in it one folder or archive a lab.
package struct SubmissionFolder: Sendable {
  private let path: String

  /// The folder at `path`.
  package init(path: String) { self.path = path }

  /// Everything in it, sorted by student and lab; what cannot be graded too.
  ///
  /// Links are never followed. Where a student has both a folder and an archive, the folder counts.
  ///
  /// - Throws: `IntakeError` where the folder itself cannot be read.
  package func submissions() throws(IntakeError) -> [Submission] {
    var found: [Submission] = []
    let entries = try Self.entries(path)
    let folders = Set(entries.filter { kind(path + "/" + $0) == .folder })
    var archives: Set<String> = []
    for name in entries where IntakeRules.role(name) != .rubbish {
      let place = path + "/" + name
      switch kind(place) {
      case .folder: found += student(name, place)
      case .file:
        guard let stem = IntakeRules.archiveStem(name) else {
          found.append(refused(name, "", "it is neither a folder nor an archive"))
          continue
        }
        if folders.contains(stem) || !archives.insert(stem).inserted {
          found.append(refused(name, "", "not graded: \(stem) has a folder or another archive, and that one counts"))
        } else {
          found.append(Submission(student: stem, lab: "", content: .archive(place)))
        }
      case .link: found.append(refused(name, "", "it is a symbolic link, and those are not followed"))
      case .other(let why): found.append(refused(name, "", why))
      }
    }
    return found.sorted { ($0.student, $0.lab) < ($1.student, $1.lab) }
  }

  private func student(_ student: String, _ folder: String) -> [Submission] {
    let entries: [String]
    do {
      entries = try Self.entries(folder).filter { IntakeRules.role($0) != .rubbish }
    } catch {
      return [refused(student, "", error.description)]
    }
    if entries.isEmpty { return [refused(student, "", "the folder is empty")] }
    let folders = Set(entries.filter { kind(folder + "/" + $0) == .folder })
    var strays: [String] = []
    var found: [Submission] = []
    for name in entries {
      let place = folder + "/" + name
      switch kind(place) {
      case .folder: found.append(lab(student, name, place))
      case .file:
        if let stem = IntakeRules.archiveStem(name), !folders.contains(stem), !found.contains(where: { $0.lab == stem })
        {
          found.append(Submission(student: student, lab: stem, content: .archive(place)))
        } else {
          strays.append(name)
        }
      case .link: found.append(refused(student, name, "it is a symbolic link, and those are not followed"))
      case .other(let why): found.append(refused(student, name, why))
      }
    }
    return found + stray(student, strays, isAll: found.isEmpty)
  }

  /// Files that lie beside the folders of the labs: a Swift file was meant to be graded.
  private func stray(_ student: String, _ names: [String], isAll: Bool) -> [Submission] {
    guard isAll || names.contains(where: { $0.hasSuffix(".swift") || IntakeRules.archiveStem($0) != nil }) else {
      return []
    }
    return [
      refused(
        student, "", "not in the folder of a lab, or there is such a folder too: \(names.joined(separator: ", "))")
    ]
  }

  private func lab(_ student: String, _ lab: String, _ folder: String) -> Submission {
    do throws(IntakeError) {
      let (files, notes) = try Self.files(of: folder)
      return Submission(student: student, lab: lab, content: IntakeRules.content(files, notes: notes), notes: notes)
    } catch {
      return refused(student, lab, error.description)
    }
  }

  /// The Swift files of one lab's folder, and what was left out.
  ///
  /// - Throws: `IntakeError` where a file that counts cannot be read or is none.
  package static func files(of folder: String) throws(IntakeError) -> (files: [SourceFile], notes: [String]) {
    var files: [SourceFile] = []
    var notes: [String] = []
    let names = try entries(folder)
    let sources = names.count { IntakeRules.role($0) == .source }
    // Before anything is read: there may be more than fits into memory.
    if sources > IntakeRules.maximumFiles { throw IntakeError(IntakeRules.tooManyFiles(sources)) }
    for name in names {
      switch IntakeRules.role(name) {
      case .rubbish: continue
      case .ignored(let why): notes.append("\(name) was ignored: \(why)")
      case .source: files.append(SourceFile(name: name, bytes: try contents(folder + "/" + name, name: name)))
      }
    }
    return (files, notes)
  }

  /// The names in a folder, sorted; never those of a link's target.
  private static func entries(_ path: String) throws(IntakeError) -> [String] {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else { throw IntakeError(path, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
      if names.count > IntakeRules.maximumEntries {
        throw IntakeError("\(path) has more than \(IntakeRules.maximumEntries) entries")
      }
    }
    return names.sorted()
  }

  private static func contents(_ path: String, name: String) throws(IntakeError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ELOOP
        ? IntakeError("\(name) is a symbolic link, and those are not followed") : IntakeError(name, errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw IntakeError(name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw IntakeError("\(name) is not a file") }
    guard status.st_size <= IntakeRules.maximumFileSize else {
      throw IntakeError("\(name) has \(status.st_size) bytes; \(IntakeRules.maximumFileSize) are accepted")
    }
    let capacity = Int(status.st_size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        let more = read(descriptor, buffer.baseAddress.map { $0 + count }, capacity - count)
        if more < 0 { failure = errno }
        if more <= 0 { break }
        count += more
      }
    }
    guard failure == 0 else { throw IntakeError(name, failure) }
    return bytes
  }

  private enum Kind: Equatable {
    case folder
    case file
    case link
    case other(String)
  }

  private func kind(_ path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .other(String(cString: strerror(errno))) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    case S_IFLNK: return .link
    default: return .other("it is neither a folder nor a file")
    }
  }

  private func refused(_ student: String, _ lab: String, _ why: String) -> Submission {
    Submission(student: student, lab: lab, content: .refused(why))
  }
}

/// Something about a submission cannot be read.
package struct IntakeError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String

  init(_ description: String) { self.description = description }
  init(_ name: String, _ code: Int32) { description = "\(name) cannot be read: \(String(cString: strerror(code)))" }
}
