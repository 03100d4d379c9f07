import Answers
import Grader
import Judging
import LabHarness
import Testing

/// The grader's results for the stubs, solutions and mutants, built and run in the sandbox like any submission.
enum Gradings {
  /// Returns every lab with its visible and its hidden checks.
  static func labs() throws -> [GradedLab] {
    var collector = Collector()
    try Answers.visit(&collector)
    return collector.labs
  }

  private struct Collector: LabVisitor {
    var labs: [GradedLab] = []

    mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) throws
    where L.Input: Sendable, L.Output: Sendable {
      labs.append(try GradedLab(entry, manifest: Repository.manifest(of: entry.slug)))
    }
  }

  /// Returns the result for one file.
  static func document(of file: Handed) async throws -> JobDocument {
    let documents = try await all.value
    return try #require(documents[file], "there is no lab \(file.slug)")
  }

  /// The number of files that are graded at a time.
  private static let width = 2
  private static let seed: UInt64 = 1
  /// The seeds with which the checks of the rule that a wrong solution breaks are run once more.
  static let otherSeeds: [UInt64] = [2, 3]

  /// All are graded once, when the first is asked for: the wrong solutions of a lab together, the others on their own.
  private static let all = _Concurrency.Task {
    try await grade(Handed.stubs + Handed.solutions + Handed.right + Handed.gradedWrong)
  }

  /// Returns the result for one file that is graded like a student's.
  static func documentAlone(of file: Handed) async throws -> JobDocument {
    let lab = try #require(try labs().first { $0.manifest.slug == file.slug })
    let source = SourceFile(name: lab.manifest.component + ".swift", bytes: Array(try file.source().utf8))
    return try await SubmissionGrader.forTrial(in: .bubblewrap, seed: seed).grade([source], for: lab)
  }

  /// Returns the failed checks that ask the rules that a wrong solution breaks; all that it fails if it names no rule.
  private static func ownKillers(of file: Handed, _ manifest: LabManifest) throws -> Set<String> {
    let killers = Set(try file.killers())
    let rules = Set(try file.breaches().map(\.rule))
    guard !rules.isEmpty else { return killers }
    return killers.intersection(manifest.rules.filter { rules.contains($0.id) }.flatMap(\.checks))
  }

  private static func grade(_ files: [Handed]) async throws -> [Handed: JobDocument] {
    let labs = Dictionary(uniqueKeysWithValues: try labs().map { ($0.manifest.slug, $0) })
    let known = files.filter { labs[$0.slug] != nil }
    let tasks = try known.map { file in
      let isWrong = Handed.wrong.contains(file)
      let lab = try #require(labs[file.slug])
      let checks = isWrong ? try ownKillers(of: file, lab.manifest) : []
      return SolutionGrader.Task(
        source: try file.source(), lab: lab.asking({ checks.contains($0.id) }, again: otherSeeds), isAlone: !isWrong)
    }
    return Dictionary(uniqueKeysWithValues: zip(known, try await documents(of: tasks)))
  }

  /// Returns the result of each task: kept from before, or graded now.
  private static func documents(of tasks: [SolutionGrader.Task]) async throws -> [JobDocument] {
    let kept = try KeptGradings()
    let manifests = Dictionary(tasks.map { ($0.lab.manifest.slug, $0.lab.manifest) }) { first, _ in first }
    let hashes = try manifests.mapValues { manifest in
      let place = try Repository.place(of: manifest.slug)
      return try kept.hash(of: manifest, area: String(place.prefix { $0 != "/" }))
    }
    let keys = try tasks.map { kept.key($0, seed: seed, try #require(hashes[$0.lab.manifest.slug])) }
    var documents = try keys.map { try kept.document($0) }
    let missing = documents.indices.filter { documents[$0] == nil }
    if !missing.isEmpty {
      let solutions = SolutionGrader(try await SubmissionGrader.forTrial(in: .bubblewrap, seed: seed), width: width)
      for (index, document) in zip(missing, try await solutions.grade(missing.map { tasks[$0] })) {
        try kept.keep(document, keys[index])
        documents[index] = document
      }
    }
    return try documents.map { try #require($0) }
  }
}
