import Foundation

/// The folder of job documents: each is a whole file or absent, whatever happens to the grader.
package struct JobStore: Sendable {
  /// The folder.
  package let folder: String

  /// The store in `folder`, which is made if it is missing.
  package init(folder: String) throws(StorageError) {
    self.folder = folder
    try FolderTree.make(folder)
  }

  /// The document with this key; nil if there is none or it is damaged: then it is made again.
  ///
  /// - Throws: `StorageError` if there is a file but it cannot be read, because it could not be replaced either.
  package func document(_ key: String) throws(StorageError) -> JobDocument? {
    let path = path(key)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let data = try StorageError.wrapping("\(path) cannot be read") { try Data(contentsOf: URL(fileURLWithPath: path)) }
    do {
      let document = try JSONDecoder().decode(JobDocument.self, from: data)
      return document.schema == JobDocument.currentSchema && document.key == key ? document : nil
    } catch {
      // Another version wrote it, or a disk has failed: the job is done again and replaces it.
      return nil
    }
  }

  /// The keys of all documents.
  func keys() throws(StorageError) -> Set<String> {
    let names = try StorageError.wrapping("\(folder) cannot be read") {
      try FileManager.default.contentsOfDirectory(atPath: folder)
    }
    return Set(names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) })
  }

  /// Writes a document: all of it, or nothing.
  package func save(_ document: JobDocument) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(try encoder.encode(document), to: path(document.key))
  }

  private func path(_ key: String) -> String { "\(folder)/\(key).json" }
}

/// Writes files that are whole or absent, even after a power failure.
package enum AtomicFile {
  /// Removes the unfinished files that killed runs left in `folder`; to be called only by the run that writes there.
  package static func sweep(_ folder: String) throws(StorageError) {
    try StorageError.wrapping("\(folder) cannot be written") {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where isUnfinished(name) {
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
  }

  /// Whether a name is one that ``write(_:to:)`` gives to a file until it is whole.
  private static func isUnfinished(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    return parts.count >= 4 && parts.last == "new" && parts.suffix(3).dropLast().allSatisfy { UInt32($0) != nil }
  }

  /// Writes `data` beside `path`, flushes it to the disk, and renames it.
  package static func write(_ data: Data, to path: String) throws(StorageError) {
    let fresh = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw StorageError("\(path) cannot be written", errno) }
    do throws(StorageError) {
      defer { close(descriptor) }
      try write(data, to: descriptor, path)
      guard fsync(descriptor) == 0 else { throw StorageError("\(path) cannot be written", errno) }
    } catch {
      unlink(fresh)
      throw error
    }
    guard rename(fresh, path) == 0 else {
      defer { unlink(fresh) }
      throw StorageError("\(path) cannot be written", errno)
    }
  }

  private static func write(_ data: Data, to descriptor: Int32, _ path: String) throws(StorageError) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw StorageError("\(path) cannot be written", errno) }
      rest = rest.dropFirst(count)
    }
  }
}
