import LabKernel

/// How many processes some forks make, and what they print.
struct ForkHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  /// A line of the program: in C, and as a script with the number of its line in the names of places.
  private enum Statement {
    case fork
    case forkInParent
    case forkInChild
    case childPrints(Character)
    case childEnds
    case prints(Character)

    var c: String {
      switch self {
      case .fork: "fork();"
      case .forkInParent: "if (fork() > 0) fork();"
      case .forkInChild: "if (fork() == 0) fork();"
      case .childPrints(let letter): "if (fork() == 0) write(1, \"\(letter)\", 1);"
      case .childEnds: "if (fork() == 0) _exit(0);"
      case .prints(let letter): "write(1, \"\(letter)\", 1);"
      }
    }

    func script(_ line: Int) -> [String] {
      let end = "end\(line): set r7 0"
      return switch self {
      case .fork: ["fork"]
      case .forkInParent: ["fork", "if r0 == 0 goto end\(line)", "fork", end]
      case .forkInChild: ["fork", "if r0 > 0 goto end\(line)", "fork", end]
      case .childPrints(let letter): ["fork", "if r0 > 0 goto end\(line)", "print \"\(letter)\"", end]
      case .childEnds: ["fork", "if r0 > 0 goto end\(line)", "exit_group", end]
      case .prints(let letter): ["print \"\(letter)\""]
      }
    }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var program: [Statement] = []
    for number in 0..<random.draw(2...4) {
      let letter = Character(Lines.letter(number).lowercased())
      program.append(
        random.pick([.fork, .fork, .forkInParent, .forkInChild, .childPrints(letter), .childEnds, .prints(letter)]))
    }
    program.append(.prints("z"))
    let question =
      ["A process executes this, and no call fails:", ""] + program.map { "    " + $0.c }
      + [
        "", "How many processes have there been at the end, with the first? How many of them reach the last line? How",
        "often is each letter printed?",
      ]
    let steps = program.indices.map { line in
      let run = Self.run(Array(program[...line]))
      return "    " + program[line].c.filled(40) + "\(run.made)".filled(7) + "\(run.goingOn)".filled(10) + run.letters
    }
    let whole = Self.run(program)
    return (
      question,
      ["    after".filled(44) + "made   going on  printed"] + steps + [
        "", "\(whole.made) processes, of which \(whole.goingOn) reach the last line; printed: \(whole.letters).",
      ]
    )
  }

  /// What the first lines of a program have done: processes made, processes that go on, letters printed.
  private static func run(_ program: [Statement]) -> (made: Int, goingOn: Int, letters: String) {
    let script = program.enumerated().flatMap { $0.element.script($0.offset) } + ["print \".\""]
    let kernel = ProcessRun.finished(script)
    let text = kernel.console.text
    let letters = Set(text.filter(\.isLetter)).sorted()
    let counts = letters.map { letter in "\(letter) x \(text.count { $0 == letter })" }
    return (kernel.figures.count, text.count { $0 == "." }, counts.isEmpty ? "-" : counts.joined(separator: ", "))
  }
}
