import Foundation

/// Reads students' archives, in the sandbox and without ever unpacking them onto a disk.
///
/// `bsdtar` turns any archive into one plain tar stream, which comes out through a pipe with a size limit. Only that
/// stream, whose format is simple, is parsed here.
package struct ArchiveReader: Sendable {
  private let workshop: Workshop
  private let budget: Builder.Budget
  private let labs: KnownLabs
  /// The unpacker; Debian's `libarchive-tools`.
  package static let unpacker = "/usr/bin/bsdtar"
  private static let gunzip = "/usr/bin/gzip"
  /// How many bytes may come out of one archive.
  static let maximumSize = 16 << 20

  /// A reader of work for `labs`.
  package init(workshop: Workshop, labs: KnownLabs = KnownLabs()) {
    self.workshop = workshop
    self.labs = labs
    var budget = Builder.Budget()
    budget.cpuSeconds = 5
    budget.memoryMiB = 256
    budget.diagnosticsKiB = 4
    self.budget = budget
  }

  /// The submissions in the archive at `path`: for one lab if `submission` names one, otherwise one for each folder.
  ///
  /// - Throws: `SandboxFault` and `StorageError` if the fault is ours.
  func submissions(in path: FilePath, of submission: Submission) async throws -> [Submission] {
    guard FileManager.default.fileExists(atPath: Self.unpacker) else {
      throw SandboxFault.unavailable("archives need bsdtar: apt install libarchive-tools")
    }
    do {
      let stream = try await tarStream(of: try Self.content(path))
      return ArchiveContent(try TarStream(stream).entries).submissions(of: submission, labs)
    } catch let error as IntakeError {
      return [Self.refused(submission, error.description)]
    } catch let fault as ArchiveFault {
      return [Self.refused(submission, fault.description)]
    }
  }

  /// The archive as a plain tar stream.
  ///
  /// The unpacker knows many formats and accepts any of them, so it is given a .zip or a .tar and nothing else.
  private func tarStream(of archive: Data) async throws -> [UInt8] {
    var archive = Array(archive)
    if archive.starts(with: [0x1F, 0x8B]) {
      archive = try await output(of: [Self.gunzip, "-dc", "/in/archive.gz"], on: archive, at: "/in/archive.gz")
    } else if archive.starts(with: [0x50, 0x4B, 3, 4]) || archive.starts(with: [0x50, 0x4B, 5, 6]) {
      return try await unpacked(archive)
    }
    guard TarStream.isTar(archive) else {
      throw IntakeError("the archive cannot be read: it is no .zip, .tar or .tar.gz")
    }
    return try await unpacked(archive)
  }

  private func unpacked(_ archive: [UInt8]) async throws -> [UInt8] {
    try await output(
      of: [Self.unpacker, "-c", "--format", "pax", "-f", "-", "@/in/archive"], on: archive, at: "/in/archive")
  }

  /// The output of a tool that reads `input` at a path in the sandbox.
  private func output(of arguments: [String], on input: [UInt8], at path: String) async throws -> [UInt8] {
    let copy = workshop.folder + "/archive-" + UUID().uuidString
    defer { unlink(copy) }
    try StorageError.wrapping("\(copy) cannot be written") { try Data(input).write(to: URL(fileURLWithPath: copy)) }
    chmod(copy, 0o644)
    let mounts = [Mount(host: copy, inside: path)] + Mount.readOnly(["/usr/bin"])
    let command = SandboxedCommand(
      kind: .tool, limits: ResourceLimits(compilerSeconds: budget.cpuSeconds, memoryMiB: budget.memoryMiB),
      mounts: mounts, arguments: arguments)
    let run = try await ToolRun(command, in: workshop.sandbox, budget: budget, outputLimit: Self.maximumSize)
    if run.wasCut { throw IntakeError("the archive holds more than \(Self.maximumSize >> 20) MiB") }
    if run.status == 0 { return run.output }
    if run.status == 125 { throw SandboxFault.setup(String(decoding: run.printed, as: UTF8.self)) }
    let said = String(decoding: run.printed, as: UTF8.self)
    let isEncrypted = said.contains("ncrypted") || said.contains("assphrase")
    let what = run.excess != nil ? "unpacking it takes too long" : isEncrypted ? "it is encrypted" : "it is damaged"
    throw IntakeError("the archive cannot be read: \(what)")
  }

  /// The content of the archive, of which the sandbox gets a copy under a name of ours; a link is not followed.
  private static func content(_ path: FilePath) throws -> Data {
    let descriptor = path.open(O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else { throw IntakeError("the archive", errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let data: Data
    do {
      data = try handle.read(upToCount: maximumSize + 1) ?? Data()
    } catch {
      throw IntakeError("the archive cannot be read: \(error)")
    }
    guard data.count <= maximumSize else { throw IntakeError("the archive is larger than \(maximumSize >> 20) MiB") }
    return data
  }

  private static func refused(_ submission: Submission, _ why: String) -> Submission {
    Submission(student: submission.student, lab: submission.lab, content: .refused(Printable.line(why)))
  }
}

/// Why the content of an archive is not accepted.
enum ArchiveFault: Error, Equatable, CustomStringConvertible {
  /// The stream is no tar stream.
  case malformed
  /// There are more entries in it than are allowed.
  case tooManyEntries
  /// An entry that no submission needs: its name, and what is wrong.
  case hostile(String, String)

  /// One sentence.
  var description: String {
    switch self {
    case .malformed: "the archive cannot be read"
    case .tooManyEntries: "the archive has more than \(IntakeRules.maximumEntries) entries"
    case .hostile(let name, let what): "the archive is refused: \(name) \(what)"
    }
  }
}
