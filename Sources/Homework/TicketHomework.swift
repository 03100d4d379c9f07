import LabKernel

/// The two counters of a ticket lock, which wrap around.
struct TicketHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let start = random.draw(0...Lock.size - 1)
    var lock = Lock(next: start, owner: start)
    var calls: [String] = []
    var steps: [String] = []
    for _ in 0..<9 {
      let free = (0..<4).filter { cpu in !lock.line.contains(cpu) }
      if let holder = lock.line.first, free.isEmpty || random.oneIn(3) {
        calls.append("CPU \(holder) calls unlock()")
        steps.append(lock.unlock())
      } else {
        let cpu = random.pick(free)
        let tries = random.oneIn(4)
        calls.append("CPU \(cpu) calls \(tries ? "tryLock()" : "lock()")")
        steps.append(tries ? lock.tryLock(cpu) : lock.lock(cpu))
      }
    }
    let question =
      [
        "The counters of a ticket lock have three bits. The lock is free, and both counters are \(start). Then these",
        "calls are made, one after the other:", "",
      ] + calls.map { "    " + $0 } + [
        "", "What are next and owner after each call? Which CPU holds the lock at the end, and which CPUs wait, in",
        "which order?",
      ]
    return (question, zip(calls, steps).map { "  " + $0.filled(28) + $1 } + ["", lock.end])
  }

  /// A ticket lock, as far as its counters go.
  private struct Lock {
    /// How many numbers there are.
    static let size = 8

    var next: Int
    var owner: Int
    /// The holder, and after it the waiters.
    var line: [Int] = []

    /// Draws a number for a CPU.
    mutating func lock(_ cpu: Int) -> String {
      let ticket = next
      next = (next + 1) % Self.size
      line.append(cpu)
      return "draws \(ticket), next = \(next): "
        + (line.count == 1 ? "it holds the lock" : "waiter number \(line.count - 1)")
    }

    /// Draws a number only if it is served immediately.
    mutating func tryLock(_ cpu: Int) -> String {
      guard line.isEmpty else { return "false: next is \(next), owner is \(owner); nothing changes" }
      next = (next + 1) % Self.size
      line = [cpu]
      return "the lock is free: true, and next = \(next)"
    }

    /// Serves the next number.
    mutating func unlock() -> String {
      owner = (owner + 1) % Self.size
      line.removeFirst()
      return "owner = \(owner): " + (line.first.map { "CPU \($0) acquires the lock" } ?? "the lock is free")
    }

    /// How things stand.
    var end: String {
      let waiters = line.dropFirst().map { "CPU \($0)" }
      let holder = line.first.map { "CPU \($0) holds it; waiting: \(waiters.listed)" } ?? "the lock is free"
      return "At the end, \(holder)."
    }
  }
}
