import LabKernel

/// In which state a task is, millisecond by millisecond.
struct StateHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  /// What the parent does at a time, and how a program says it.
  private struct Deed {
    let time: Int
    let name: String
    let line: String
  }

  private static let length = 20

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var work = Self.work(&random)
    var deeds = Self.deeds(&random)
    while !Self.isClear(work, deeds) {
      work = Self.work(&random)
      deeds = Self.deeds(&random)
    }
    let letters = Self.letters(work, deeds)
    let wasAsleep = deeds.first { $0.name == "SIGSTOP" }.map { letters[$0.time - 1] == "S" } ?? false
    let question =
      [
        "C computes for \(work[0]) ms, sleeps for \(work[1]) ms, computes for \(work[2]) ms and exits. It has a CPU of",
        "its own. Its parent P starts it at 0 ms and then does this:", "",
      ] + deeds.map { "    at " + "\($0.time) ms".filled(8) + $0.name }
      + [
        "",
        "Which letter does `ps` print for C in each of the first \(Self.length) milliseconds? Write a - for no line.",
      ]
    let answer =
      ["    ms  " + Lines.scale(Self.length), "    C   " + String(letters), ""]
      + deeds.map { deed in Self.says(deed, letters, wasAsleep: wasAsleep) }
    return (question, answer)
  }

  /// How long C computes, sleeps and computes.
  private static func work(_ random: inout RandomSource) -> [Int] {
    [random.draw(1...4), random.draw(2...6), random.draw(2...5)]
  }

  private static func deeds(_ random: inout RandomSource) -> [Deed] {
    let stop = random.draw(1...8)
    let go = stop + random.draw(2...5)
    var deeds = [
      Deed(time: stop, name: "SIGSTOP", line: "kill 3 SIGSTOP"),
      Deed(time: go, name: "SIGCONT", line: "kill 3 SIGCONT"),
    ]
    if random.oneIn(3) {
      let signal = random.pick(["SIGTERM", "SIGKILL"])
      let end = random.draw(stop + 1...go + 2)
      deeds.append(Deed(time: end == go ? go + 1 : end, name: signal, line: "kill 3 \(signal)"))
    }
    deeds.append(Deed(time: go + random.draw(4...7), name: "wait", line: "wait4 3"))
    return deeds.sorted { $0.time < $1.time }
  }

  /// Whether C does nothing else at the instants at which P does something.
  private static func isClear(_ work: [Int], _ deeds: [Deed]) -> Bool {
    deeds.indices.allSatisfy { number in
      let before = letters(work, Array(deeds[..<number]))
      let time = deeds[number].time
      return time >= length || before[time - 1] == before[time]
    }
  }

  /// The letters, one for the middle of each millisecond.
  private static func letters(_ work: [Int], _ deeds: [Deed]) -> [Character] {
    var script = ["fork", "if r0 == 0 goto child"]
    var now = 0
    for deed in deeds {
      if deed.time > now { script.append("sleep \(deed.time - now)ms") }
      now = deed.time
      script.append(deed.line)
    }
    script += ["exit", "child: compute \(work[0])ms", "sleep \(work[1])ms", "compute \(work[2])ms", "exit"]
    var kernel = ProcessRun.machine(script, Configuration(cpus: 3))
    return (0..<length).map { time in
      kernel.run(until: .zero + .microseconds(time * 1000 + 500))
      return ProcessRun.task(3, in: kernel)?.state.letter ?? "-"
    }
  }

  /// What a deed has led to.
  private static func says(_ deed: Deed, _ letters: [Character], wasAsleep: Bool) -> String {
    let before = deed.time > 0 ? letters[deed.time - 1] : "R"
    let after = deed.time < length ? letters[deed.time] : "-"
    let what =
      switch (deed.name, before, after) {
      case ("SIGSTOP", "Z", _), ("SIGCONT", "Z", _), ("SIGTERM", "Z", _), ("SIGKILL", "Z", _):
        "C has ended, and a signal changes nothing"
      case ("SIGSTOP", "S", _): "C wakes up for the signal, and stops when it would return to its program"
      case ("SIGSTOP", _, _): "C stops"
      case ("SIGCONT", "T", "S"): "C continues, and sleeps for the rest of its time"
      case ("SIGCONT", "T", "Z"): "C continues, finds the other signal, and ends"
      case ("SIGCONT", _, _) where wasAsleep: "C continues; the time of its sleep is over, too"
      case ("SIGCONT", _, _): "C continues"
      case ("SIGTERM", "T", "T"): "the signal waits until C continues"
      case ("wait", "Z", _): "P reaps the zombie"
      case ("wait", _, _): "C has not ended: P sleeps, and reaps it when it ends"
      default: "C ends, and is a zombie until P waits"
      }
    return "  at " + "\(deed.time) ms".filled(8) + "\(deed.name): \(what)"
  }
}
