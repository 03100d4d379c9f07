/// Why something could not be read.
package enum ReadingError: Error, Equatable, Sendable {
  /// A file or folder that is missing, closed or too large.
  case unreadable(String)
  /// No chapter, section or lab has this name; these are similar.
  case nothing(String, near: [String])
  /// No chapter or lab before a hash has this name; these are similar.
  case noText(String, near: [String])
  /// No lab has this name; these are similar.
  case noLab(String, near: [String])
  /// The chapter or sheet has no such section; these references are similar.
  case noSection(String, of: String, near: [String])
  /// More than one section can be meant: what to type for each, and its title.
  case several(String, [Candidate])

  /// One of the sections that can be meant.
  package struct Candidate: Equatable, Sendable {
    /// What to type for it.
    package let reference: String
    /// Its chapter and its heading.
    package let title: String
  }

  /// What is wrong, and what may have been meant.
  package var message: String {
    switch self {
    case .unreadable(let path): "cannot read \(path)"
    case .nothing(let name, let near): "there is no chapter, section or lab '\(name)'" + ReadingError.question(near)
    case .noText(let name, let near): "there is no chapter or lab '\(name)'" + ReadingError.question(near)
    case .noLab(let name, let near):
      (name.isEmpty ? "this names no lab" : "there is no lab '\(name)'") + ReadingError.question(near)
    case .noSection(let name, let text, let near): "\(text) has no section '\(name)'" + ReadingError.question(near)
    case .several(let name, let candidates):
      (["'\(name)' can be any of these:"] + ReadingError.table(candidates)).joined(separator: "\n")
    }
  }

  private static func question(_ near: [String]) -> String {
    near.isEmpty ? "; 'labs-cli read' lists what there is" : "; did you mean \(near.joined(separator: " or "))?"
  }

  private static func table(_ candidates: [Candidate]) -> [String] {
    let width = candidates.map { DisplayWidth.of($0.reference) }.max() ?? 0
    return candidates.map { candidate in
      let gap = String(repeating: " ", count: width - DisplayWidth.of(candidate.reference) + 2)
      return "  \(candidate.reference)\(gap)\(candidate.title)"
    }
  }
}
