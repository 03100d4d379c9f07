import Foundation
import Testing

/// Students' components in the kernel of `sim`, in memory as `pages` draws it, and with the CPUs of `race`.
@Suite struct MineTests {
  private static let producer = "scenarios/ipc/producer.yml"

  /// A command whose picture must be the same with the student's components if they equal the solutions.
  struct Shown: Sendable, CustomTestStringConvertible {
    let labs: [String]
    let command: String
    /// How many lines say whose the components are.
    let told: Int

    init(_ labs: [String], _ command: String, told: Int = 0) {
      self.labs = labs
      self.command = command
      self.told = told
    }

    var testDescription: String { command }
  }

  private static let shown = [
    Shown(["pipe"], "sim scenarios/ipc/producer.yml --window 0ms:60ms", told: 1),
    Shown(["realtime", "rt-mutex"], "sim scenarios/synchronization/pathfinder.yml", told: 1),
    Shown(["realtime", "rt-mutex"], "sim scenarios/synchronization/chain.yml --trace ftrace"),
    Shown(["rt-mutex"], "sim scenarios/synchronization/several.yml --trace chrome"),
    Shown(["buddy"], "sim scenarios/memory/out-of-stacks.yml", told: 1),
    Shown(["buddy"], "pages 16 A=2 B=0 C=1 A D=0 E=2 F=3", told: 1),
  ]

  @Test(arguments: shown)
  func `a picture is the same, byte for byte, with components that equal the solutions`(shown: Shown) throws {
    let student = try Student()
    for lab in shown.labs { try student.solves(lab) }
    let words = shown.command.split(separator: " ").map(String.init)
    let book = try student.run(words)
    let own = try student.run(words + ["--mine"])
    #expect(own.status == 0 && own.errors.isEmpty, "\(own.errors)")
    var lines = own.output.split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<shown.told {
      let whose = try #require(lines.firstIndex { $0.contains(": yours") })
      lines.remove(at: whose)
    }
    #expect(lines.joined(separator: "\n") == book.output)
  }

