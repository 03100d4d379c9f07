import Foundation
import Grader
import Judging
import MemoryChecks
import Testing

/// Programs that do not come back, or use more than they may.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RunAttacks {
  private static let wasteful = "import Glibc\n"

  @Test func `23: an endless loop times out`() async throws {
    let document = try await Mischief(allocate: "while true {}").graded()
    #expect(document.status == .timedOut)
    #expect(document.checks[0].message == "it used more than 1 s of processor time, in allocate(order: 0)")
  }

  @Test func `23: a program that never comes back costs its time once, and a tenth in each check after that`()
    async throws
  {
    let limits = Limits(cpuSeconds: 2, memoryMiB: 128, outputKiB: 64)
    let document = try await Mischief(initially: "while true {}").graded(check: nil, limits: limits)
    #expect(document.checks.map(\.verdict.status) == Array(repeating: .timedOut, count: BuddyChecks.suite.checks.count))
    let (first, others) = ("it used more than 2 s of processor time", "it used more than 1 s of processor time")
    let excuse = ", which is what a check gets after one that did not come back"
    let expected = [first] + Array(repeating: others + excuse, count: BuddyChecks.suite.checks.count - 1)
    #expect(document.checks.map { $0.verdict.failure?.finding.what } == expected)
  }

  @Test func `23: a program that closes the channel and goes on is ended`() async throws {
    let quiet = "close(3); close(1); close(2); while true { sleep(1000) }"
    #expect(try await Mischief(above: "import Glibc", allocate: quiet).statuses() == [.timedOut])
  }

  @Test func `24: a sleeper times out`() async throws {
    let document = try await Mischief(above: "import Glibc", allocate: "sleep(1000)").graded()
    #expect(document.status == .timedOut)
    #expect(
      document.checks[0].message
        == "it fell asleep: for 2 s it waited for something that never came")
  }

  @Test func `24: a program that does a little now and then, and sleeps, has fallen asleep`() async throws {
    let drip = "while true { for i in 0..<100_000 where i == order + 200_000 { print(i) }; usleep(50_000) }"
    let document = try await Mischief(above: "import Glibc", allocate: drip).graded()
    #expect(document.status == .timedOut)
    #expect(
      document.checks[0].message
        == "it fell asleep: for 2 s it waited for something that never came")
  }

  @Test func `24: a program that stops itself times out`() async throws {
    #expect(try await Mischief(above: "import Glibc", allocate: "raise(SIGSTOP)").statuses() == [.timedOut])
  }

  @Test func `25: a fork bomb does not fork once`() async throws {
    let fork = "@_silgen_name(\"fork\") func spawn() -> Int32"
    #expect(try await Mischief(above: fork, allocate: "while true { _ = spawn() }").statuses() == [.forbidden])
  }

  @Test(arguments: [
    "var all: [[Int]] = []; while true { all.append(Array(repeating: order, count: 1 << 17)) }",
    "print(Array(repeating: order, count: 1 << 33).count)",
  ]) func `27: a program that eats memory is stopped and named`(_ waste: String) async throws {
    #expect(try await Mischief(allocate: waste).statuses() == [.memory])
  }

  @Test func `27: shared memory of a single process, which no limit of data counts, is counted`() async throws {
    let map = """
      let size = 400 << 20
      guard let p = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), p != MAP_FAILED else { return nil }
      for i in stride(from: 0, to: size, by: 4096) { p.storeBytes(of: 1, toByteOffset: i, as: UInt8.self) }
      while true {}
      """
    #expect(try await Mischief(above: "import Glibc", allocate: map).statuses() == [.memory])
  }

  @Test func `28: memory that no limit counts is not available`() async throws {
    let memory = "@_silgen_name(\"memfd_create\") func memory(_ name: UnsafePointer<CChar>, _ flags: UInt32) -> Int32"
    #expect(try await Mischief(above: memory, allocate: "_ = memory(\"x\", 0)").statuses() == [.forbidden])
  }

  /// System calls by their numbers, which are those of this processor.
  @Test(arguments: [("shmget", "0, 1 << 30, 0o1600"), ("semget", "0, 1000, 0o1600"), ("msgget", "0, 0o1600, 0")])
  func `28: System V memory, semaphores and queues, which no limit counts, are not available`(
    _ call: String, _ arguments: String
  ) async throws {
    let declared = "@_silgen_name(\"\(call)\") func get(_ a: Int, _ b: Int, _ c: Int) -> Int32"
    let document = try await Mischief(above: declared, allocate: "_ = get(\(arguments))").graded()
    #expect(document.status == .forbidden)
    #expect(document.checks[0].message.contains("it made a system call that no submission may make (number "))
  }

  @Test func `29: a disk is filled only inside, and the rest cannot be written to`() async throws {
    let fill = """
      import Glibc
      func fill(_ folder: String) -> String {
        signal(SIGXFSZ, SIG_IGN)
        let block = [UInt8](repeating: 1, count: 1 << 20)
        for n in 0..<100 {
          let file = open("\\(folder)/\\(n)", O_WRONLY | O_CREAT, 0o600)
          guard file >= 0 else { return "\\(folder) after \\(n): \\(String(cString: strerror(errno)))" }
          let count = write(file, block, block.count)
          guard count == block.count else { return "\\(folder) after \\(n): \\(count < 0 ? String(cString: strerror(errno)) : "full")" }
          close(file)
        }
        return "\\(folder) took it all"
      }
      """
    let document = try await Mischief(
      above: fill, allocate: #"for f in ["", "/dev", "/dev/shm", "/box", "/tmp"] { print(fill(f)) }"#
    ).graded()
    #expect(document.status == .failed)
    #expect(!document.printed.contains("took it all"))
    #expect(document.printed.contains("/tmp after 1") || document.printed.contains("/tmp after 0: No space"))
    #expect(
      document.printed.contains("\n after 0: Read-only file system")
        || document.printed.hasPrefix(" after 0: Read-only"))
  }

  @Test func `31: descriptors are bounded`() async throws {
    let flood = "while true { let d = open(\"/proc/self/status\", O_RDONLY); if d < 0 { break }; print(d) }"
    let document = try await Mischief(above: "import Glibc", initially: flood).graded()
    #expect(document.status == .failed)
    #expect(!document.printed.contains("\n64\n"))
  }

  @Test func `32: a flood of output is stopped and named`() async throws {
    let document = try await Mischief(allocate: "while true { print(\"flood\") }").graded()
    #expect(document.status == .outputLimit)
    #expect(document.printed.utf8.count <= Bench.limits.outputKiB << 10)
  }

  @Test func `33: a daemon cannot be started`() async throws {
    let daemon = "@_silgen_name(\"daemon\") func become(_ a: Int32, _ b: Int32) -> Int32"
    #expect(try await Mischief(above: daemon, allocate: "_ = become(0, 0)").statuses() == [.forbidden])
  }

  @Test func `34: a program that ignores every signal is killed`() async throws {
    let deaf = "for s in 1...64 { signal(Int32(s), SIG_IGN) }; while true {}"
    let document = try await Mischief(above: "import Glibc", allocate: deaf).graded()
    #expect(document.status == .timedOut)
    #expect(document.checks[0].message == "it used more than 1 s of processor time")
  }

  @Test func `35: endless recursion is a crash, and named`() async throws {
    let deep = "func down(_ n: Int) -> Int { n &+ down(n &+ 1) &* 3 }"
    let document = try await Mischief(above: deep, allocate: "print(down(order))").graded()
    #expect(document.status == .crashed)
    #expect(document.checks[0].message.hasPrefix("BuddyAllocator.swift:2: it ran out of stack"))
  }
}
