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

  @Test func `on a student's own machine, the folder of a lab and its files may be links`() throws {
    let folder = try Scratch()
    try folder.write("mine/A.swift", "a")
    try folder.write("elsewhere/B.swift", "b")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: folder.path + "/mine/B.swift", withDestinationPath: "../elsewhere/B.swift")
    try manager.createSymbolicLink(atPath: folder.path + "/work", withDestinationPath: "mine")
    let found = try SubmissionFolder.files(of: folder.path + "/work", followsLinks: true)
    #expect(found.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["a", "b"])
    try manager.createSymbolicLink(atPath: folder.path + "/mine/C.swift", withDestinationPath: "nowhere")
    #expect(throws: IntakeError.self) {
      try SubmissionFolder.files(of: folder.path + "/work", followsLinks: true)
    }
    #expect(throws: IntakeError.self) { try SubmissionFolder.files(of: folder.path + "/work") }
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

  @Test func `of many files that are left out, a few are named`() throws {
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

  @Test func `of a folder and an archive of one student, the folder counts, and the other says so`() throws {
    let folder = try Scratch()
    try folder.write("ana/buddy/A.swift", "")
    try folder.write("ana.zip", "")
    let found = try SubmissionFolder(path: folder.path).submissions()
    #expect(found.map(\.student) == ["ana", "ana.zip"])
    #expect(found[1].content == .refused("not graded: ana has a folder, and that one counts"))
  }

  @Test func `names that are not UTF-8 or have separate accents are different students, and their files are read`()
    throws
  {
    let folder = try Scratch()
    let names: [[UInt8]] = [
      Array("M".utf8) + [0xFC] + Array("ller".utf8), Array("M".utf8) + [0xE4] + Array("ller".utf8),
      Array("Jos\u{E9}".utf8), Array("Jose\u{301}".utf8), Array("Ada\u{308}".utf8),
    ]
    for name in names {
      let path = Array("\(folder.path)/".utf8) + name
      mkdir(path.map { CChar(bitPattern: $0) } + [0], 0o755)
      mkdir((path + Array("/buddy".utf8)).map { CChar(bitPattern: $0) } + [0], 0o755)
      let file = path + Array("/buddy/B".utf8) + [0xE9] + Array(".swift".utf8)
      close(open(file.map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o644))
    }
    let found = try SubmissionFolder(path: folder.path).submissions()
    let expected = ["Ad\u{E4}", "Jose\\u{301}", "Jos\u{E9}", "M\\xE4ller", "M\\xFCller"]
    #expect(found.map { Array($0.student.utf8) } == expected.map { Array($0.utf8) })
    #expect(found.allSatisfy { $0.content == .files([SourceFile(name: "B\\xE9.swift", bytes: [])]) })
  }

  @Test(arguments: [
    "ana/buddy/BuddyAllocator.swift", "ana/work/buddy/BuddyAllocator.swift", "ana/Buddy/BuddyAllocator.swift",
    "ana/BuddyAllocator.swift", "ana/work/BuddyAllocator.swift", "ana/kernel-by-hand/work/buddy/BuddyAllocator.swift",
    "ana/homework 1/BUDDY/BuddyAllocator.swift",
  ]) func `work is found where a student has it`(_ path: String) throws {
    let folder = try Scratch()
    try folder.write(path, "x")
    let found = try SubmissionFolder(path: folder.path, labs: KnownLabs([try Bench.buddy()])).submissions()
    let file = SourceFile(name: "BuddyAllocator.swift", bytes: [120])
    #expect(found == [Submission(student: "ana", lab: "buddy", content: .files([file]))])
  }

  @Test(arguments: [
    ("ana/Buddies.swift", "Buddies.swift lies in no folder of a lab: hand in <student>/<lab>/*.swift"),
    ("BuddyAllocator.swift", "it lies in no folder of a student: hand in <student>/<lab>/*.swift"),
    ("ana/buddy/deep/A.swift", "there is no Swift file at the top of the folder"),
    ("ana/work/x.txt", "x.txt lies in no folder of a lab: hand in <student>/<lab>/*.swift"),
    ("ana/x/y.png", "there is no Swift file at the top of the folder"),
  ]) func `what is not found is told how to hand in`(_ path: String, _ why: String) throws {
    let folder = try Scratch()
    try folder.write(path, "x")
    let found = try SubmissionFolder(path: folder.path, labs: KnownLabs([try Bench.buddy()])).submissions()
    #expect(found.map(\.content) == [.refused(why)])
  }

  @Test func `of two places for one lab, the place named exactly like it counts, and the other is a row`() throws {
    let folder = try Scratch()
    for name in ["ana/Buddy/A.swift", "ana/buddy/B.swift", "ana/BuddyAllocator.swift", "ana/budy/C.swift"] {
      try folder.write(name, "")
    }
    let found = try SubmissionFolder(path: folder.path, labs: KnownLabs([try Bench.buddy()])).submissions()
    let other = Submission.Content.refused("not graded: there is buddy too, and that one counts")
    #expect(found.map(\.lab) == ["Buddy", "BuddyAllocator.swift", "buddy", "budy"])
    #expect(found[0].content == other && found[1].content == other)
    #expect(found[2].content == .files([SourceFile(name: "B.swift", bytes: [])]))
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
    let labs = KnownLabs([try Bench.buddy()])
    let bulk = BulkGrader(
      Selection(of: [try Bench.buddy()]), grader: grader, unpacker: ArchiveReader(workshop: workshop, labs: labs),
      folder: "in", isFresh: false)
    let found = try SubmissionFolder(path: folder.path + "/in", labs: labs).submissions()
    return try await bulk.grade(found, workers: 2) { _ in }
  }

  @Test(arguments: [
    "bsdtar -a -cf ../in/ana.zip buddy", "tar -czf ../in/ana.tgz -C .. work",
    "mkdir ../in/ana; tar -cf ../in/ana/buddy.tar -C buddy .",
    "mkdir ../in/ana; tar -czf ../in/ana/all.tgz -C .. work", "tar -cf ../in/ana.tar -C buddy BuddyAllocator.swift",
    "mv buddy Buddy; tar -czf ../in/ana.tar.gz -C ../.. \"$(basename $(dirname $PWD))/work\"",
    "ln -s ../README buddy/README; tar -czf ../in/ana.tgz buddy",
    "ln -s ../README buddy/README; bsdtar -a -cf ../in/ana.zip buddy",
  ])
  func `an archive works like a folder`(_ pack: String) async throws {
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
    ("head -c 1000 /dev/urandom > ../in/ana.zip", "it is no .zip, .tar or .tar.gz"),
    ("bsdtar -c --format mtree -f ../in/ana.tar buddy", "it is no .zip, .tar or .tar.gz"),
    ("bsdtar -c --format mtree -f - buddy | gzip > ../in/ana.tgz", "it is no .zip, .tar or .tar.gz"),
    ("bsdtar -c --format cpio -f ../in/ana.tar buddy", "it is no .zip, .tar or .tar.gz"),
    ("d=$(yes a/ | head -40 | tr -d '\\n'); mkdir -p $d; tar -cf ../in/ana.tar a", "lies in more than 32 folders"),
  ]) func `1-6, 11: a hostile or broken archive is refused, and named`(_ pack: String, _ reason: String) async throws {
    let rows = try await rows(pack)
    #expect(rows.map(\.status) == [.invalid])
    #expect(rows[0].reason.contains(reason), "\(rows[0].reason)")
  }
}
