import Foundation

/// The compiled C modules that the standard library needs: made once, and copied into each build.
///
/// Without them every build would begin by making them again, which takes half as long as the build itself. They
/// are made in the sandbox from a file of ours, so that no submission has ever written to them.
package struct ModuleCache: Sendable {
  private let folder: String

  /// The cache in `folder`, which may not exist yet.
  package init(folder: String) { self.folder = folder }

  /// The user's cache for this toolchain and this kit.
  package static func ofUser(_ workshop: Workshop) -> ModuleCache {
    let environment = ProcessInfo.processInfo.environment
    let caches = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.cache"
    let key = ContentHash.of([Array(workshop.toolchain.identity.utf8)]).prefix(16)
    return ModuleCache(folder: "\(caches)/labs/modules-\(key)")
  }

  /// Whether there is something in it.
  private var isFilled: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Copies the modules into the folder of one build.
  func fill(_ destination: String) throws {
    guard isFilled else { return }
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".pcm") {
      let target = destination + "/" + name
      try Workshop.makeWritableFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
      try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: target)
    }
  }

  /// Makes the modules, if nobody has yet.
  package func prepare(_ workshop: Workshop) async throws {
    guard !isFilled else { return }
    let builder = Builder(workshop: workshop, modules: self)
    let made = try await builder.buildModules()
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    let fresh = folder + ".\(getpid())"
    try FileManager.default.copyItem(atPath: made, toPath: fresh)
    // Another run may have been faster; its modules are as good.
    if rename(fresh, folder) != 0 { try FileManager.default.removeItem(atPath: fresh) }
  }
}
