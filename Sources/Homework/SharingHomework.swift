import LabKernel

/// What a task finds changed after a clone with some flags.
struct SharingHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private static let sets: [[CloneFlag]] = [
    [], [.CLONE_VM], [.CLONE_FILES], [.CLONE_PARENT], [.CLONE_VM, .CLONE_FILES], [.CLONE_VM, .CLONE_PARENT],
    [.CLONE_FILES, .CLONE_PARENT], [.CLONE_VM, .CLONE_SIGHAND, .CLONE_THREAD],
    [.CLONE_VM, .CLONE_FILES, .CLONE_SIGHAND, .CLONE_THREAD],
  ]

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let first = random.pick(Self.sets)
    let second = random.pick(Self.sets)
    let values = [random.draw(1...9), random.draw(1...9), random.draw(1...9)]
    let closes = random.draw(1...2)
    func words(_ flags: [CloneFlag]) -> String {
      flags.isEmpty ? "no flag" : flags.map { "\($0)" }.listed
    }
    let question = [
      "A, whose pid is 2 and whose parent is init, sets x to \(values[0]) and opens a file. It makes B with "
        + "\(words(first)).",
      "B adds \(values[1]) to x and makes C with \(words(second)).",
      "C adds \(values[2]) to x. Then \(closes == 1 ? "B" : "C") closes the file. After all of that, each of the three",
      "asks for its pid, its tid and its parent's pid, reads x, and writes to the file. What does each get? (Each",
      "task that is made gets the next number. No task has ended yet.)",
    ]
    let rows = Self.run(first, second, values, closes: closes)
    let answer =
      ["       pid   tid   parent   x    write to the file"]
      + rows.enumerated().map { number, row in
        "    \(Lines.letter(number))  " + "\(row[0])".filled(6) + "\(row[1])".filled(6) + "\(row[2])".filled(9)
          + "\(row[3])".filled(5) + (row[4] == 1 ? "works" : "EBADF")
      } + ["", "A and B: " + Self.says(first) + ".", "B and C: " + Self.says(second) + "."]
    return (question, answer)
  }

  /// What is shared with these flags.
  private static func says(_ flags: [CloneFlag]) -> String {
    let memory = flags.contains(.CLONE_VM) ? "one memory" : "a memory each"
    let files = flags.contains(.CLONE_FILES) ? "one table of descriptors" : "a table of descriptors each"
    if flags.contains(.CLONE_THREAD) { return "\(memory), \(files), one process, so one pid and one parent" }
    return "\(memory), \(files), "
      + (flags.contains(.CLONE_PARENT) ? "and the parent of the one is also that of the other" : "parent and child")
  }

  /// What each task finds: pid, tid, parent, x, and the result of the write.
  private static func run(_ first: [CloneFlag], _ second: [CloneFlag], _ values: [Int], closes: Int) -> [[Int]] {
    func clone(_ flags: [CloneFlag]) -> String {
      let signal = flags.contains(.CLONE_THREAD) ? [] : ["SIGCHLD"]
      return "clone " + (flags.map { "\($0)" } + signal).joined(separator: "|")
    }
    func add(_ value: Int) -> [String] { ["load r1 [x]", "add r1 \(value)", "store r1 [x]"] }
    // A looks at 3 ms, B at 4 and C at 5, so that their lines do not mix; they end later.
    let look = [
      "look: r1 = getpid", "r2 = gettid", "r3 = getppid", "load r4 [x]", "r6 = write r5 \"x\"",
      "print r1", "print \" \"", "print r2", "print \" \"", "print r3", "print \" \"", "print r4", "print \" \"",
      "print r6", "print \"\\n\"", "sleep 9ms", "exit",
    ]
    let script =
      ["pipe r4 r5"] + add(values[0]) + [clone(first), "if r0 == 0 goto b", "sleep 3ms", "goto look"]
      + ["b: set r7 0"] + add(values[1]) + [clone(second), "if r0 == 0 goto c", "sleep 1ms"]
      + (closes == 1 ? ["close r5"] : []) + ["sleep 3ms", "goto look"]
      + ["c: set r7 0"] + add(values[2]) + ["sleep 1ms"] + (closes == 2 ? ["close r5"] : [])
      + ["sleep 4ms", "goto look"] + look
    let text = ProcessRun.finished(script, Configuration(cpus: 4)).console.text
    return text.split(separator: "\n").map { line in line.split(separator: " ").map { Int($0) ?? 0 } }
  }
}
