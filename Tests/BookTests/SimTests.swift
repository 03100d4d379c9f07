import Foundation
import Testing

/// What `labs-cli sim` prints for programs, beside what the figures of the book show.
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

  @Test func `the JSON document says who sleeps for ever, in which call, and who could end it`() throws {
    let report = try report("scenarios/ipc/left-open.yml")
    #expect(
      report.asleep == [Sleeper(pid: 2, call: "wait", wakers: [3]), Sleeper(pid: 3, call: "read", wakers: [3])])
  }

  @Test(arguments: ["scenarios/ipc/closed.yml", "scenarios/realtime.yml"])
  func `nobody sleeps for ever where all tasks end, or the time was up`(_ scenario: String) throws {
    #expect(try report(scenario).asleep == [])
  }
}
