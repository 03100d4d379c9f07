/// A solution of ours inside a type, so that several of them can form one program.
package enum HeldSource {
  /// Whether a file means the same inside a type: extensions and top-level functions and variables do not.
  package static func canBeHeld(_ source: String) -> Bool {
    source.split(separator: "\n").allSatisfy { line in
      guard let first = line.first, first.isLetter || first == "@" else { return true }
      let words = line.split(separator: " ").drop { ["private", "fileprivate", "final", "indirect"].contains($0) }
      if words.first == "import" { return words.dropFirst() == ["LabKernel"] || words.dropFirst() == ["Interleave"] }
      return ["struct", "class", "enum", "protocol"].contains(words.first)
    }
  }

  /// The text of a file with all but its imports inside a type called `holder`.
  static func text(_ source: String, in holder: String) -> String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let imports = lines.filter { $0.hasPrefix("import ") }
    let others = lines.filter { !$0.hasPrefix("import ") }
    return (imports + ["enum \(holder) {"] + others + ["}", ""]).joined(separator: "\n")
  }
}