  @Test func `the document says whose each component is, and everything else in it is the same`() throws {
    let student = try Student()
    try student.solves("rt-mutex")
    let command = ["sim", "scenarios/synchronization/queue.yml", "--json"]
    var documents = try [[], ["--mine"], ["--mine", "--baseline"]].map { words in
      try #require(
        JSONSerialization.jsonObject(with: Data(try student.run(command + words).output.utf8)) as? [String: Any])
    }
    let owners = documents.map { $0["components"] as? [String: String] }
    #expect(owners[0] == ["realtime": "reference", "rt-mutex": "reference"])
    #expect(owners[1] == ["realtime": "reference", "rt-mutex": "yours"])
    #expect(owners[2] == ["realtime": "baseline", "rt-mutex": "yours"])
    for index in documents.indices { documents[index]["components"] = nil }
    #expect(documents[0] as NSDictionary == documents[1] as NSDictionary)
  }

  /// A component that goes wrong, and what is said about it.
  struct Mishap: Sendable, CustomTestStringConvertible {
    let code: String
    let said: [String]

    var testDescription: String { code }
  }

  private static let mishaps = [
    Mishap(
      code: "_ = [Int]()[total]",
      said: ["✘ pipe stopped sim", "crashed   RingPipe.swift:", "Fatal error: Index out of range"]),
    Mishap(code: "while true {}", said: ["✘ pipe stopped sim", "timed-out", "more than 1 s of processor time"]),
    Mishap(
      code: "while true { print(\"hello\") }",
      said: ["✘ pipe stopped sim", "output-limit", "more than 256 KiB", "your program printed:\n  hello"]),
    Mishap(
      code: "todo(\"write\")", said: ["✘ pipe stopped sim", "not-implemented", "not implemented: write", "test pipe"]),
    Mishap(code: "_ = Int.random(in: 0...1)", said: ["✘ pipe stopped sim", "nondeterministic", "a random number"]),
    Mishap(code: "nothing()", said: ["✘ pipe does not compile", "cannot find 'nothing' in scope"]),
  ]

  /// Where code is put into the pipe.
  private static let write =
    "mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {"

  @Test(arguments: mishaps)
  func `of two labs together, the lab that goes wrong is named as in test`(mishap: Mishap) throws {
    let student = try Student()
    try student.solves("realtime")
    try student.solves("pipe", Self.write, Self.write + "\n" + mishap.code)
    let book = try student.book(withSolutions: true)
    let result = try student.run(["sim", Self.producer, "--mine", "realtime", "pipe", "--book", book])
    #expect(result.status == 1)
    #expect(mishap.said.filter { !result.output.contains($0) } == [], "\(result.output)")
    let lines = result.output.split(separator: "\n").filter { !$0.contains("error: ") }
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(result.output)")
  }

  @Test func `a failure is a document if one was asked for, and never part of a trace`() throws {
    let student = try Student()
    try student.begins("rt-mutex")
    let command = ["sim", "scenarios/synchronization/queue.yml", "--mine", "rt-mutex"]
    let document = try student.run(command + ["--json"])
    let fields = try #require(
      JSONSerialization.jsonObject(with: Data(document.output.utf8)) as? [String: Any])
    #expect(fields["status"] as? String == "not-implemented" && fields["lab"] as? String == "rt-mutex")
    let trace = try student.run(command + ["--trace", "ftrace"])
    #expect(trace.output.isEmpty && trace.errors.contains("not-implemented"))
    #expect([document.status, trace.status] == [1, 1])
  }

  @Test func `an answer sent in place of the runner's is not drawn`() throws {
    let student = try Student()
    try student.solves("pipe", Self.write, Self.write + "\nlie()")
    // A frame of the kind "output" on the channel, with an empty document in it.
    try student.write(
      "import Glibc\nfunc lie() { let frame: [UInt8] = [0x4F, 2, 0, 0, 0, 0x7B, 0x7D]; _ = write(3, frame, 7) }\n",
      "work/pipe/Lie.swift")
    let result = try student.run(["sim", Self.producer, "--mine"])
    #expect(result.status == 1)
    #expect(result.output.contains("✘ pipe stopped sim") && result.output.contains("what it sent is no answer"))
  }

  @Test func `what components print appears under the picture`() throws {
    let student = try Student()
    try student.solves("pipe", Self.write, Self.write + "\nprint(\"moved\", bytes.count)")
    let result = try student.run(["sim", "scenarios/ipc/partial.yml", "--mine"])
    #expect(result.status == 0)
    #expect(result.output.contains("\n\nyour program printed:\n  moved "), "\(result.output)")
  }

  /// A command that cannot be carried out, and what is said about it.
  struct Misuse: Sendable, CustomTestStringConvertible {
    let command: String
    let status: Int32
    let said: String

    init(_ command: String, _ status: Int32, _ said: String) {
      self.command = command
      self.status = status
      self.said = said
    }

    var testDescription: String { command }
  }

  private static let misuses = [
    Misuse("sim \(producer) --mine", 66, "begin a lab with labs-cli start pids"),
    Misuse("sim \(producer) --mine pip", 66, "there is no lab pip: did you mean pipe?"),
    Misuse("sim \(producer) --mine pipe", 66, "create it with labs-cli start pipe"),
    Misuse("sim \(producer) --mine rcu", 64, "rcu has no slot in this kernel"),
    Misuse("sim \(producer) pipe", 64, "name labs with --mine or --baseline"),
    Misuse("sim --mine pipe \(producer)", 64, "put the scenario before the labs"),
    Misuse("sim nowhere.yml --mine", 66, "cannot read nowhere.yml"),
    Misuse("pages 16 A=0 --mine", 66, "create it with labs-cli start buddy"),
    Misuse("pages 16 A=0 --mine --baseline", 64, "choose one"),
    Misuse("race examples/lost-update.swift --lab rcu", 66, "create it with labs-cli start rcu"),
    Misuse("race examples/lost-update.swift --lab rcuu", 66, "did you mean rcu?"),
  ]

  @Test(arguments: misuses)
  func `a command that cannot be carried out is refused with what to do instead`(misuse: Misuse) throws {
    let result = try Student().run(misuse.command.split(separator: " ").map(String.init))
    #expect(result.status == misuse.status && result.errors.contains(misuse.said), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func `a lab that was only begun is not among all of the student's labs`() throws {
    let student = try Student()
    try student.begins("pipe")
    try student.solves("buddy")
    let result = try student.run(["sim", Self.producer, "--mine"])
    #expect(result.status == 0 && result.output.contains("\nbuddy: yours, not called   pipe: reference\n"))
  }

  @Test func `a students' copy says which components are baselines, and how to see one's own`() throws {
    let student = try Student()
    let book = try student.book(withSolutions: false)
    let plain = try student.run(["sim", Self.producer, "--baseline"]).output
    let sim = try student.run(["sim", Self.producer, "--book", book]).output
    let title = "A producer and a slower consumer\n"
    let advice = "\nwith your own: labs-cli sim scenarios/ipc/producer.yml --mine pipe\n"
    #expect(sim == title + "pipe: baseline\n" + plain.dropFirst(title.count) + advice)
    let pages = try student.run(["pages", "16", "A=2", "--book", book]).output
    #expect(pages.hasPrefix("buddy: baseline\n") && pages.hasSuffix("\nwith your own: labs-cli pages 16 A=2 --mine\n"))
  }

  @Test func `if no component of a lab is called, a students' copy prints what the author's copy prints`() throws {
    let student = try Student()
    let book = try student.book(withSolutions: false)
    let command = ["sim", "scenarios/machine/first.yml"]
    #expect(try student.run(command + ["--book", book]).output == student.run(command).output)
  }
}
