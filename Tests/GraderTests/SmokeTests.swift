import Foundation
import Grader
import Judging
import Testing

@Test func `a correct submission passes every check`() async throws {
  let workshop = try await Bench.workshop.value
  let lab = try await Bench.buddy.value
  let clock = ContinuousClock()
  let text = try String(contentsOfFile: "solutions/reference/buddy/BuddyAllocator.swift", encoding: .utf8)
  let builder = Builder(workshop: workshop, modules: .ofUser(workshop))
  var t = clock.now
  guard case .built(let program) = try await builder.build([SourceFile(name: "BuddyAllocator.swift", bytes: Array(text.utf8))], entry: lab.entry) else { Issue.record("not built"); return }
  print("build", clock.now - t); t = clock.now
  let session = ProgramSession(program, sandbox: workshop.sandbox, limits: Bench.limits)
  for check in lab.checks {
    let verdict = try await check.decide(1, session)
    #expect(verdict.status == .passed, "\(check.id): \(verdict)")
    print(check.id, clock.now - t); t = clock.now
  }
  await session.finish()
  print("finish", clock.now - t); t = clock.now
}
