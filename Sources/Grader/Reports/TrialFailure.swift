import Judging

/// Why a command that runs students' components has nothing to draw, in the form that `labs-cli test` uses.
package struct TrialFailure: Sendable, Encodable, Equatable {
  private var schema = "kernel-by-hand.failure/1"
  /// The labs whose components were run.
  package let labs: [String]
  /// The lab whose component failed; nil if that is not known.
  package let lab: String?
  /// What happened.
  package let status: Status
  /// The same in a sentence.
  package let message: String
  /// The compiler's whole output.
  package let diagnostics: String
  /// What the components had printed.
  package let printed: String

  /// A component died.
  package init(_ death: Death, lab: String?, of labs: [String], printed: String) {
    self.init(
      labs: labs, lab: lab, status: Status(death.cause), message: Printable.line(death.message, limit: 2000),
      diagnostics: "", printed: printed)
  }

  /// The components do not compile.
  package init(_ status: Status, _ message: String, lab: String?, of labs: [String], diagnostics: String) {
    self.init(
      labs: labs, lab: lab, status: status,
      message: Printable.line(message, limit: 2000), diagnostics: Printable.text(diagnostics), printed: "")
  }

  private init(labs: [String], lab: String?, status: Status, message: String, diagnostics: String, printed: String) {
    self.labs = labs
    self.lab = lab
    self.status = status
    self.message = message
    self.diagnostics = diagnostics
    self.printed = printed
  }

  /// The lines: what happened, why, what to do next, and what the components printed.
  ///
  /// - Parameter command: what was run, without `labs-cli`.
  package func lines(command: String, ink: Ink) -> [String] {
    let outcome = status == .failed ? "wrong" : status.rawValue
    let block = TextBlock(labelWidth: max(8, outcome.count), width: FailureText.width, ink: ink)
    let subject = lab ?? (labs.count > 1 ? "one of " : "") + labs.joined(separator: ", ")
    let deed = diagnostics.isEmpty ? "stopped \(command)" : "does not compile"
    var lines = [ink(.bad, "✘") + " " + ink(.strong, "\(subject) \(deed)")]
    lines += block.wrapped(outcome, message)
    let said = diagnostics.split(separator: "\n").map(String.init)
    if !said.isEmpty { lines += [""] + said + [""] }
    let next = lab.map { ["labs-cli test \($0)"] } ?? labs.map { "labs-cli test \($0)" }
    return lines + block.wrapped("next", next.joined(separator: "   ")) + Self.printed(printed)
  }

  /// What components printed, under a heading; nothing if they printed nothing.
  package static func printed(_ text: String) -> [String] {
    let lines = text.split(separator: "\n").filter { !RuntimeMessage.isOfTheRuntime($0) }
    guard !lines.isEmpty else { return [] }
    let more = lines.count > maximumPrinted ? ["  … and \(lines.count - maximumPrinted) lines more"] : []
    return ["", "your program printed:"] + lines.prefix(maximumPrinted).map { "  \($0)" } + more
  }

  /// How many lines of what components printed are shown.
  private static let maximumPrinted = 40
}
