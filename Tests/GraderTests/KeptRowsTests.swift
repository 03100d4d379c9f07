import Foundation
import Grader
import Judging
import Testing

/// Runs over a few submissions, into the reports of all.
@Suite struct KeptRowsTests {
  private static let graded = _Concurrency.Task { try await Mischief().graded(check: "sound-blocks") }

  /// Reports on ana and bob, and the store of their job documents.
  private static func reports(in folder: Scratch) async throws -> (rows: [ResultRow], store: JobStore) {
    let document = try await graded.value
    let store = try JobStore(folder: folder.path + "/jobs")
    try store.save(document)
    let rows = ["ana", "bob"].map { student in
      ResultRow(Submission(student: student, lab: "buddy", content: .files([])), document, folder: "in")
    }
    try Reports(folder: folder.path).write(rows, labs: [try Bench.buddy()], tier: .bubblewrap)
    return (rows, store)
  }

  @Test func `the rows of others come back as they were, pictures and all`() async throws {
    let folder = try Scratch()
    let (rows, store) = try await Self.reports(in: folder)
    let selection = Selection(of: [try Bench.buddy()], student: "ana")
    let others = try KeptRows.others(than: selection, in: folder.path, store: store, tier: .bubblewrap)
    #expect(others == [rows[1]])
    let files = ["results.json", "results.csv", "report.html"]
    let before = try files.map(folder.read)
    try Reports(folder: folder.path).write([rows[0]] + others, labs: selection.all, tier: .bubblewrap)
    #expect(try files.map(folder.read) == before)
  }

  @Test func `what is selected is left out, by student, by lab, and if there is no lab`() throws {
    let selection = Selection(of: [], slugs: ["buddy"], student: "ana")
    #expect(selection.isPartial && selection.contains("ana", "buddy") && selection.contains("ana", ""))
    #expect(!selection.contains("bob", "buddy") && !selection.contains("ana", "pipe"))
    #expect(!Selection(of: []).isPartial && Selection(of: []).contains("ana", "budy"))
  }

  @Test func `results that cannot be kept are not lost in silence`() async throws {
    let folder = try Scratch()
    let (_, store) = try await Self.reports(in: folder)
    let selection = Selection(of: [], student: "ana")
    #expect(throws: KeptRows.Lost.self) {
      try KeptRows.others(than: selection, in: folder.path, store: store, tier: .none)
    }
    try folder.write("rows.json", "{")
    #expect(throws: KeptRows.Lost.self) {
      try KeptRows.others(than: selection, in: folder.path, store: store, tier: .bubblewrap)
    }
    try FileManager.default.removeItem(atPath: folder.path + "/results.json")
    #expect(try KeptRows.others(than: selection, in: folder.path, store: store, tier: .bubblewrap) == [])
  }

  @Test func `a result counts as one from before if it was kept before the run`() async throws {
    let folder = try Scratch()
    let workshop = try await Bench.workshop.value
    let store = try JobStore(folder: folder.path + "/jobs")
    let grader = try SubmissionGrader(workshop: workshop, modules: .ofUser(workshop), store: store, seed: 1)
    let bulk = BulkGrader(
      Selection(of: [try Bench.buddy()]), grader: grader, unpacker: ArchiveReader(workshop: workshop), folder: "in",
      isFresh: false)
    let file = SourceFile(name: "BuddyAllocator.swift", bytes: Array("no Swift".utf8))
    let twins = ["ana", "bob"].map { Submission(student: $0, lab: "buddy", content: .files([file])) }
    let table = ResultTable(ink: Ink(false))
    let first = table.lines(try await bulk.grade(twins, workers: 1) { _ in }, tier: .bubblewrap)
    #expect(first.contains("2 results: 2 compile-error."))
    let second = table.lines(try await bulk.grade(twins, workers: 1) { _ in }, tier: .bubblewrap)
    #expect(second.contains("2 results (2 from before): 2 compile-error."))
  }

  @Test func `what is not selected is not graded, nor called invalid`() async throws {
    let workshop = try await Bench.workshop.value
    let grader = try SubmissionGrader(workshop: workshop, modules: .ofUser(workshop), store: nil, seed: 1)
    let bulk = BulkGrader(
      Selection(of: [], slugs: ["buddy"]), grader: grader, unpacker: ArchiveReader(workshop: workshop), folder: "in",
      isFresh: false)
    let handedIn = ["buddy", "pipe", "realtime"].map {
      Submission(student: "ana", lab: $0, content: .refused("the folder is empty"))
    }
    #expect(try await bulk.grade(handedIn, workers: 1) { _ in }.map(\.lab) == ["buddy"])
  }
}
