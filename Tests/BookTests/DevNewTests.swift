import Foundation
import Testing

/// `labs-cli dev new`, in a copy of the places that it touches.
@Suite struct DevNewTests {
  private static let places = [
    "Package.swift", "chapters", "labs", "solutions", "Sources", "Tests/LabLawTests/Support",
  ]

  /// Does `body` in a copy of the book, which is removed afterwards.
  private func withCopy(_ body: (URL) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("dev-new-\(UUID().uuidString)")
    defer { remove(copy) }
    for place in Self.places {
      let target = copy.appendingPathComponent(place)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: BookFiles.root.appendingPathComponent(place), to: target)
    }
    try body(copy)
  }

  private func remove(_ copy: URL) {
    do {
      try FileManager.default.removeItem(at: copy)
    } catch {
      Issue.record("the copy stays behind: \(error)")
    }
  }

  private func dev(_ arguments: String..., in copy: URL) throws -> Command.Result {
    let program = try #require(Command.labsCLI)
    return try Command.run(program, ["dev"] + arguments, environment: ["LABS_ROOT": copy.path])
  }

  /// All Swift files and manifests of a copy, by their paths.
  private func texts(_ copy: URL) throws -> [String: String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: copy.path)
      .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".yml") }
    return try Dictionary(
      uniqueKeysWithValues: paths.map {
        ($0, try String(contentsOf: copy.appendingPathComponent($0), encoding: .utf8))
      })
  }

  @Test func `a new lab has files in all places, joins each list, and its stub is as derived`() throws {
    try withCopy { copy in
      let before = try texts(copy)
      #expect(try dev("new", "mcs-lock", in: copy).status == 0)
      let after = try texts(copy)
      let new = Set(after.keys).subtracting(before.keys)
      #expect(
        new == [
          "Sources/LabKernel/Labs/McsLockContract.swift", "Sources/LabKernel/Labs/McsLockLab.swift",
          "labs/mcs-lock/lab.yml", "labs/mcs-lock/McsLock.swift",
          "labs/mcs-lock/checks/McsLockChecks.swift", "solutions/reference/mcs-lock/McsLock.swift",
          "solutions/suites/mcs-lock/McsLockSuite.swift", "solutions/mutants/mcs-lock/ForgetsThePast.swift",
        ])
      let joined = before.keys.filter { before[$0] != after[$0] }
      #expect(joined.count == 6)
      let names = ["McsLock", "mcs-lock"]
      #expect(joined.allSatisfy { path in names.contains { after[path]?.contains($0) ?? false } })
      #expect(try dev("derive", "--check", in: copy).status == 0)
    }
  }

  @Test func `a lab that is there, or a name that is none or is taken, is refused, and nothing is changed`() throws {
    try withCopy { copy in
      let before = try texts(copy)
      let results = try [
        dev("new", "pipe", in: copy), dev("new", "Ticket_Lock", in: copy), dev("new", "../pipe", in: copy),
        dev("new", "", in: copy), dev("new", "other", "--contract", "Pipe", in: copy),
        dev("new", "other", "--component", "OtherLab", in: copy),
      ]
      #expect(results.map(\.status) == Array(repeating: 64, count: results.count))
      #expect(results.allSatisfy { !$0.errors.isEmpty && $0.output.isEmpty })
      #expect(try texts(copy) == before)
    }
  }
}
