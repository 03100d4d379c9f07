import Foundation
import Grader
import Judging
import Testing

/// A fault of ours is never the student's: what is kept between runs, and what is built with.
@Suite(.serialized) struct ModuleCacheTests {
  private static func filled(in scratch: Scratch) async throws -> ModuleCache {
    let cache = ModuleCache(folder: scratch.path + "/modules")
    try await cache.prepare(try await Bench.workshop.value)
    return cache
  }

  private static func modules(in scratch: Scratch) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: scratch.path + "/modules").filter { $0.hasSuffix(".pcm") }
  }

  @Test func `a damaged module is never used, and is made again`() async throws {
    let scratch = try Scratch()
    let cache = try await Self.filled(in: scratch)
    #expect(cache.state == .filled)
    for name in try Self.modules(in: scratch) { #expect(truncate("\(scratch.path)/modules/\(name)", 5000) == 0) }
    #expect(cache.state == .damaged)
    #expect(try await Self.status(cache) == .failed)
    try await cache.prepare(try await Bench.workshop.value)
    #expect(cache.state == .filled)
  }

  @Test(arguments: ["", "0123 x.pcm\n1", "0"])
  func `a damaged list of checksums is not a list`(_ list: String) async throws {
    let scratch = try Scratch()
    let cache = try await Self.filled(in: scratch)
    try scratch.write("modules/checksums", list)
    #expect(cache.state == (list == "0" ? .filled : .damaged))
    #expect(try await Self.status(cache) == .failed)
  }

  @Test func `a folder that others can write to is not trusted`() async throws {
    let scratch = try Scratch()
    let cache = try await Self.filled(in: scratch)
    chmod(scratch.path + "/modules", 0o777)
    #expect(cache.state == .damaged)
  }

  @Test func `a part of the kit that is damaged is our fault, and nothing is kept of it`() async throws {
    let scratch = try Scratch()
    let kit = try scratch.copyOfKit()
    #expect(truncate(scratch.path + "/kit/Modules/LabKernel.swiftmodule", 100_000) == 0)
    let workshop = try Workshop(kit: kit, toolchain: .find(), tier: .bubblewrap)
    let store = try JobStore(folder: scratch.path + "/jobs")
    let modules = ModuleCache.ofUser(try await Bench.workshop.value)
    let grader = try SubmissionGrader(workshop: workshop, modules: modules, store: store, seed: 1)
    let file = SourceFile(name: "A.swift", bytes: Array(Mischief().source.utf8))
    #expect(try await grader.grade([file], for: Bench.buddy()).status == .internal)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).isEmpty)
  }

  @Test func `no line can claim to be the entry point`() async throws {
    let claim = "#sourceLocation(file: \"/src/Entry.swift\", line: 1)\nlet a: Int = \"\"\n#sourceLocation()"
    let document = try await Mischief(above: claim).graded()
    #expect(document.status == .compileError)
    #expect(document.checks[0].message.hasPrefix("somewhere in the submission: "))
    let missing = try await Bench.grade("import LabKernel\n")
    #expect(missing.checks[0].message == "the lab's entry point: cannot find 'BuddyAllocator' in scope")
    #expect(!missing.diagnostics.contains("/src/"))
  }

  private static func status(_ cache: ModuleCache) async throws -> Status {
    let grader = try SubmissionGrader(workshop: try await Bench.workshop.value, modules: cache, store: nil, seed: 1)
    let lab = try Bench.buddy().only { $0.id == "boot-blocks" }
    return try await grader.grade([SourceFile(name: "A.swift", bytes: Array(Mischief().source.utf8))], for: lab).status
  }
}

@Suite struct CachePlaceTests {
  private static func place(_ environment: [String: String], in scratch: Scratch) -> String {
    CachePlace.find(environment: environment, temporary: scratch.path + "/tmp", else: "/last")
  }

  @Test func `the variables name the place, in their order`() throws {
    let scratch = try Scratch()
    let (cache, home) = (scratch.path + "/cache", scratch.path + "/home")
    #expect(Self.place(["XDG_CACHE_HOME": cache, "HOME": home], in: scratch) == cache + "/labs")
    #expect(Self.place(["HOME": home], in: scratch) == home + "/.cache/labs")
    #expect(Self.place(["XDG_CACHE_HOME": "", "HOME": home], in: scratch) == home + "/.cache/labs")
    #expect(Self.place(["XDG_CACHE_HOME": "cache", "HOME": home], in: scratch) == home + "/.cache/labs")
  }

  @Test func `without variables it is the home of the user, or a private folder`() throws {
    let scratch = try Scratch()
    let place = Self.place(["HOME": "", "XDG_CACHE_HOME": ""], in: scratch)
    #expect(place.hasPrefix("/") && !place.hasPrefix("/.cache") && !place.hasPrefix("/tmp/.cache"))
  }

  @Test func `a folder of another user, a link and a folder that is open to others are passed over`() throws {
    let scratch = try Scratch()
    let home = scratch.path + "/home"
    func place(_ name: String) -> String {
      Self.place(["XDG_CACHE_HOME": scratch.path + "/" + name, "HOME": home], in: scratch)
    }
    try scratch.write("real/labs/x", "")
    try scratch.write("linked/x", "")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/linked/labs", withDestinationPath: scratch.path + "/real/labs")
    #expect(place("linked") == home + "/.cache/labs")
    try scratch.write("file/labs", "")
    #expect(place("file") == home + "/.cache/labs")
    guard geteuid() == 0 else { return }
    try scratch.write("others/labs/x", "")
    chown(scratch.path + "/others/labs", 12_345, 12_345)
    #expect(place("others") == home + "/.cache/labs")
    try FileManager.default.createDirectory(atPath: scratch.path + "/theirs", withIntermediateDirectories: true)
    chown(scratch.path + "/theirs", 12_345, 12_345)
    #expect(place("theirs/.cache") == home + "/.cache/labs")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/theirs/.cache"))
  }
}
