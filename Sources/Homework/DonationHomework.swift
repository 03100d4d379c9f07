import LabKernel

/// Which priorities the holders of mutexes inherit.
struct DonationHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var drawn = Self.tasks(&random)
    // Most questions are about an inheritance that decides which task runs.
    while drawn.runsFirst(drawn.inherited) == drawn.runsFirst(drawn.own), !random.oneIn(60) {
      drawn = Self.tasks(&random)
    }
    let (names, own, waitsFor) = (drawn.names, drawn.own, drawn.waitsFor)
    let priorities = drawn.inherited
    let question =
      ["Tasks with real-time priorities (a larger number is more urgent) and mutexes with priority inheritance:", ""]
      + names.indices.map { task in
        "    " + "\(names[task]), priority \(own[task])".filled(18)
          + (waitsFor[task].map { "waits for a mutex that \(names[$0]) holds" } ?? "waits for no mutex")
      } + [
        "", "With what priority does each task run? Which task runs, if there is one CPU? Which task would run if no",
        "priority were inherited?",
      ]
    let steps = names.indices.map { task in
      let lenders = names.indices.filter { waitsFor[$0] == task }
      let from = lenders.max { priorities[$0] < priorities[$1] }
      let why =
        from.map { from in
          priorities[task] > own[task]
            ? "inherited from \(names[from])" : "its own: \(names[from]) has only \(priorities[from])"
        } ?? "its own: no task waits for it"
      return "  " + "\(names[task]): \(priorities[task])".filled(8) + why
    }
    return (
      question,
      steps + ["", "The CPU goes to \(drawn.runsFirst(priorities)); without inheritance, to \(drawn.runsFirst(own))."]
    )
  }

  private static func tasks(_ random: inout RandomSource) -> Tasks {
    let count = random.draw(4...6)
    let names = (0..<count).map(Lines.letter)
    var pool = Array(stride(from: 5, to: 95, by: 5))
    let own = names.map { _ in pool.remove(at: random.draw(0...pool.count - 1)) }
    let waitsFor: [Int?] = names.indices.map { task in
      task == 0 || random.oneIn(3) ? nil : random.draw(0...task - 1)
    }
    return Tasks(names: names, own: own, waitsFor: waitsFor)
  }

  /// Tasks that wait for each other.
  private struct Tasks {
    var names: [String]
    /// Their own priorities.
    var own: [Int]
    /// For which earlier task each task waits, if for any.
    var waitsFor: [Int?]

    /// For each task, the highest priority among its own and those of all that wait for it, directly or through others.
    var inherited: [Int] {
      var priorities = own
      // A task waits only for an earlier task, so the last tasks come first.
      for task in own.indices.reversed() {
        if let owner = waitsFor[task] { priorities[owner] = max(priorities[owner], priorities[task]) }
      }
      return priorities
    }

    /// The name of the most urgent task that waits for no mutex.
    func runsFirst(_ priorities: [Int]) -> String {
      let ready = names.indices.filter { waitsFor[$0] == nil }
      return ready.max { priorities[$0] < priorities[$1] }.map { names[$0] } ?? "none"
    }
  }
}
