import Foundation

/// The compiled C modules that the standard library needs: made once, and copied into each build.
///
/// Without them every build would begin by making them again, which takes half as long as the build itself. They
/// are made in the sandbox from a file of ours, so that no submission has ever written to them.
///
/// Nothing in the cache is trusted. Its folder must be the user's own, and closed to others; what is copied must have
/// the checksum that was recorded when it was made. A build that gets no modules makes its own, and is just as correct.
package struct ModuleCache: Sendable {
  private let folder: String

  /// The file of the modules' checksums: one line per module, and a last line with their number.
  private static let list = "checksums"

  /// The cache in `folder`, which may not exist yet.
  package init(folder: String) { self.folder = folder }

  /// The user's cache for this toolchain and the way in which it is called.
  package static func ofUser(_ workshop: Workshop) -> ModuleCache {
    // The compiler looks for modules that were made with exactly its own options; what is in the kit decides which ones
    // it needs.
    let deciding = [workshop.toolchain.identity] + Kit.parts + Compilation(workshop.toolchain, sources: []).compile
    let key = ContentHash.of(deciding.map { Array($0.utf8) }).prefix(16)
    return ModuleCache(folder: CachePlace.find(else: workshop.folder) + "/modules-\(key)")
  }

  /// Where it is.
  package var place: String { folder }

  /// The state of a cache.
  package enum State: Sendable, Equatable {
    /// It holds what was put into it.
    case filled
    /// There is nothing in it.
    case empty
    /// It holds something else.
    case damaged
  }

  /// The state of the cache now.
  package var state: State {
    guard FileManager.default.fileExists(atPath: folder) else { return .empty }
    return sound == nil ? .damaged : .filled
  }

  /// Whether it holds everything that it should.
  package var isFilled: Bool { sound != nil }

  /// The modules by name, each as it was made; nil where anything is missing or different.
  private var sound: [(name: String, bytes: Data)]? {
    guard CachePlace.isOwn(folder), let list = FileManager.default.contents(atPath: folder + "/" + Self.list) else {
      return nil
    }
    let lines = String(decoding: list, as: UTF8.self).split(separator: "\n")
    guard let last = lines.last, last == "\(lines.count - 1)" else { return nil }
    var modules: [(name: String, bytes: Data)] = []
    for line in lines.dropLast() {
      guard let blank = line.firstIndex(of: " ") else { return nil }
      let name = String(line[line.index(after: blank)...])
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name),
        ContentHash.of([Array(bytes)]) == line[..<blank]
      else { return nil }
      modules.append((name, bytes))
    }
    return modules
  }

  /// Copies the modules into the folder of one build.
  ///
  /// They can be used only at the path at which they were made, and only in sandboxes is that path always the same.
  func fill(_ destination: String, in sandbox: Sandbox) throws {
    guard sandbox.tier == .bubblewrap, let modules = sound else { return }
    for (name, bytes) in modules {
      let target = destination + "/" + name
      try Workshop.makeWritableFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
      try StorageError.wrapping("\(target) cannot be written") { try bytes.write(to: URL(fileURLWithPath: target)) }
      chmod(target, 0o644)
    }
  }

  /// Makes the modules, unless they exist; damaged modules are made again.
  package func prepare(_ workshop: Workshop) async throws {
    guard workshop.sandbox.tier == .bubblewrap, !isFilled else { return }
    let builder = Builder(workshop: workshop, modules: self)
    let made = try await builder.buildModules()
    let fresh = "\(folder).\(getpid())"
    let old = "\(fresh).old"
    try StorageError.wrapping("\(folder) cannot be made (XDG_CACHE_HOME can name another place)") {
      try keep(made, in: fresh)
      // What another run has put there in the meantime is removed, too: ours is just as good.
      if rename(folder, old) == 0 { try FileManager.default.removeItem(atPath: old) }
      if rename(fresh, folder) != 0 { try FileManager.default.removeItem(atPath: fresh) }
    }
  }

  /// Copies the modules that were made in `source`, and records their checksums.
  private func keep(_ source: String, in fresh: String) throws {
    try CachePlace.make(fresh)
    var lines: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: source).sorted() where name.hasSuffix(".pcm") {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: source + "/" + name))
      let target = URL(fileURLWithPath: fresh + "/" + name)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: target)
      lines.append("\(ContentHash.of([Array(bytes)])) \(name)")
    }
    lines.append("\(lines.count)")
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: fresh + "/" + Self.list))
  }
}
