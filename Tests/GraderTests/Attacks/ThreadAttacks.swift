import Foundation
import Grader
import Judging
import MemoryChecks
import Testing

/// Programs that start threads or processes.
///
/// What such a program answers depends on luck, so none of it counts: there is one status, one score and one message,
/// whichever check it happens in.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ThreadAttacks {
  private static let message = "it starts a thread or a process: a lab runs on one thread"

  private static let thread = """
    import Glibc
    func forever(_ x: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? { while true {} }
    func start() { var t = pthread_t(); pthread_create(&t, nil, forever, nil) }
    """

  @Test(arguments: [
    ("", "_Concurrency.Task { await _Concurrency.Task.yield() }"), ("", "_Concurrency.Task.detached {}"),
    ("import Dispatch", "DispatchQueue.concurrentPerform(iterations: 4) { _ in }"),
    ("import Dispatch", "DispatchQueue.global().async {}"),
    ("import Foundation", "Thread.detachNewThread {}"), (thread, "start()"),
    ("@_silgen_name(\"fork\") func spawn() -> Int32", "_ = spawn()"),
  ]) func `26: a thread costs everything, whatever started it and wherever`(_ above: String, _ call: String)
    async throws
  {
    let document = try await Mischief(above: above, allocate: "if order == 3 { \(call) }").graded(check: nil)
    #expect(
      document.checks.map(\.verdict.status) == Array(repeating: .forbidden, count: BuddyChecks.suite.checks.count))
    #expect(document.checks.map(\.score).reduce(0, +) == 0)
    #expect(Set(document.checks.map(\.message)).count == 1)
    #expect(document.checks[0].message.contains(Self.message), "\(document.checks[0].message)")
  }

  @Test func `26: the message names the student's line`() async throws {
    let document = try await Mischief(above: Self.thread, allocate: "start()").graded()
    #expect(document.checks[0].message.hasPrefix("BuddyAllocator.swift:4: \(Self.message)"))
  }

  @Test func `26: a program that ignores the signal gets no thread either`() async throws {
    let deaf = "for s in 1...64 { signal(Int32(s), SIG_IGN) }; start(); while true {}"
    #expect(try await Mischief(above: Self.thread, allocate: deaf).statuses() == [.forbidden])
  }

  #if arch(x86_64)
    /// With the flags with which the caller waits for the child, in a state in which it can be seen to do nothing; and
    /// with those of a thread.
    @Test(arguments: ["0x4011", "0x4111", "0x50f00"])
    func `26: the bare system call is refused, whatever the flags`(_ flags: String) async throws {
      let clone =
        "@_silgen_name(\"syscall\") func call(_ n: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int) -> Int"
      let document = try await Mischief(above: clone, allocate: "_ = call(56, \(flags), 0, 0, 0, 0)").graded()
      #expect(document.status == .forbidden)
      #expect(document.checks[0].message.contains(Self.message), "\(document.checks[0].message)")
    }
  #endif

  /// The memory of a process whose first thread has left is shown nowhere in its own entry of `/proc`.
  @Test func `27: a first thread that leaves takes its process with it`() async throws {
    let leave = "@_silgen_name(\"pthread_exit\") func leave(_ x: UnsafeMutableRawPointer?)"
    let document = try await Mischief(above: leave, allocate: "leave(nil)").graded()
    #expect(document.status == .crashed)
    let hide = Self.thread + "\n" + leave
    #expect(try await Mischief(above: hide, allocate: "start(); leave(nil)").statuses() == [.forbidden])
  }

  @Test func `work on the thread that is there starts no thread`() async throws {
    let serial = "DispatchQueue(label: \"mine\").sync {}"
    let document = try await Mischief(above: "import Dispatch", allocate: serial).graded()
    #expect(document.status == .failed)
  }
}
