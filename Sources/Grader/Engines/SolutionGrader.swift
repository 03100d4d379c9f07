import Foundation

/// Grades solutions of ours: many of one lab in one program, since a small file spends most of its time in the build.
///
/// Each is inside a type of its own, and the argument of the program says which of them runs. For a solution without
/// static variables, only the checks that it fails are wanted: see ``ProgramSession``. All run in the sandbox. This is
/// not for students' files: one could speak for another.
package struct SolutionGrader: Sendable {
  /// A solution, and what it is asked.
  package struct Task: Sendable {
    /// The whole text of the file.
    package var source: String
    /// The lab, with the checks to run.
    package var lab: GradedLab
    /// Whether it is built and run on its own, as a student's file is.
    package var isAlone: Bool

    /// A solution of `lab`.
    package init(source: String, lab: GradedLab, isAlone: Bool = false) {
      self.source = source
      self.lab = lab
      self.isAlone = isAlone
    }
  }

  private let grader: SubmissionGrader
  /// How many run at a time.
  private let width: Int
  /// How many are built together at most, because a compiler run has a time limit.
  private static let most = 40

  /// A grader of solutions that uses a grader of submissions.
  package init(_ grader: SubmissionGrader, width: Int = 2) {
    self.grader = grader
    self.width = width
  }

  /// Grades solutions; returns what came of each, in their order.
  ///
  /// - Parameter progress: called after each with how many are done.
  /// - Throws: as `SubmissionGrader.grade`.
  package func grade(_ tasks: [Task], progress: (Int) -> Void = { _ in }) async throws -> [JobDocument] {
    var documents: [Int: JobDocument] = [:]
    func keep(_ index: Int, _ document: JobDocument) {
      documents[index] = document
      progress(documents.count)
    }
    let groups = Dictionary(grouping: tasks.indices) { tasks[$0].lab.manifest.slug }
    for slug in groups.keys.sorted() {
      let (joined, alone) = (groups[slug] ?? []).split { !tasks[$0].isAlone && HeldSource.canBeHeld(tasks[$0].source) }
      for start in stride(from: 0, to: joined.count, by: Self.most) {
        try await together(Array(joined[start...].prefix(Self.most)), tasks, keep)
      }
      try await each(alone, keep) { try await single(tasks[$0]) }
    }
    return tasks.indices.compactMap { documents[$0] }
  }

  private func together(_ part: [Int], _ tasks: [Task], _ keep: (Int, JobDocument) -> Void) async throws {
    let holders = part.map(Self.holder)
    let files = zip(part, holders).map { index, holder in
      SourceFile(name: "\(holder).swift", bytes: Array(HeldSource.text(tasks[index].source, in: holder).utf8))
    }
    let entry = tasks[part[0]].lab.entry.choosing(among: holders)
    guard case .built(let program) = try await grader.builder.build(files, entry: entry) else {
      // One of them does not compile: each is built on its own to see whether it does.
      return try await each(part, keep) { try await single(tasks[$0]) }
    }
    defer { program.remove() }
    try await each(part, keep) { index in
      var program = program
      program.holder = Self.holder(index)
      let lab = tasks[index].lab
      let isOnlyJudged = !tasks[index].source.contains("static var")
      return try await grader.run(program, lab, into: grader.empty(lab, ""), isOnlyJudged: isOnlyJudged)
    }
  }

  /// The type that holds a solution.
  private static func holder(_ index: Int) -> String { "Solution\(index)" }

  private func single(_ task: Task) async throws -> JobDocument {
    let file = SourceFile(name: task.lab.manifest.component + ".swift", bytes: Array(task.source.utf8))
    return try await grader.grade([file], for: task.lab)
  }

  private func each(
    _ indices: [Int], _ keep: (Int, JobDocument) -> Void,
    _ grade: @escaping @Sendable (Int) async throws -> JobDocument
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, JobDocument).self) { group in
      var waiting = indices[...]
      func begin() {
        if let index = waiting.popFirst() { group.addTask { (index, try await grade(index)) } }
      }
      for _ in 0..<width { begin() }
      while let (index, document) = try await group.next() {
        begin()
        keep(index, document)
      }
    }
  }
}

extension Array {
  /// The elements that fulfil a condition, and the others.
  fileprivate func split(_ isFirst: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}
