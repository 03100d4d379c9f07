import Foundation

/// The compiled C modules that the standard library needs: made once, and copied into each build.
///
/// Without them every build would begin by making them again, which takes half as long as the build itself. They
/// are made in the sandbox from a file of ours, so that no submission has ever written to them.
package struct ModuleCache: Sendable {
  private let folder: String

  /// The cache in `folder`, which may not exist yet.
  package init(folder: String) { self.folder = folder }

  /// The user's cache for this toolchain and the way in which it is called.
  package static func ofUser(_ workshop: Workshop) -> ModuleCache {
    let environment = ProcessInfo.processInfo.environment
    let caches = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.cache"
    // The compiler looks for modules that were made with the very options that it has itself; what is in the kit decides
    // which ones it needs.
    let deciding = [workshop.toolchain.identity] + Kit.parts + Compilation(workshop.toolchain, sources: []).compile
    let key = ContentHash.of(deciding.map { Array($0.utf8) }).prefix(16)
    return ModuleCache(folder: "\(caches)/labs/modules-\(key)")
  }

  /// Whether there is something in it.
  package var isFilled: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Copies the modules into the folder of one build.
  ///
  /// They are of use only under the path under which they were made, and that is the same in every sandbox alone.
  func fill(_ destination: String, in sandbox: Sandbox) throws {
    guard isFilled, sandbox.tier == .bubblewrap else { return }
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".pcm") {
      let target = destination + "/" + name
      try Workshop.makeWritableFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
      try StorageError.wrapping("\(target) cannot be written") {
        try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: target)
      }
    }
  }

  /// Makes the modules, if nobody has yet.
  package func prepare(_ workshop: Workshop) async throws {
    guard !isFilled, workshop.sandbox.tier == .bubblewrap else { return }
    let builder = Builder(workshop: workshop, modules: self)
    let made = try await builder.buildModules()
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    let fresh = folder + ".\(getpid())"
    try StorageError.wrapping("\(folder) cannot be made (XDG_CACHE_HOME can name another place)") {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: made, toPath: fresh)
      // Another run may have been faster; its modules are as good.
      if rename(fresh, folder) != 0 { try FileManager.default.removeItem(atPath: fresh) }
    }
  }
}
