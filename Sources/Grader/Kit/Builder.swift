import Foundation
import Judging

/// One file of a submission.
package struct SourceFile: Sendable, Equatable, Codable {
  /// Its name, as the student gave it.
  package var name: String
  /// Its content.
  package var bytes: [UInt8]

  /// A file.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A submission that has been compiled.
package struct BuiltProgram: Sendable {
  let path: String
  let names: [String]
  /// The component that it is to run, if it has several.
  var holder: String?
  /// Keeps its folder in existence.
  let workshop: Workshop

  /// Removes it, and everything that was made to build it.
  package func remove() {
    Workshop.remove(URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path)
  }

  /// The command that runs it.
  func command(_ limits: Limits) -> SandboxedCommand {
    let mounts = [Mount(host: path, inside: "/box/program")]
    return SandboxedCommand(
      kind: .submission, limits: ResourceLimits(limits), mounts: mounts,
      arguments: ["/box/program"] + [holder].compactMap { $0 })
  }

  /// Text in which the names that the compiler saw are replaced by those that the student gave.
  func originalNames(in text: some Sequence<UInt8>) -> String { Builder.originalNames(names, in: Array(text)) }
}

/// How a build ended.
package enum BuildOutcome: Sendable {
  /// It can be run.
  case built(BuiltProgram)
  /// It cannot: a status, one paragraph that says why, and everything that the compiler said.
  case refused(Status, message: String, diagnostics: String)
}

/// Compiles submissions: one call of the compiler for the student's files alone, in the sandbox.
package struct Builder: Sendable {
  /// What the compiler may use.
  package struct Budget: Sendable, Codable, Equatable {
    /// Processor time of each of its processes, in seconds.
    package var cpuSeconds = 20
    /// Memory of each of its processes, in MiB.
    package var memoryMiB = 3072
    /// What it may print, in KiB; the rest is cut off.
    package var diagnosticsKiB = 64
    /// The usual budget.
    package init() {}
  }

  let workshop: Workshop
  let modules: ModuleCache
  let budget: Budget

  /// A builder that leaves its programs in `workshop`.
  package init(workshop: Workshop, modules: ModuleCache, budget: Budget = Budget()) {
    self.workshop = workshop
    self.modules = modules
    self.budget = budget
  }

  /// Compiles `files` and a generated entry point for `component`.
  package func build(_ files: [SourceFile], entry: EntryPoint) async throws -> BuildOutcome {
    try workshop.mustHaveRoom()
    let folder = workshop.folder + "/" + UUID().uuidString
    try Workshop.makeFolder(folder)
    try Workshop.makeFolder(folder + "/src")
    try Workshop.makeWritableFolder(folder + "/out")
    try Workshop.makeWritableFolder(folder + "/modules")
    try modules.fill(folder + "/modules", in: workshop.sandbox)
    for (index, file) in files.enumerated() { try write(file.bytes, to: folder + "/src/\(Self.name(index))") }
    // A name that no submission can know or claim.
    let entryPath = "/src/Entry-\(UUID().uuidString).swift"
    try write(Array(entry.source.utf8), to: folder + entryPath)
    let sources = files.indices.map(Self.pathInSandbox) + [entryPath]
    let run = try await ToolRun(command(folder, sources: sources), in: workshop.sandbox, budget: budget)
    if let program = program(of: run, folder) {
      return .built(BuiltProgram(path: program, names: files.map(\.name), workshop: workshop))
    }
    try workshop.mustHaveRoom()
    let names = files.map(\.name)
    let said = Self.originalNames(names, in: run.printed, under: folder)
    let verdict = CompilerVerdict(run, said: said, names: names, entry: entryPath, budget: budget)
    if verdict.mayBeOurs { _ = try await buildModules(from: modules) }
    return verdict.outcome
  }

  /// Compiles a file of ours that imports what every submission imports; returns the folder of modules it leaves.
  ///
  /// - Parameter cache: where modules are taken from; by default, they are made.
  /// - Throws: `SandboxFault` if even that does not compile: then it is not the submission's fault either.
  func buildModules(from cache: ModuleCache? = nil) async throws -> String {
    let folder = workshop.folder + "/modules-" + UUID().uuidString
    try Workshop.makeFolder(folder)
    try Workshop.makeFolder(folder + "/src")
    try Workshop.makeWritableFolder(folder + "/out")
    try Workshop.makeWritableFolder(folder + "/modules")
    try cache?.fill(folder + "/modules", in: workshop.sandbox)
    try write(
      Array("import LabKernel\n@main enum Entry { static func main() {} }\n".utf8), to: folder + "/src/Entry.swift")
    try write([], to: folder + "/src/Empty.swift")
    let sources = ["/src/Entry.swift", "/src/Empty.swift"]
    let run = try await ToolRun(command(folder, sources: sources), in: workshop.sandbox, budget: budget)
    guard run.status == 0 else {
      let said = Printable.line(String(decoding: run.printed, as: UTF8.self))
      throw SandboxFault.setup("the compiler does not work here, not even on a file of ours: \(said)")
    }
    return folder + "/modules"
  }

  /// The command that calls the compiler.
  ///
  /// Nothing in it comes from the student.
  private func command(_ folder: String, sources: [String]) -> SandboxedCommand {
    let toolchain = workshop.toolchain
    let mounts =
      [
        Mount(host: folder + "/src", inside: "/src"), Mount(host: folder + "/out", inside: "/out", isWritable: true),
        Mount(host: folder + "/modules", inside: "/modules", isWritable: true),
        Mount(host: workshop.folder + "/kit", inside: "/kit"),
      ] + Mount.readOnly([toolchain.root, "/usr/include", "/usr/bin", "/usr/libexec"])
    let compilation = Compilation(toolchain, sources: sources)
    let limits = ResourceLimits(compilerSeconds: budget.cpuSeconds, memoryMiB: budget.memoryMiB)
    return SandboxedCommand(
      kind: .tool, limits: limits, mounts: mounts, scratchBytes: 512 << 20,
      arguments: compilation.compile, then: compilation.link)
  }

  /// The name of a student's file in the sandbox, which cannot be mistaken for an option or a path.
  static func name(_ index: Int) -> String { "student-file-\(index).swift" }

  /// The index of the student's file with this name in the sandbox; nil for other files.
  package static func index(ofFile name: Substring) -> Int? {
    let digits = name.hasPrefix("student-file-") ? name.dropFirst("student-file-".count).prefix { $0.isNumber } : ""
    return Int(digits).flatMap { Self.name($0) == name ? $0 : nil }
  }

  /// Where the compiler sees a student's file.
  static func pathInSandbox(_ index: Int) -> String { "/src/" + name(index) }

  /// The student's name for the file at a path in the sandbox; nil for other files.
  static func originalName(_ path: Substring, in names: [String]) -> String? {
    names.indices.first { pathInSandbox($0) == path }.map { names[$0] }
  }

  /// Text in which the names that the compiler saw are replaced; without a sandbox, it saw them in `folder`.
  static func originalNames(_ names: [String], in text: [UInt8], under folder: String = "") -> String {
    var text = String(decoding: text, as: UTF8.self)
    if !folder.isEmpty { text = text.replacingOccurrences(of: folder + "/src/", with: "/src/") }
    for (index, name) in names.enumerated().reversed() {
      for folder in ["/src/", "Submission/", ""] {
        text = text.replacingOccurrences(of: folder + Self.name(index), with: name)
      }
    }
    return text
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try StorageError.wrapping("\(path) cannot be written") { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    chmod(path, 0o644)
  }

  /// The program that a run of the compiler has left, if any.
  private func program(of run: ToolRun, _ folder: String) -> String? {
    let program = folder + "/out/program"
    var status = stat()
    return run.status == 0 && lstat(program, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? program : nil
  }
}
