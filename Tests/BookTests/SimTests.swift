import Foundation
import Testing

/// What `labs-cli sim` prints for programs, in addition to what the figures of the book show.
@Suite struct SimTests {
  private struct Report: Decodable {
    let asleep: [Sleeper]
    let ended: String
  }

  private struct Sleeper: Decodable, Equatable {
    let pid: Int
    let call: String
    let wakers: [Int]
  }

  private func report(_ arguments: String...) throws -> Report {
    let result = try Command.run(try #require(Command.labsCLI), ["sim"] + arguments + ["--json"])
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  @Test func `the JSON document says which tasks sleep forever, in which call, and what could wake them`() throws {
    let report = try report("scenarios/ipc/left-open.yml")
    #expect(
      report.asleep == [Sleeper(pid: 2, call: "wait", wakers: [3]), Sleeper(pid: 3, call: "read", wakers: [3])])
  }

  @Test(arguments: [("6ms:2ms", "2ms is not after 6ms"), ("6", "with a colon"), ("6:7ms", "'6' is not a time")])
  func `an invalid stretch of time is refused with a reason`(_ window: String, _ reason: String) throws {
    let words = ["sim", "scenarios/realtime.yml", "--window", window]
    let result = try Command.run(try #require(Command.labsCLI), words)
    #expect(result.status == 64 && result.errors.contains(reason), "\(result.errors)")
  }

  private struct Calls: Decodable {
    struct Call: Decodable {
      let number: Int
      let name: String
      let sleeps: Bool
    }
    let calls: [Call]
  }

  @Test func `the reference of the calls is a document, too, and names each number once`() throws {
    let result = try Command.run(try #require(Command.labsCLI), ["sim", "--calls", "--json"])
    let calls = try JSONDecoder().decode(Calls.self, from: Data(result.output.utf8)).calls
    #expect(calls.first { $0.name == "read" }.map { $0.number == 63 && $0.sleeps } == true)
    #expect(Set(calls.map(\.number)).count == calls.count)
    #expect(calls.map(\.number) == calls.map(\.number).sorted())
  }

  @Test(arguments: [[], ["--calls", "scenarios/realtime.yml"]])
  func `a run takes a file, and the reference takes none`(_ words: [String]) throws {
    let result = try Command.run(try #require(Command.labsCLI), ["sim"] + words)
    #expect(result.status == 64 && result.errors.contains("expected a scenario file"), "\(result.errors)")
  }

  @Test func `one switch is called a switch`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sim-\(UUID()).yml")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("end: 3ms\ntasks:\n  - { name: A, program: compute 5ms }\n".utf8).write(to: folder)
    let output = try Command.run(try #require(Command.labsCLI), ["sim", folder.path]).output
    #expect(output.contains("  1 switch  busy"), "\(output)")
  }

  @Test(arguments: ["scenarios/ipc/closed.yml", "scenarios/realtime.yml"])
  func `no task sleeps forever if all tasks end, or if time was up`(_ scenario: String) throws {
    #expect(try report(scenario).asleep == [])
  }
}
