import Foundation

/// A folder for one run of the grader, with a copy of the kit that an unprivileged user can read; removed with the
/// last reference to it, hence a class.
///
/// A run that is killed cannot remove its folder: the next run does. Each run holds a lock on its own folder, which the
/// kernel releases however the run ends, so a folder whose lock has no holder is known to be abandoned.
package final class Workshop: Sendable {
  /// The toolchain in use.
  package let toolchain: Toolchain
  /// The sandbox in use.
  package let sandbox: Sandbox
  let kit: Kit
  let folder: String
  /// The lock on the folder.
  private let hold: Int32

  private static let prefix = "labs-grade-"

  /// Copies `kit` into a fresh folder.
  package init(kit: Kit, toolchain: Toolchain, tier: Sandbox.Tier) throws {
    self.kit = kit
    self.toolchain = toolchain
    let place = Self.temporaryFolder
    Self.sweep(place)
    var template = Array("\(place)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw StorageError("no folder can be made in \(place)", errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let hold = Self.take(folder) else {
      rmdir(folder)
      throw SandboxFault.setup("the folder \(folder) cannot be locked")
    }
    self.hold = hold
    sandbox = Sandbox(tier: tier, shim: folder + "/kit/sandbox-shim", libraries: toolchain.libraries)
    try Self.makeFolder(folder + "/kit")
    for part in Kit.parts {
      let name = URL(fileURLWithPath: part).lastPathComponent
      try StorageError.wrapping("\(part) cannot be copied to \(folder)") {
        try FileManager.default.copyItem(atPath: kit.folder + "/" + part, toPath: folder + "/kit/" + name)
      }
    }
    try Self.writeModuleMap(folder + "/kit/module.modulemap")
    chmod(folder, 0o711)
  }

  /// A workshop for a trial, with the kit next to the program and the modules of the user's cache, both ready.
  ///
  /// - Parameter willPrepare: called before the modules are made or found, which takes a while the first time.
  /// - Throws: `SandboxFault` if this machine cannot build or run submissions, `StorageError`.
  package static func forTrial(
    in tier: Sandbox.Tier, willPrepare: () -> Void = {}
  ) async throws -> (workshop: Workshop, modules: ModuleCache) {
    let workshop = try Workshop(kit: .besideExecutable(), toolchain: .find(), tier: tier)
    let modules = ModuleCache.ofUser(workshop)
    try await workshop.probe()
    willPrepare()
    try await modules.prepare(workshop)
    return (workshop, modules)
  }

  /// Writes a module map for CFiber, which Interleave uses but does not expose: it is enough that the module exists.
  ///
  /// The file has the same date in every workshop; otherwise, the compiler would make the module again each time.
  private static func writeModuleMap(_ path: String) throws {
    try StorageError.wrapping("\(path) cannot be written") {
      try Data("module CFiber {}\n".utf8).write(to: URL(fileURLWithPath: path))
      let time = Date(timeIntervalSince1970: 1_000_000_000)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
  }

  deinit {
    Self.remove(folder)
    close(hold)
  }

  /// Removes what killed runs left behind.
  private static func sweep(_ place: String) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: place)
    } catch {
      // If nothing can be listed, making a folder says what is wrong.
      return
    }
    for name in names where name.hasPrefix(prefix) {
      let left = place + "/" + name
      guard hasKit(left) || isOfTheDead(name), let hold = take(left) else { continue }
      remove(left)
      close(hold)
    }
  }

  private static func hasKit(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/kit") }

  /// Whether the run in a folder's name is gone; a folder without a kit may be new and not locked yet.
  private static func isOfTheDead(_ name: String) -> Bool {
    guard let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }) else { return false }
    return Foundation.kill(process, 0) != 0 && errno == ESRCH
  }

  /// Acquires the lock of a folder; nil if the folder is not ours, or a run holds the lock.
  private static func take(_ folder: String) -> Int32? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_uid == geteuid(), flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
      return descriptor
    }
    close(descriptor)
    return nil
  }

  /// Removes a folder; says so if that fails, because the folder takes up space.
  static func remove(_ folder: String) {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      FileHandle.standardError.write(Data("labs-cli: \(folder) could not be removed: \(error)\n".utf8))
    }
  }

  /// The place for workshops: root's own temporary folder may be closed to others; an ordinary user's is the user's
  /// choice.
  private static var temporaryFolder: String {
    Sandbox.isPrivileged ? "/tmp" : ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
  }

  /// The space that a build may need while it runs and for what it leaves behind, in bytes.
  private static let room = 160 << 20

  /// Refuses to go on if the disk is almost full: the compiler's complaint would be taken for the student's fault.
  func mustHaveRoom() throws(StorageError) {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { throw StorageError("\(folder) cannot be written to", errno) }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    guard free >= Self.room else {
      throw StorageError(
        "\(folder) has no room for a build", "\(Self.room >> 20) MiB are needed, \(free >> 20) are free")
    }
  }

  /// Makes a folder that every user can read.
  static func makeFolder(_ path: String) throws(SandboxFault) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .system("mkdir \(path)", errno) }
    chmod(path, 0o755)
  }

  /// Makes a folder that the sandbox can write to.
  static func makeWritableFolder(_ path: String) throws(SandboxFault) {
    try makeFolder(path)
    guard Sandbox.isPrivileged else { return }
    guard chown(path, Sandbox.unprivilegedUser, Sandbox.unprivilegedUser) == 0 else { throw .system("chown", errno) }
  }
}
