import LabKernel

/// When a grace period is over.
struct GracePeriodHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let call = random.draw(8...16)
    var sections = Self.sections(&random)
    // A question is worth asking if some sections count and some do not.
    while !Self.isWorthAsking(sections, call) { sections = Self.sections(&random) }
    let pictures = sections.enumerated().map { cpu, own in
      var row = Array(repeating: ".", count: 36)
      for section in own {
        for tick in section { row[tick] = "=" }
        row[section.upperBound - 1] = "]"
        row[section.lowerBound] = "["
      }
      return "    CPU \(cpu)  " + row.joined()
    }
    let question =
      [
        "Four CPUs have read-side critical sections; a section begins at the start of the millisecond of its [ and ends",
        "at the end of that of its ]:", "",
      ]
      + ["    ms     " + Lines.scale(36)] + pictures + [
        "", "A fifth CPU calls synchronize() at \(call) ms, before any section that begins in that millisecond. Which",
        "sections must it wait for? When can it return at the earliest? Which sections may still be running then?",
      ]
    let (awaited, end, later) = Self.answer(sections, call)
    func words(_ some: [Place]) -> String {
      some.map { "CPU \($0.cpu)'s from \($0.time.lowerBound) to \($0.time.upperBound) ms" }.listed
    }
    return (
      question,
      [
        "It must wait for the sections that began before \(call) ms and have not ended: \(words(awaited)).",
        awaited.isEmpty ? "So it can return immediately." : "The last of them ends at \(end) ms; then it can return.",
        "It need not wait for sections that began later; still running at \(end) ms: \(words(later)).",
      ]
    )
  }

  /// A section, and the CPU that is in it.
  private typealias Place = (cpu: Int, time: Range<Int>)

  /// Returns the sections that a grace period waits for, when it can end, and the sections that go on then.
  private static func answer(_ sections: [[Range<Int>]], _ call: Int) -> (awaited: [Place], end: Int, later: [Place]) {
    let all = sections.enumerated().flatMap { cpu, own in own.map { (cpu: cpu, time: $0) } }
    let awaited = all.filter { $0.time.lowerBound < call && $0.time.upperBound > call }
    let end = awaited.map(\.time.upperBound).max() ?? call
    let later = all.filter { $0.time.lowerBound >= call && $0.time.lowerBound < end && $0.time.upperBound > end }
    return (awaited, end, later)
  }

  private static func isWorthAsking(_ sections: [[Range<Int>]], _ call: Int) -> Bool {
    let (awaited, _, later) = answer(sections, call)
    return awaited.count > 1 && !later.isEmpty
  }

  private static func sections(_ random: inout RandomSource) -> [[Range<Int>]] {
    (0..<4).map { _ in
      var sections: [Range<Int>] = []
      var time = random.draw(0...5)
      while time < 30 {
        let length = random.draw(3...8)
        sections.append(time..<time + length)
        time += length + random.draw(1...8)
      }
      return sections.map { $0.clamped(to: 0..<36) }
    }
  }
}
