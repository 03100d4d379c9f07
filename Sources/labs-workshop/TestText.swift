import Grader
import Interleave
import Judging

/// The outcome of `labs-cli test` as lines: what passed, the first failure in full, and what to do next.
struct TestText {
  private let lab: GradedLab
  private let document: JobDocument
  private let seed: UInt64
  /// The memory model that was asked for; nil for all.
  private let model: MemoryModel?
  private let showsAll: Bool
  private let ink: Ink
  private let file: String
  /// How many hints have been read.
  private let hintsRead: Int

  /// The text of one document.
  init(
    _ lab: GradedLab, _ document: JobDocument, seed: UInt64, model: MemoryModel? = nil, showsAll: Bool, ink: Ink,
    file: String, hintsRead: Int
  ) {
    self.lab = lab
    self.document = document
    self.seed = seed
    self.model = model
    self.showsAll = showsAll
    self.ink = ink
    self.file = file
    self.hintsRead = hintsRead
  }

  /// The lines, from the checks to the summary.
  var lines: [String] {
    if document.status == .compileError || document.status == .forbidden { return refused }
    return checks + printed + summary
  }

  private var slug: String { lab.manifest.slug }
  private var passed: Int { document.checks.filter { $0.verdict.status == .passed }.count }

  /// What the compiler or the intake said, once and not once per check.
  private var refused: [String] {
    let what = document.checks.first?.message ?? ""
    let said = document.diagnostics.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return [ink(.bad, "✘") + " \(slug): \(what)", ""] + said.filter { !$0.isEmpty } + ["", "file: \(file)"]
  }

  private var checks: [String] {
    var lines: [String] = []
    var hasShown = false
    for (check, outcome) in zip(lab.checks, document.checks) {
      let isFull = outcome.verdict.status != .passed && (showsAll || !hasShown)
      if isFull {
        hasShown = true
        lines += [""] + failure(check, outcome) + [""]
      } else {
        let isPassed = outcome.verdict.status == .passed
        let mark = isPassed ? ink(.good, "✔") : ink(.bad, "✘")
        lines.append("\(mark) \(check.id): \(isPassed ? check.title : outcome.verdict.status.rawValue)")
        if isPassed, !outcome.message.isEmpty { lines += FailureText.note(outcome.message, ink) }
      }
    }
    return lines
  }

  private func failure(_ check: GradedCheck, _ outcome: GradedOutcome) -> [String] {
    let under = model.map { " --model \($0.name.lowercased())" } ?? ""
    let replay = "labs-cli test \(slug) --check \(check.id) --seed \(seed)\(under)"
    let text = FailureText(
      lab: slug, check: check, hints: lab.manifest.hints.count, hintsRead: hintsRead, replay: replay, ink: ink)
    return text.lines(outcome.verdict)
  }

  private var printed: [String] {
    let hasCrashed = document.checks.contains { $0.verdict.status == .crashed }
    var lines: [Substring] = []
    for line in document.printed.split(separator: "\n") {
      // Code that stops in an interleaving is no crash, and says why only here, each time that it is run.
      let isReason = !hasCrashed && line.contains(": Fatal error: ")
      if isReason ? !lines.contains(line) : !RuntimeMessage.isOfTheRuntime(line) { lines.append(line) }
    }
    guard !lines.isEmpty else { return [] }
    let more = lines.count > Self.maximumPrinted ? ["  … and \(lines.count - Self.maximumPrinted) more lines"] : []
    return ["", "your program printed:"] + lines.prefix(Self.maximumPrinted).map { "  \($0)" } + more
  }

  /// How many lines of what a program printed are shown.
  private static let maximumPrinted = 40

  private var summary: [String] {
    let count = document.checks.count
    let line = "\(passed) of \(count) visible checks pass" + (model.map { " under \($0.name)" } ?? "")
    guard passed == count else { return ["", line] }
    let advice = ["The grader also has hidden checks: read the task once more, \(lab.manifest.readCommand)."]
    return ["", ink(.good, line)] + (count > 1 ? advice : []) + ["labs-cli progress shows what comes next."]
  }
}
