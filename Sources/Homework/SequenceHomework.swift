import LabKernel

/// Which readers of a sequence lock must retry.
struct SequenceHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let start = 2 * random.draw(3...20)
    var count = start
    var begun: [String: Int] = [:]
    var calls: [String] = []
    var steps: [String] = []
    while calls.count < 10 || !begun.isEmpty || count % 2 == 1 {
      let idle = ["A", "B", "C"].filter { begun[$0] == nil }
      let isWriting = count % 2 == 1
      if random.oneIn(3) {
        count += 1
        calls.append("W: \(isWriting ? "writeEnd()" : "writeBegin()")")
        steps.append("the count is \(count)")
      } else if !isWriting, calls.count < 10, !idle.isEmpty, random.oneIn(2) || begun.isEmpty {
        let reader = random.pick(idle)
        begun[reader] = count
        calls.append("\(reader): readBegin()")
        steps.append("returns \(count)")
      } else if let reader = begun.keys.min(), random.oneIn(2) {
        let seen = begun[reader] ?? 0
        begun[reader] = nil
        calls.append("\(reader): readRetry(…)")
        steps.append(
          seen == count
            ? "false: the count is still \(count)" : "true: the count was \(seen) and is \(count), so it retries")
      }
    }
    let question =
      ["The count of a sequence lock is \(start). Readers and a writer W make these calls, in order:", ""]
      + calls.map { "    " + $0 } + [
        "", "Each readRetry() gets what the reader's readBegin() returned. What does each call return, or store?",
      ]
    return (question, zip(calls, steps).map { "  " + $0.filled(20) + $1 })
  }
}
