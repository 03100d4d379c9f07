import Foundation
import Testing

/// `labs-cli dev new`, in a copy of the places that it touches.
@Suite struct DevNewTests {
  private static let places = [
    "Package.swift", "chapters", "labs", "solutions", "Sources", "Tests/LabHarnessTests", "Tests/LabLawTests",
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
      Issue.record("the copy could not be removed: \(error)")
    }
  }

  private func dev(_ arguments: String..., in copy: URL) throws -> Command.Result {
    try run(arguments, copy)
  }

  private func run(_ arguments: [String], _ copy: URL) throws -> Command.Result {
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

  @Test(arguments: ["call", "kernel", "interleaving"])
  func `a new lab has all its files, is in each list, and its stub is up to date`(shape: String) throws {
    try withCopy { copy in
      let before = try texts(copy)
      #expect(try dev("new", "mcs-lock", "--area", "locks", "--shape", shape, in: copy).status == 0)
      let after = try texts(copy)
      let new = Set(after.keys).subtracting(before.keys)
      let mutants = ["call": "ForgetsThePast", "kernel": "LastComeFirstServed", "interleaving": "ReadsThenWrites"]
      let contract = shape == "kernel" ? [] : ["Sources/LabKernel/Locks/McsLockContract.swift"]
      #expect(
        new
          == Set(contract).union([
            "Sources/LabHarness/Locks/McsLockLab.swift", "labs/locks/mcs-lock/lab.yml",
            "labs/locks/mcs-lock/McsLock.swift", "labs/locks/mcs-lock/checks/McsLockChecks.swift",
            "solutions/reference/locks/mcs-lock/McsLock.swift", "solutions/suites/locks/mcs-lock/McsLockSuite.swift",
            "solutions/mutants/locks/mcs-lock/\(mutants[shape] ?? "").swift",
            "Tests/LabHarnessTests/McsLockLabTests.swift", "Tests/LabLawTests/Rules/McsLockRules.swift",
          ]))
      let joined = before.keys.filter { before[$0] != after[$0] }.sorted()
      #expect(
        joined == [
          "Tests/LabLawTests/Rules/RuleTables.swift", "labs/Labs.swift", "solutions/Answers.swift",
          "solutions/reference/Reference.swift",
        ])
      #expect(joined.allSatisfy { after[$0]?.contains("mcsLock") ?? false })
      #expect(try dev("derive", "--check", in: copy).status == 0)
    }
  }

  @Test func `a lab that exists, or a name that is invalid or taken, is refused, and nothing is changed`() throws {
    try withCopy { copy in
      let before = try texts(copy)
      func new(_ arguments: String...) throws -> Command.Result {
        try run(["new"] + arguments + ["--area", "ipc"], copy)
      }
      let results = try [
        new("pipe"), new("Ticket_Lock"), new("../pipe"), new(""), new("other", "--contract", "Pipe"),
        new("other", "--component", "OtherLab"), dev("new", "other", in: copy),
        dev("new", "other", "--area", "../ipc", in: copy), new("other", "--shape", "round"),
        new("other", "--shape", "kernel", "--contract", "Other"),
      ]
      #expect(results.map(\.status) == Array(repeating: 64, count: results.count))
      #expect(results.allSatisfy { !$0.errors.isEmpty && $0.output.isEmpty })
      #expect(try texts(copy) == before)
    }
  }
}
