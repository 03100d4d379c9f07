import LabKernel

/// The two counters of a ticket lock, which wrap around.
struct TicketHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let size = 8
    let start = random.draw(0...size - 1)
    var (next, owner) = (start, start)
    var line: [(cpu: Int, ticket: Int)] = []
    var calls: [String] = []
    var steps: [String] = []
    for _ in 0..<9 {
      let free = (0..<4).filter { cpu in !line.contains { $0.cpu == cpu } }
      if let holder = line.first, free.isEmpty || random.oneIn(3) {
        line.removeFirst()
        owner = (owner + 1) % size
        calls.append("CPU \(holder.cpu) calls unlock()")
        let heir = line.first.map { "CPU \($0.cpu) acquires the lock" } ?? "the lock is free"
        steps.append("owner = \(owner): \(heir)")
      } else {
        let cpu = random.pick(free)
        if random.oneIn(4) {
          calls.append("CPU \(cpu) calls tryLock()")
          if line.isEmpty {
            line = [(cpu, next)]
            next = (next + 1) % size
            steps.append("the lock is free: true, and next = \(next)")
          } else {
            steps.append("false: next is \(next), owner is \(owner); nothing changes")
          }
        } else {
          calls.append("CPU \(cpu) calls lock()")
          line.append((cpu, next))
          steps.append(
            "draws \(next), next = \((next + 1) % size): "
              + (line.count == 1 ? "it holds the lock" : "waiter number \(line.count - 1)"))
          next = (next + 1) % size
        }
      }
    }
    let question =
      [
        "The counters of a ticket lock have three bits. The lock is free, and both counters are \(start). Then these",
        "calls are made, one after the other:", "",
      ] + calls.map { "    " + $0 } + [
        "", "What are next and owner after each call? Which CPU holds the lock at the end? Which wait, in which order?",
      ]
    let waiters = line.dropFirst().map { "CPU \($0.cpu)" }
    let holder = line.first.map { "CPU \($0.cpu) holds it; waiting: \(waiters.listed)" } ?? "the lock is free"
    let end = "At the end, \(holder)."
    return (question, zip(calls, steps).map { "  " + $0.filled(28) + $1 } + ["", end])
  }
}
