import LabKernel

/// Whether a waiter of a mutex should spin or sleep.
struct SpinOrSleepHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let cost = random.draw(2...8)
    let waits = (0..<5).map { $0 % 2 == 0 ? random.draw(1...2 * cost) : random.draw(2 * cost + 1...8 * cost) }
    let question = [
      "To go to sleep takes a CPU \(cost) µs, and to come back when woken another \(cost) µs; meanwhile other tasks",
      "could have run. Five times a task finds a mutex held, and the holder happens to release it after", "",
      "    " + waits.map { "\($0) µs" }.joined(separator: "   "), "",
      "How much CPU time does the waiter waste each time if it spins, and how much if it sleeps? What is wasted in all by",
      "spinning, by sleeping, by the better of the two each time, and by spinning for \(2 * cost) µs and only then",
      "sleeping? How much worse than the best can this last rule be for a single wait?",
    ]
    let sleep = 2 * cost
    let rows = waits.map { wait in
      let mixed = wait <= sleep ? wait : 2 * sleep
      return (wait: wait, best: min(wait, sleep), mixed: mixed)
    }
    let table =
      ["    release after  spin     sleep    better   spin, then sleep"]
      + rows.map { row in
        "    " + "\(row.wait) µs".filled(15) + "\(row.wait) µs".filled(9) + "\(sleep) µs".filled(9)
          + "\(row.best) µs".filled(9) + "\(row.mixed) µs"
      }
    let total =
      "    " + "in all".filled(15) + "\(waits.reduce(0, +)) µs".filled(9) + "\(sleep * waits.count) µs".filled(9)
      + "\(rows.map(\.best).reduce(0, +)) µs".filled(9) + "\(rows.map(\.mixed).reduce(0, +)) µs"
    return (
      question,
      table + [total, "", "Spinning for as long as a sleep costs, and then sleeping, wastes at most twice the best."]
    )
  }
}
