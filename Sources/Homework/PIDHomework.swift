import LabKernel

/// Which numbers the next processes get.
struct PIDHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private static let reserved = 300

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let limit = Self.reserved + random.draw(8...20)
    var last = limit - random.draw(1...6)
    var used = Set([1, 2, last])
    for number in Self.reserved..<limit where random.oneIn(2) { used.insert(number) }
    for _ in 0..<3 { used.insert(random.draw(3...Self.reserved - 1)) }
    let free = (Self.reserved..<limit).count { !used.contains($0) }
    let question = [
      "`pid_max` is \(limit), and the last process that was started got \(last). In use are "
        + "\(used.sorted().map { "\($0)" }.listed). Then:",
      "",
    ]
    var calls: [String] = []
    var answer: [String] = []
    for _ in 0..<max(4, free + 2) {
      let high = used.filter { $0 >= Self.reserved && $0 != last }.sorted()
      if random.oneIn(3), !high.isEmpty {
        let gone = random.pick(high)
        used.remove(gone)
        calls.append("\(gone) ends and is reaped")
        answer.append("\(gone) ends: free, but the search does not go back for it")
      } else {
        calls.append("a process starts")
        answer.append(Self.start(limit, &last, &used))
      }
    }
    return (
      question + calls.map { "    " + $0 } + [
        "", "Which number does each new process get, or which error does `fork`?",
      ],
      answer.map { "  " + $0 }
    )
  }

  /// Gives a new process its number, and says why it is that one.
  private static func start(_ limit: Int, _ last: inout Int, _ used: inout Set<Int>) -> String {
    let above = (last + 1..<max(last + 1, limit)).first { !used.contains($0) }
    guard let number = above ?? (reserved..<limit).first(where: { !used.contains($0) }) else {
      return "EAGAIN: all numbers from \(reserved) to \(limit - 1) are in use, and the search does not go below"
    }
    used.insert(number)
    let skipped = number - (above == nil ? reserved : last + 1)
    let taken = skipped == 0 ? "" : ", past \(skipped) in use"
    let why = above == nil ? "nothing is free up to \(limit - 1), so from \(reserved)\(taken)" : "above \(last)\(taken)"
    last = number
    return "\(number): \(why)"
  }
}
