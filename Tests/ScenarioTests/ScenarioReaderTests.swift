import LabKernel
import Scenario
import Testing

struct ScenarioReaderTests {
  @Test(arguments: [
    ("", "s.yml:1:1: error: expected a scenario, found an empty file"),
    ("tasks: 3\n", "s.yml:1:8: error: expected a list of tasks, each beginning with '-', found '3'"),
    ("switch: 1ms\ntasks: []\n", "s.yml:1:9: error: expected a duration below one tick, found '1ms'"),
    ("cpus: 0\ntasks: []\n", "s.yml:1:7: error: expected a number from 1 to 64, found '0'"),
    (
      "cpu: 1\n",
      "s.yml:1:1: error: expected one of title, cpus, tick, quantum, round-robin-ticks, instruction, system-call, "
        + "switch, frames, pid-limit, scheduler, slots, bin, files, input, end, seed, tasks, found 'cpu'"
    ),
    (
      "slots: {mutex: fair}\ntasks: []\n", "s.yml:1:16: error: expected one of plain, found 'fair'"
    ),
    (
      "slots: {clock: plain}\ntasks: []\n",
      "s.yml:1:9: error: expected one of pids, exec-loader, fair, realtime, pipe, page-allocator, mutex, found 'clock'"
    ),
    ("tick: 5\n", "s.yml:1:7: error: expected a duration such as 5ms, found '5'"),
    ("tick: 0ms\n", "s.yml:1:7: error: expected a duration above zero, found '0ms'"),
    (
      "bin: [none]\ntasks: [{name: A, program: exit}]\n",
      "s.yml:1:7: error: expected the name of a program in scenarios/bin, found 'none'"
    ),
    (
      "bin: none\ntasks: [{name: A, program: exit}]\n",
      "s.yml:1:6: error: expected a list such as [sh, sort], found 'none'"
    ),
    (
      "files: {tmp: x}\ntasks: [{name: A, program: exit}]\n",
      "s.yml:1:9: error: expected a path that begins with '/', found 'tmp'"
    ),
    (
      "files: {/dev/null/x: x}\ntasks: [{name: A, program: exit}]\n",
      "s.yml:1:9: error: expected a path at which a file can be made, found '/dev/null/x' (ENOTDIR)"
    ),
    (
      "files: {/tmp/x: [1]}\ntasks: [{name: A, program: exit}]\n",
      "s.yml:1:17: error: expected a text, found a list"
    ),
    (
      "tasks:\n  - name: A\n    program: compute 5\n",
      "s.yml:3:22: error: expected a duration such as 5ms, or a range such as 2ms..6ms, found '5'"
    ),
    (
      "tasks:\n  - name: A\n    program: |\n      compute 1ms\n      goto there\n",
      "s.yml:5:12: error: expected a name that some line begins with, found 'there'"
    ),
    (
      "tasks:\n  - name: A\n    program: |\n      compute 1ms\n\n      set r9 1\n",
      "s.yml:6:11: error: expected a register, r0 to r7, found 'r9'"
    ),
    (
      "tasks:\n  - name: A\n    policy: fifo 100\n    program: compute 1ms\n",
      "s.yml:3:13: error: expected a priority from 1 to 99, found '100'"
    ),
  ])
  func `a mistake is reported with its place and what was expected`(_ text: String, _ message: String) {
    let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: text, file: "s.yml") }
    #expect(error?.description == message)
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func `lines may end in any way, and mistakes keep their places`(end: String, mark: String) throws {
    let right = "title: x\ntasks:\n  - name: A\n    program: |\n      compute 1ms\n      print \"a\"\n"
    let text = mark + right.replacing("\n", with: end)
    #expect(try Scenario(yaml: text, file: "s.yml") == Scenario(yaml: right, file: "s.yml"))
    let error = #expect(throws: ScenarioError.self) {
      try Scenario(yaml: text.replacing("print", with: "bogus"), file: "s.yml")
    }
    #expect(error?.description.hasPrefix("s.yml:6:7: error: ") == true)
  }

  @Test func `everything that a file may say is understood`() throws {
    let text = """
      title: All of it
      cpus: 2
      tick: 2ms
      quantum: 3
      round-robin-ticks: 5
      instruction: 1us
      system-call: 2us
      switch: 3us
      frames: 64
      scheduler: first-come-first-served
      slots: {mutex: plain, pipe: simple}
      end: 1s
      tasks:
        - {name: A, start: 3ms, policy: rr 7, program: compute 5ms}
      """
    let scenario = try Scenario(yaml: text, file: "s.yml")
    #expect(
      scenario.configuration
        == Configuration(
          cpus: 2, tick: .milliseconds(2), quantum: 3, roundRobinTicks: 5, instructionTime: .microseconds(1),
          systemCallTime: .microseconds(2), switchTime: .microseconds(3), frames: 64
        ))
    #expect(
      scenario.slots.map { "\($0.slot): \($0.component)" } == [
        "fair: first-come-first-served", "pipe: simple", "mutex: plain",
      ])
    #expect(scenario.end == .zero + .seconds(1))
    #expect(scenario.tasks.map(\.realtimePriority) == [7])
    #expect(scenario.tasks.map(\.start) == [.zero + .milliseconds(3)])
  }

  @Test func `tasks that share memory agree on the addresses, and others have only what they name`() throws {
    let program = "program: \"space line 24\\nload r1 [x]\""
    let text = """
      tasks:
        - {name: A, program: "load r1 [a]"}
        - {name: B, shares-memory: true, program: "load r1 [b]"}
        - {name: C, copies: 2, shares-memory: true, \(program)}
      """
    let tasks = try Scenario(yaml: text, file: "s.yml").tasks
    #expect(
      tasks.map { $0.program.data.symbols.map { "\($0.name) \($0.address - Segment.data.start)" } } == [
        ["a 0"], ["b 0"], ["b 0", "line 8", "x 32"], ["b 0", "line 8", "x 32"],
      ])
  }

  @Test func `copies are tasks of their own, and ranges are drawn by the seed`() throws {
    let text = "tasks:\n  - {name: A, copies: 3, program: compute 1ms..9ms}\n"
    let first = try Scenario(yaml: text, file: "s.yml", seed: 4)
    #expect(first.tasks.map(\.name) == ["A1", "A2", "A3"])
    #expect(Set(first.tasks.map(\.program)).count == 3)
    #expect(try Scenario(yaml: text, file: "s.yml", seed: 4) == first)
    #expect(try Scenario(yaml: text, file: "s.yml", seed: 5) != first)
  }

  @Test func `commands, files and input are there for the tasks`() throws {
    let text = """
      bin: [copy]
      files: {/tmp/a: hello}
      input: typed
      tasks:
        - name: A
          program: exec "/bin/copy"
      """
    let copy =
      "r1 = read 0 &text 20\nwrite 1 &text r1\nr4 = open \"/tmp/a\" O_RDONLY\nr1 = read r4 &text 20\nwrite 1 &text r1"
    var kernel = try Scenario(yaml: text, file: "s.yml") { $0 == "copy" ? copy : nil }.kernel()
    kernel.run()
    #expect(kernel.console.text == "typedhello")
  }

  @Test func `a mistake in a program of the book is reported with its place there`() throws {
    let text = "bin: [wrong]\ntasks: [{name: A, program: exit}]\n"
    let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: text, file: "s.yml") { _ in "exit\nbogus" } }
    #expect(error?.description == "scenarios/bin/wrong.s:2:1: error: expected an instruction, found 'bogus'")
  }
}
