import Foundation
import Testing

/// Students' components for several CPUs, in the students' own programs and under one memory model.
@Suite struct YourClassTests {
  private static let readers = """
    import Interleave
    let rcu = SmallRCU(cpus: 2)
    let pointer = Atomic(0)
    let objects = [SharedCell(7), SharedCell(0)]
    cpu {
      rcu.readLock()
      observe("found", objects[rcu.dereference(pointer)].read())
      rcu.readUnlock()
    }
    cpu {
      objects[1].write(8)
      rcu.publish(1, to: pointer)
      rcu.synchronize()
      objects[0].free()
    }

    """

  @Test func `a program for race uses the class that was written for a lab`() throws {
    let student = try Student()
    try student.solves("rcu")
    let file = try student.write(Self.readers, "readers.swift")
    let result = try student.run(["race", file, "--lab", "rcu"])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("found=7") && result.output.contains("found=8"))
    let alone = try student.run(["race", file])
    #expect(alone.status == 1 && alone.errors.contains("cannot find 'SmallRCU' in scope"))
  }

  @Test func `a counterexample is replayed with the class that it came from`() throws {
    let student = try Student()
    try student.solves("rcu", "func synchronize() {", "func synchronize() { return\n")
    let file = try student.write(Self.readers, "readers.swift")
    let result = try student.run(["race", file, "--lab", "rcu", "--model", "sc"])
    #expect(result.status == 1)
    let replay = try #require(result.output.split(separator: "\n").first { $0.contains(" --replay ") })
    #expect(replay.contains("labs-cli race \(file) --lab rcu --model sc --replay "))
    let words = replay.split(separator: " ").drop { $0 != "race" }.map(String.init)
    #expect(try student.run(words).status == 0)
  }

  @Test func `test checks everything under one memory model`() throws {
    let student = try Student()
    try student.solves("wait-queue", "setCurrentState(.sleeping)", "setCurrentState(.sleeping, ordering: .relaxed)")
    let strong = try student.run(["test", "wait-queue", "--model", "sc"])
    #expect(strong.status == 0 && strong.output.contains("visible checks pass under SC"), "\(strong.output)")
    let weak = try student.run(["test", "wait-queue", "--model", "tso"])
    #expect(weak.status == 1 && weak.output.contains(" --seed 1 --model tso\n"), "\(weak.output)")
  }

  @Test(arguments: [("ticket-lock", "ra"), ("wait-queue", "tso"), ("seqlock", "tso"), ("rcu", "ra")])
  func `a solution is right under a memory model that the visible checks do not ask for`(
    lab: String, model: String
  ) throws {
    let student = try Student()
    try student.solves(lab)
    let result = try student.run(["test", lab, "--model", model])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func `a lab without memory models says which labs have them`() throws {
    let student = try Student()
    try student.begins("buddy")
    let result = try student.run(["test", "buddy", "--model", "tso"])
    #expect(result.status == 64)
    #expect(result.errors.contains("the labs with memory models are ticket-lock, wait-queue, seqlock, rcu"))
  }
}
