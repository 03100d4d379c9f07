import ArgumentParser
import Desk
import Foundation
import Grader

/// `labs-cli dev grade`: what all checks of a lab say about solutions by authors.
struct DevGrade: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    commandName: "grade", abstract: "Grade solutions of your own, right and wrong, all in one program.",
    discussion: """
      Each line is a solution, its score, and the checks that it fails; check@2 is a check that it fails with seed 2. \
      A list of edits (edits.yml) has one solution per entry.

        labs-cli dev grade pipe
        labs-cli dev grade pipe --seeds 1,2,3 solutions/mutants/ipc/pipe/edits.yml
      """)

  @Argument(help: "The lab.")
  var lab: String

  @Argument(help: "The files; all in solutions/ if none is named.")
  var files: [String] = []

  @Option(help: ArgumentHelp("The seeds of the generated cases.", valueName: "1,2,3"))
  var seeds = "1"

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup
  var book: BookOption

  /// The outcome of one solution.
  private struct Line: Encodable {
    var path: String
    var name: String
    var score: Int
    var failed: [String]
    var messages: [String: String]

    var text: String { "\(name.padding(to: 30)) \(score)  \(failed.joined(separator: ", "))" }
  }

  /// Grades, and prints a line for each solution.
  func run() async throws {
    let root = try book.root()
    let graded = try Catalog.lab(LabShelf(root).lab(lab).slug, in: root.labs)
    let numbers = seeds.split(separator: ",").map { UInt64($0) }
    guard let first = numbers.first ?? nil, !numbers.contains(nil) else {
      throw Refusal("--seeds takes numbers, separated by commas: 1,2,3", .usage)
    }
    let asked = graded.asking({ _ in true }, again: numbers.dropFirst().compactMap { $0 })
    let solutions = try solutions(root, graded)
    guard !solutions.isEmpty else { throw Refusal("\(lab) has no solutions here: name some files", .missingInput) }
    let documents = try await grade(solutions.map { SolutionGrader.Task(source: $0.source, lab: asked) }, seed: first)
    let lines = zip(solutions, documents).map { solution, document in
      let failed = document.checks.filter { $0.verdict.status != .passed }
      return Line(
        path: solution.path, name: solution.name, score: document.checks.map(\.score).reduce(0, +),
        failed: failed.map(\.id),
        messages: Dictionary(failed.map { ($0.id, "\($0.verdict.status.rawValue): \($0.message)") }) { first, _ in first
        })
    }
    if json { return try Terminal.print(json: lines) }
    Terminal.print(lines.map(\.text))
  }

  private func solutions(_ root: BookRoot, _ graded: GradedLab) throws -> [(path: String, name: String, source: String)]
  {
    let folders = ["reference", "right", "mutants"].map {
      "\(root.path)/solutions/\($0)/\(graded.manifest.area)/\(lab)"
    }
    let all = try folders.filter(FileManager.default.fileExists(atPath:)).flatMap { folder in
      try Folder.names(in: folder).map { "\(folder)/\($0)" }
    }
    let reference = "\(folders[0])/\(graded.manifest.component).swift"
    do {
      return try (files.isEmpty ? all : files).flatMap { path in
        guard path.hasSuffix(".yml") else {
          let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
          return [(path, name, try TextFile.read(path))]
        }
        let solution = try TextFile.read(reference)
        return try WrongEdit.all(in: TextFile.read(path), path: path).map { edit in
          (path, edit.name, try edit.applied(to: solution))
        }
      }
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    }
  }

  private func grade(_ tasks: [SolutionGrader.Task], seed: UInt64) async throws -> [JobDocument] {
    let status = StatusLine()
    status.show("building \(tasks.count) solutions of \(lab)")
    defer { status.clear() }
    do {
      return try await interruptible {
        let grader = SolutionGrader(try await SubmissionGrader.forTrial(in: .bubblewrap, seed: seed))
        return try await grader.grade(tasks) { status.show("\($0) of \(tasks.count) solutions graded") }
      }
    } catch let fault as SandboxFault {
      throw Refusal(fault.description, .configuration)
    } catch let error as StorageError {
      throw Refusal(error.description, .output)
    } catch is CancellationError {
      throw Refusal("stopped; nothing was changed", .interrupted)
    }
  }
}
