import Foundation

/// Reads archives of students: in the sandbox, and without ever unpacking them onto a disk.
///
/// `bsdtar` turns whatever it is into one plain tar stream, which comes out through a pipe with a lid on it. Only that
/// stream, whose format is simple, is taken apart here.
package struct ArchiveReader: Sendable {
  private let workshop: Workshop
  private let budget: Builder.Budget
  /// The unpacker; Debian's `libarchive-tools`.
  package static let unpacker = "/usr/bin/bsdtar"
  /// So many bytes may come out of one archive.
  static let maximumSize = 16 << 20

  /// A reader.
  package init(workshop: Workshop) {
    self.workshop = workshop
    var budget = Builder.Budget()
    budget.cpuSeconds = 5
    budget.memoryMiB = 256
    budget.diagnosticsKiB = 4
    self.budget = budget
  }

  /// The submissions in the archive at `path`: of one lab where `submission` names one, or else one for each folder.
  ///
  /// - Throws: `SandboxFault` and `StorageError` where the fault is ours.
  func submissions(in path: String, of submission: Submission) async throws -> [Submission] {
    guard FileManager.default.fileExists(atPath: Self.unpacker) else {
      throw SandboxFault.unavailable("archives need bsdtar: apt install libarchive-tools")
    }
    let data: Data
    do throws(IntakeError) {
      data = try Self.content(path)
    } catch {
      return [Self.refused(submission, error.description)]
    }
    let copy = workshop.folder + "/archive-" + UUID().uuidString
    defer { unlink(copy) }
    try StorageError.wrapping("\(copy) cannot be written") { try data.write(to: URL(fileURLWithPath: copy)) }
    chmod(copy, 0o644)
    let run = try await ToolRun(command(copy), in: workshop.sandbox, budget: budget, outputLimit: Self.maximumSize)
    if run.wasCut { return [Self.refused(submission, "the archive holds more than \(Self.maximumSize >> 20) MiB")] }
    guard run.status == 0 else {
      if run.status == 125 { throw SandboxFault.setup(String(decoding: run.printed, as: UTF8.self)) }
      let what = run.excess != nil ? "unpacking it takes too long" : "it is damaged, encrypted, or no archive at all"
      return [Self.refused(submission, "the archive cannot be read: \(what)")]
    }
    do throws(ArchiveFault) {
      return ArchiveContent(try TarStream(run.output).entries).submissions(of: submission)
    } catch {
      return [Self.refused(submission, error.description)]
    }
  }

  private func command(_ copy: String) -> SandboxedCommand {
    let mounts = [Mount(host: copy, inside: "/in/archive")] + Mount.readOnly(["/usr/bin"])
    let arguments = [Self.unpacker, "-c", "--format", "pax", "-f", "-", "@/in/archive"]
    return SandboxedCommand(
      kind: .tool, limits: ResourceLimits(compilerSeconds: budget.cpuSeconds, memoryMiB: budget.memoryMiB),
      mounts: mounts, arguments: arguments)
  }

  /// What is in the archive, of which the sandbox gets a copy under a name of ours; a link is not followed.
  private static func content(_ path: String) throws(IntakeError) -> Data {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw IntakeError(name, errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      let data = try handle.read(upToCount: maximumSize + 1) ?? Data()
      guard data.count <= maximumSize else { throw IntakeError("\(name) is larger than \(maximumSize >> 20) MiB") }
      return data
    } catch let error as IntakeError {
      throw error
    } catch {
      throw IntakeError("\(name) cannot be read: \(error)")
    }
  }

  private static func refused(_ submission: Submission, _ why: String) -> Submission {
    Submission(student: submission.student, lab: submission.lab, content: .refused(Printable.line(why)))
  }
}

/// Why the content of an archive is not accepted.
enum ArchiveFault: Error, Equatable, CustomStringConvertible {
  /// The stream is no tar stream.
  case malformed
  /// There is more in it than there may be.
  case tooManyEntries
  /// An entry that no submission has a use for: its name, and what is wrong.
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
