import ArgumentParser
import Desk
import Grader
import Reader

/// `labs-cli hint`: the next hint, from gentle to telling.
struct Hint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the next hint of a lab, from gentle to telling.",
    discussion: "With --check, show the hint for that check, if there is one.")

  @Argument(help: "The lab.", completion: .custom { _, _, _ in labNames() })
  var lab: String

  @Option(help: "The check that fails.")
  var check: String?

  @Flag(help: "Show all hints that you have already read, and no new one.")
  var again = false

  @OptionGroup
  var book: BookOption

  func run() throws {
    let manifest = try LabShelf(book.root()).lab(lab)
    if let check { return try showHint(for: check, of: manifest) }
    let read = try ProgressFile.load().labs[lab]?.hints ?? 0
    if again { return Terminal.print(manifest.hints.prefix(read).enumerated().flatMap { text($0.offset, manifest) }) }
    let next = min(read, manifest.hints.count - 1)
    try ProgressFile.update(lab) { $0.hints = min(read + 1, manifest.hints.count) }
    let more = next + 1 < manifest.hints.count ? "labs-cli hint \(lab) shows the next one" : "that was the last one"
    Terminal.print(text(next, manifest) + ["", "\(more); labs-cli read \(manifest.section) is the section."])
  }

  private func showHint(for check: String, of manifest: LabManifest) throws {
    guard manifest.points[check] != nil else {
      let known = manifest.points.keys.sorted()
      let hint = Suggestions.question(check, among: known) ?? "its checks are \(known.joined(separator: ", "))"
      throw Refusal("\(lab) has no check \(check): \(hint)", .missingInput)
    }
    guard let hint = manifest.checkHints[check] else {
      return Terminal.print(["There is no hint just for \(check): labs-cli hint \(lab) shows those for the whole lab."])
    }
    Terminal.print(wrapped("\(check): \(hint)"))
  }

  private func text(_ index: Int, _ manifest: LabManifest) -> [String] {
    ["Hint \(index + 1) of \(manifest.hints.count)", ""] + wrapped(manifest.hints[index])
  }

  /// Lines of at most 76 columns.
  private func wrapped(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).reduce(into: [String]()) { lines, word in
      if let last = lines.last, last.count + word.count + 1 <= 76 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
