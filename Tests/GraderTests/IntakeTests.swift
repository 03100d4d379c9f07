import Foundation
import Grader
import Judging
import Testing

@Suite struct IntakeTests {
  @Test func `an empty folder, a stray file and a link are rows, never silence`() throws {
    let folder = try Scratch()
    try folder.write("ana/buddy/README.md", "")
    try folder.write("notes.txt", "")
    try folder.write("bob/BuddyAllocator.swift", "")
    try FileManager.default.createDirectory(atPath: folder.path + "/cat", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/dan", withDestinationPath: "/etc")
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found.map(\.student) == ["ana", "bob", "cat", "dan", "notes.txt"])
    #expect(found.allSatisfy { if case .refused = $0.content { true } else { false } })
  }

  @Test func `a source that is a link, a folder or unreadable refuses the submission`() throws {
    let folder = try Scratch()
    try folder.write("ana/buddy/A.swift", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/ana/buddy/B.swift", withDestinationPath: "/etc/passwd")
    try folder.write("bob/buddy/C.swift/x", "")
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found[0].content == .refused("B.swift is a symbolic link, and those are not followed"))
    #expect(found[1].content == .refused("C.swift is not a file"))
  }

  @Test func `too many files, and too much in them, are refused before they fill the memory`() throws {
    let folder = try Scratch()
    for number in 0..<40 { try folder.write("ana/buddy/A\(number).swift", "") }
    for number in 0..<3 { try folder.write("bob/buddy/A\(number).swift", String(repeating: " ", count: 400_000)) }
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found[0].content == .refused("there are 40 Swift files; 32 are accepted"))
    #expect(found[1].content == .refused("the Swift files have 1200000 bytes; 1048576 are accepted"))
  }

  @Test func `of many files that are left out a few are named`() throws {
    let folder = try Scratch()
    for number in 0..<500 { try folder.write("ana/buddy/\(number).txt", "") }
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found[0].notes.count == 21 && found[0].notes.last == "… and 480 more")
  }

  @Test func `names that a file system could take for one are refused`() throws {
    let folder = try Scratch()
    try folder.write("ana/buddy/A.swift", "")
    try folder.write("ana/buddy/a.swift", "")
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found[0].content == .refused("A.swift and a.swift differ in case or accents alone"))
  }

  @Test func `of a folder and an archive of one student the folder counts, and that is said`() throws {
    let folder = try Scratch()
    try folder.write("ana/buddy/A.swift", "")
    try folder.write("ana.zip", "")
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found.map(\.student) == ["ana", "ana.zip"])
    #expect(found[1].content == .refused("not graded: ana has a folder or another archive, and that one counts"))
  }
}

@Suite(.serialized) struct ArchiveTests {
  /// Packs with a shell command in a scratch folder, and grades what comes out.
  private func rows(_ pack: String) async throws -> [ResultRow] {
    let folder = try Scratch()
    try folder.write("work/buddy/BuddyAllocator.swift", Mischief().source)
    try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "cd \(folder.path)/work && " + pack]
    try shell.run()
    shell.waitUntilExit()
    let workshop = try await Bench.workshop.value
    let grader = try SubmissionGrader(workshop: workshop, modules: .ofUser(workshop), store: nil, seed: 1)
    let bulk = BulkGrader(
      Selection(of: [try Bench.buddy()]), grader: grader, unpacker: ArchiveReader(workshop: workshop), folder: "in",
      isFresh: false)
    let found = try SubmissionFolder(path: folder.path + "/in").submissions()
    return try await bulk.grade(found, workers: 2) { _ in }
  }

  @Test(arguments: [
    "bsdtar -a -cf ../in/ana.zip buddy", "tar -czf ../in/ana.tgz -C .. work",
    "mkdir ../in/ana; tar -cf ../in/ana/buddy.tar -C buddy .",
  ])
  func `an archive is as good as a folder`(_ pack: String) async throws {
    let rows = try await rows(pack)
    #expect(rows.map(\.student) == ["ana"] && rows.map(\.lab) == ["buddy"] && rows.map(\.status) == [.failed])
  }

  @Test(arguments: [
    ("tar --absolute-names -cf ../in/ana.tar /etc/hostname buddy", "is an absolute path"),
    ("echo x > ../evil; tar --absolute-names -cf ../in/ana.tar ../evil", "leads out of the archive"),
    ("ln -s /etc/passwd buddy/B.swift; tar -cf ../in/ana.tar buddy", "is a symbolic link"),
    ("ln buddy/BuddyAllocator.swift buddy/C.swift; tar -cf ../in/ana.tar buddy", "is a hard link"),
    ("mkfifo buddy/pipe; tar -cf ../in/ana.tar buddy", "is neither a file nor a folder"),
    ("head -c 40000000 /dev/zero > buddy/zero; bsdtar -a -cf ../in/ana.zip buddy", "holds more than 16 MiB"),
    ("bsdtar -a -cf x.zip buddy; head -c 200 x.zip > ../in/ana.zip", "cannot be read"),
    ("head -c 1000 /dev/urandom > ../in/ana.zip", "cannot be read"),
  ]) func `1-6, 11: a hostile or broken archive is refused, and named`(_ pack: String, _ reason: String) async throws {
    let rows = try await rows(pack)
    #expect(rows.map(\.status) == [.invalid])
    #expect(rows[0].reason.contains(reason), "\(rows[0].reason)")
  }
}
