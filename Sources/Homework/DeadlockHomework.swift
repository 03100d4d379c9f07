import LabKernel

/// Whether tasks that hold and want mutexes are in a deadlock.
struct DeadlockHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let names = ["A", "B", "C", "D", "E"]
    let wants: [Int?] = names.indices.map { task in
      let others = names.indices.filter { $0 != task }
      return random.oneIn(4) ? nil : random.pick(others)
    }
    let question =
      ["Each of five tasks holds one mutex, M with its own letter, and some want another one:", ""]
      + names.indices.map { task in
        "    \(names[task]) holds M\(names[task])" + (wants[task].map { ", wants M\(names[$0])" } ?? "")
      } + [
        "", "Is there a deadlock? Which tasks are in a cycle, and which tasks wait forever without being in one?",
        "Which tasks can finish? Would it help if every task had to lock its mutexes in the order of their letters?",
      ]
    let chains = names.indices.map { Self.chain(from: $0, wants) }
    let inCycle = names.indices.filter { chains[$0].count > 1 && chains[$0].last == $0 }
    let fine = names.indices.filter { task in chains[task].last.map { wants[$0] == nil } ?? true }
    let stuck = names.indices.filter { !inCycle.contains($0) && !fine.contains($0) }
    func words(_ tasks: [Int]) -> String { tasks.map { names[$0] }.listed }
    var answer = chains.enumerated().map { task, chain in
      "  \(names[task]): " + chain.map { names[$0] }.joined(separator: " -> ")
    }
    answer.append("")
    if inCycle.isEmpty {
      answer.append("There is no cycle, so there is no deadlock: each chain ends at a task that wants nothing.")
    } else {
      answer += [
        "In a cycle: \(words(inCycle)). Waiting forever without being in one: \(words(stuck)). Can finish:",
        "\(words(fine)). With one order for all there is no cycle: each task in it would want a letter after its own.",
      ]
    }
    return (question, answer)
  }

  /// The tasks from one on, each wanting what the next holds, up to the end or the first that comes again.
  private static func chain(from task: Int, _ wants: [Int?]) -> [Int] {
    var chain = [task]
    while let last = chain.last, let next = wants[last] {
      let isAgain = chain.contains(next)
      chain.append(next)
      if isAgain { break }
    }
    return chain
  }
}
