import LabKernel

/// What wait stores, and which process is the parent of an orphan.
struct WaitHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    random.oneIn(2) ? words(&random) : parents(&random)
  }
}

// Status words.
extension WaitHomework {
  /// What happens to a child.
  private enum Fate {
    case exits(Int)
    case killed(String, Int)
    case stopped(String, Int)

    var says: String {
      switch self {
      case .exits(let code): "it calls exit(\(code))"
      case .killed(let signal, let number): "\(signal), which is signal \(number), ends it"
      case .stopped(let signal, let number): "\(signal), which is signal \(number), stops it"
      }
    }

    var script: [String] {
      switch self {
      case .exits(let code): ["child: exit \(code)"]
      case .killed(let signal, _), .stopped(let signal, _): ["child: r2 = getpid", "kill r2 \(signal)", "exit"]
      }
    }

    func explanation(_ word: Int) -> String {
      switch self {
      case .exits(let code) where code != code & 0xFF:
        "\(code) is 256 x \(code >> 8) + \(code & 0xFF); only the \(code & 0xFF) is kept: 256 x \(code & 0xFF) = \(word)"
      case .exits(let code): "the code in bits 8 to 15: 256 x \(code) = \(word)"
      case .killed(_, let number): "the signal in bits 0 to 6: \(number)"
      case .stopped(_, let number): "the signal in bits 8 to 15 and 127 below: 256 x \(number) + 127 = \(word)"
      }
    }
  }

  private func words(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let kills = [("SIGHUP", 1), ("SIGINT", 2), ("SIGKILL", 9), ("SIGTERM", 15)]
    let fates = (0..<4).map { _ -> Fate in
      switch random.draw(0...3) {
      case 0: return .exits(random.draw(1...255))
      case 1: return .exits(random.draw(256...1200))
      case 2:
        let signal = random.pick(kills)
        return .killed(signal.0, signal.1)
      default: return .stopped("SIGSTOP", 19)
      }
    }
    let words = fates.map(Self.word)
    let hidden = random.draw(0...3)
    let question =
      ["wait4, with WUNTRACED, reports four children. This is what happened to them:", ""]
      + fates.enumerated().map { "    \($0.offset + 1)  " + ($0.offset == hidden ? "?" : $0.element.says) }
      + [
        "",
        "Which word does it store for each of the others? Child \(hidden + 1)'s word is \(words[hidden]): what "
          + "happened to it?",
      ]
    let answer = zip(fates, words).enumerated().map { number, pair in
      "  \(number + 1)  \(pair.1) = 0x\(String(pair.1, radix: 16))  "
        + (number == hidden ? "\(pair.0.says): " : "") + pair.0.explanation(pair.1)
    }
    return (question, answer)
  }

  /// The word that the kernel stores.
  private static func word(_ fate: Fate) -> Int {
    let script =
      ["fork", "if r0 == 0 goto child", "wait4 -1 &status WUNTRACED", "load int r1 [status]", "print r1", "exit"]
      + fate.script
    return Int(ProcessRun.finished(script).console.text) ?? 0
  }
}

// Parents.
extension WaitHomework {
  private func parents(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let count = random.draw(4...6)
    let names = (0..<count).map { Lines.letter($0) }
    let subreapers = Set((0..<count - 1).filter { _ in random.oneIn(3) })
    var ending: [Int] = []
    for number in 0..<count - 1 where random.oneIn(2) { ending.append(number) }
    if ending.isEmpty { ending = [random.draw(0...count - 2)] }
    // The first one may end before the last, or after it.
    if random.oneIn(2) { ending.reverse() }
    let question =
      [
        "A forks B, B forks C, and so on: " + names.joined(separator: ", ") + ". A is a child of init. "
          + (subreapers.isEmpty
            ? "None of them is a subreaper."
            : "Subreapers: \(subreapers.sorted().map { names[$0] }.listed)."),
        "",
        "Then, in this order, \(ending.map { names[$0] }.listed) "
          + "\(ending.count == 1 ? "ends" : "end"), and no process waits for a child. What is the parent of each "
          + "process now? Which are zombies?",
      ]
    let kernel = Self.run(names.count, subreapers, ending)
    let answer = names.indices.map { number -> String in
      guard let task = ProcessRun.task(PID(number + 2), in: kernel) else {
        return "  \(names[number]) has ended, and init has reaped it"
      }
      let parent = kernel.tasks[task.parent].pid
      let name = parent == 1 ? "init" : names[Int(parent) - 2]
      let former = number == 0 ? "init" : names[number - 1]
      let why = name == former ? "" : ", because \(former) has ended"
      if case .zombie = task.state { return "  \(names[number]) is a zombie; its parent is \(name)\(why)" }
      return "  \(names[number])'s parent is \(name)\(why)"
    }
    return (
      question,
      answer + ["", "An orphan goes to its nearest living ancestor that is a subreaper, or else to init, which reaps."]
    )
  }

  /// The machine after the last end.
  private static func run(_ count: Int, _ subreapers: Set<Int>, _ ending: [Int]) -> Kernel {
    var script: [String] = []
    for number in 0..<count {
      script.append("p\(number): set r7 0")
      if subreapers.contains(number) { script.append("prctl PR_SET_CHILD_SUBREAPER 1") }
      if number < count - 1 { script += ["fork", "if r0 == 0 goto p\(number + 1)"] }
      let end = ending.firstIndex(of: number).map { $0 + 1 } ?? 100
      script += ["sleep \(end)ms", "exit"]
    }
    var kernel = ProcessRun.machine(script)
    kernel.run(until: .zero + .milliseconds(50))
    return kernel
  }
}
