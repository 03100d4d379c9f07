import Foundation

/// The folder of job documents: whole files or none, whatever happens to the grader.
package struct JobStore: Sendable {
  /// The folder.
  package let folder: String

  /// The store in `folder`, which is made where it is missing.
  package init(folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The document of that key, or nil where there is none or it cannot be read: then it is made again.
  package func document(_ key: String) -> JobDocument? {
    guard let data = FileManager.default.contents(atPath: path(key)) else { return nil }
    // A file that cannot be decoded was written by another version: the job is done anew and replaces it.
    guard let document = try? JSONDecoder().decode(JobDocument.self, from: data) else { return nil }
    return document.schema == JobDocument.currentSchema && document.key == key ? document : nil
  }

  /// Writes a document: all of it, or nothing.
  package func save(_ document: JobDocument) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(try encoder.encode(document), to: path(document.key))
  }

  private func path(_ key: String) -> String { "\(folder)/\(key).json" }
}

/// Writes files that are there as a whole or not at all, also after a power failure.
package enum AtomicFile {
  /// Writes `data` beside `path`, flushes it to the disk, and renames it.
  package static func write(_ data: Data, to path: String) throws {
    let fresh = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SandboxFault.system("open \(fresh)", errno) }
    do {
      defer { close(descriptor) }
      try write(data, to: descriptor)
      guard fsync(descriptor) == 0 else { throw SandboxFault.system("fsync \(fresh)", errno) }
    } catch {
      unlink(fresh)
      throw error
    }
    guard rename(fresh, path) == 0 else { throw SandboxFault.system("rename \(path)", errno) }
  }

  private static func write(_ data: Data, to descriptor: Int32) throws(SandboxFault) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system("write", errno) }
      rest = rest.dropFirst(count)
    }
  }
}
