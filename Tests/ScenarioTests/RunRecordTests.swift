import Foundation
import LabHarness
import LabKernel
import Scenario
import Testing

/// The record of a run, on its way from another process.
@Suite struct RunRecordTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The scenarios of the book.
  static func scenarios() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.path + "/scenarios").filter {
      // Scripts that are compared with Linux have a form of their own.
      $0.hasSuffix(".yml") && !$0.hasPrefix("conform/")
    }
    .sorted()
  }

  private static func workload(_ scenario: String) throws -> MachineLoad {
    let text = try String(contentsOfFile: root.path + "/scenarios/" + scenario, encoding: .utf8)
    let folder = root.appendingPathComponent(Scenario.commandFolder)
    return try Scenario(yaml: text, file: scenario) { name in
      try? String(contentsOf: folder.appendingPathComponent("\(name).s"), encoding: .utf8)
    }.workload()
  }

  private static func line(_ value: some Encodable) throws -> [UInt8] { try WireEncoder().encode(value) }

  @Test(arguments: try scenarios())
  func `a workload and its record come back as they went, byte for byte`(scenario: String) throws {
    let workload = try Self.workload(scenario)
    let sent = try Self.line(workload)
    let received = try WireDecoder().decode(MachineLoad.self, from: sent)
    #expect(received == workload)
    let record = received.run(with: .baseline)
    let answer = try Self.line(record)
    let decoded = try WireDecoder().decode(RunRecord.self, from: answer)
    #expect(decoded == record && decoded.isSound(for: workload))
    #expect(try Self.line(decoded) == answer)
  }

  @Test(arguments: try scenarios())
  func `a record is drawn like the kernel that it was made from`(scenario: String) throws {
    let workload = try Self.workload(scenario)
    var kernel = workload.kernel(with: .baseline)
    let end = kernel.run(until: workload.end, maximumEvents: workload.maximumEvents)
    let record = RunRecord(of: kernel, end)
    #expect(Timeline(record) == Timeline(kernel))
    #expect(record.ftraceText == kernel.ftraceText)
    #expect(record.figures == kernel.figures)
  }

  /// One change to a record that no run of the scenario leaves.
  struct Lie: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let tell: @Sendable (inout RunRecord) -> Void

    init(_ what: String, _ tell: @escaping @Sendable (inout RunRecord) -> Void) {
      testDescription = what
      self.tell = tell
    }
  }

  private static let lies = [
    Lie("one CPU too many") { $0.cpus += 1 },
    Lie("a CPU that does not exist") { $0.events[3].cpu = CPUID(60) },
    Lie("a CPU before the first") { $0.events[3].cpu = CPUID(-1) },
    Lie("time that goes backward") { $0.events[3].time = .zero + .seconds(1) },
    Lie("an event after the end") { $0.events[$0.events.count - 1].time = $0.now + .nanoseconds(1) },
    Lie("more time than can be added up") { $0.now = Instant(nanoseconds: .max) },
    Lie("a task that is born twice") { $0.events.insert($0.events[0], at: 1) },
    Lie("a mutex that does not exist") { $0.mutexNames = [] },
    Lie("a name that moves the cursor") { $0.names[2] = "\u{1B}[2J" },
    Lie("an endless name of a mutex") { $0.mutexNames[0] = String(repeating: "m", count: 1000) },
    Lie("a CPU that was busy for longer than the run") { $0.busyTimes[0] = $0.now - .zero + .seconds(1) },
    Lie("no reason to end") { $0.end = nil },
  ]

  @Test(arguments: lies)
  func `a record that no run leaves is not drawn`(lie: Lie) throws {
    let workload = try Self.workload("synchronization/chain.yml")
    var record = workload.run(with: .baseline)
    lie.tell(&record)
    #expect(!record.isSound(for: workload))
  }

  @Test func `more than a console keeps is not drawn`() throws {
    let workload = try Self.workload("synchronization/chain.yml")
    var record = workload.run(with: .baseline)
    let bytes = Array(repeating: UInt8(ascii: "x"), count: Console.capacity + 1)
    record.console = try WireDecoder().decode(Console.self, from: try Self.line(bytes))
    #expect(!record.isSound(for: workload))
  }

  @Test func `a text that moves the cursor is nowhere accepted`() throws {
    let workload = try Self.workload("synchronization/ring-plain.yml")
    let words = try Self.words(workload.run(with: .baseline))
    let texts = words.indices.filter { words[$0].hasPrefix("'") }
    #expect(texts.count > 5)
    for index in texts {
      let record = try Self.decoded(words, with: "'%1b[2J", at: index)
      #expect(record.map { $0.isSound(for: workload) } != true, "instead of \(words[index])")
    }
  }

  @Test(arguments: [-1, 0, 7, 1 << 40, Int.max])
  func `a record with one number replaced by another is refused, or it can be drawn`(number: Int) throws {
    let workload = try Self.workload("synchronization/chain.yml")
    let words = try Self.words(workload.run(with: .baseline))
    let numbers = words.indices.filter { Int(words[$0]) != nil }
    var drawn = 0
    for index in numbers {
      let record = try Self.decoded(words, with: "\(number)", at: index)
      guard let record, record.isSound(for: workload) else { continue }
      drawn += Timeline(record).text().isEmpty || Timeline(record).chromeJSON.isEmpty ? 0 : 1
      drawn += record.ftraceText.isEmpty ? 0 : 1
    }
    #expect(numbers.count > 200 && drawn > 0)
  }

  /// The words of the line that is sent.
  private static func words(_ record: RunRecord) throws -> [String] {
    String(decoding: try line(record), as: UTF8.self).split(separator: " ").map(String.init)
  }

  /// The record with another word in one place, or nil if that is not a record.
  private static func decoded(_ words: [String], with word: String, at index: Int) throws -> RunRecord? {
    var forged = words
    forged[index] = word
    do {
      return try WireDecoder().decode(RunRecord.self, from: Array(forged.joined(separator: " ").utf8))
    } catch is DecodingError {
      return nil
    }
  }

  @Test(
    arguments: [
      ("machine/first.yml", []), ("scheduling/rr-equals.yml", [Slot.realtime]), ("ipc/how-many.yml", [.pipe]),
      ("synchronization/chain.yml", [.realtime, .mutex]), ("memory/out-of-stacks.yml", [.pageAllocator]),
    ] as [(String, Set<Slot>)])
  func `a slot counts as called if its component was called`(scenario: String, slots: Set<Slot>) throws {
    #expect(try Self.workload(scenario).run(with: .baseline).calledSlots == slots)
  }

  @Test func `if a scenario asks for plain mutexes, there is no slot for a lab`() throws {
    #expect(try Self.workload("synchronization/chain.yml").slots == Slot.allCases)
    #expect(
      try Self.workload("synchronization/ring-plain.yml").slots
        == [.pids, .execLoader, .realtime, .pipe, .pageAllocator])
  }
}
