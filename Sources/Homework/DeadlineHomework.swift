import LabKernel

/// Whether periodic tasks meet their deadlines with fixed priorities.
struct DeadlineHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private struct Periodic {
    var name: String
    var period: Int
    var work: Int
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let tasks = Self.tasks(&random)
    let span = tasks.map(\.period).reduce(1, Self.leastCommonMultiple)
    let run = Self.run(tasks, span)
    let question =
      ["A robot's tasks are periodic; each must be done before its next period begins. All first begin at 0.", ""]
      + ["    task  every   computes"]
      + tasks.map { "    " + $0.name.filled(6) + "\($0.period) ms".filled(8) + "\($0.work) ms" } + [
        "", "One CPU, SCHED_FIFO, and the shorter the period, the more urgent the task (rate monotonic). How busy is",
        "the CPU? Draw the first \(span) ms, after which all of them come together again. Does a task miss a",
        "deadline? If so, when does it first happen?",
      ]
    let parts = tasks.map { "\($0.work)/\($0.period)" }.joined(separator: " + ")
    let used = tasks.map { $0.work * span / $0.period }.reduce(0, +)
    let bound = tasks.count == 2 ? "82.8" : "78.0"
    var answer = [
      "\(parts) = \(used)/\(span), \(Lines.percent(used, of: span)) (Liu and Layland guarantee success up to",
      "\(bound) % for \(tasks.count) tasks)", "", "    ms  " + Lines.scale(run.row.count), "        " + run.row, "",
    ]
    if let miss = run.miss {
      answer.append("At \(miss.time) ms, \(miss.name) is not done when its next period begins: it misses its deadline.")
      answer.append(
        used <= span
          ? "The work would fit: earliest deadline first meets all deadlines." : "There is more work than time.")
    } else {
      answer.append("No deadline is missed within \(span) ms, and then everything repeats.")
    }
    return (question, answer)
  }

  private static func tasks(_ random: inout RandomSource) -> [Periodic] {
    while true {
      var periods = [4, 6, 8, 12, 16, 24]
      let count = random.draw(2...3)
      let chosen = (0..<count).map { _ in periods.remove(at: random.draw(0...periods.count - 1)) }.sorted()
      let tasks = zip(["A", "B", "C"], chosen).map { name, period in
        Periodic(name: name, period: period, work: random.draw(1...period / 2 + 1))
      }
      let percent = tasks.map { $0.work * 1000 / $0.period }.reduce(0, +) / 10
      if (65...105).contains(percent) { return tasks }
    }
  }

  /// The timeline up to the first missed deadline, and that.
  private static func run(_ tasks: [Periodic], _ span: Int) -> (row: String, miss: (time: Int, name: String)?) {
    var left = tasks.map { _ in 0 }
    var row = ""
    for time in 0..<span {
      for (index, task) in tasks.enumerated() where time % task.period == 0 {
        if left[index] > 0 { return (row, (time, task.name)) }
        left[index] = task.work
      }
      let running = left.firstIndex { $0 > 0 }
      if let running { left[running] -= 1 }
      row += running.map { tasks[$0].name } ?? "."
    }
    let late = left.firstIndex { $0 > 0 }
    return (String(row.prefix(48)), late.map { (span, tasks[$0].name) })
  }

  private static func leastCommonMultiple(_ left: Int, _ right: Int) -> Int {
    var (larger, smaller) = (left, right)
    while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
    return left / larger * right
  }
}
