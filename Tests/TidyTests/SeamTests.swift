import Testing

/// What one part of the kernel knows about another.
@Suite struct SeamTests {
  /// A name, the folder that it belongs to, and what all others use.
  struct Seam: Sendable {
    let pattern: String
    let folder: String
    let instead: String
  }

  private static let seams = [
    Seam(
      pattern: #"\b(ScriptEngine|Registers?)\b"#, folder: "Sources/LabKernel/Programs/",
      instead: "ask the engine: run, setResult, restartSystemCall, loadStack, storeStack"),
    Seam(
      pattern: #"\b(CallOperands|Spelling)\b"#, folder: "Sources/LabKernel/Programs/",
      instead: "SystemCallArguments, which every engine has"),
  ]
  /// Prints the table of spellings.
  private static let reference = "Sources/labs-workshop/SimCalls.swift"

  @Test(arguments: seams.indices)
  func `what belongs to one folder is not named in any other`(number: Int) throws {
    let seam = SeamTests.seams[number]
    let pattern = try Regex(seam.pattern)
    let findings = try Tree.files(under: "Sources").flatMap { file in
      file.path.hasPrefix(seam.folder) || file.path == SeamTests.reference
        ? []
        : file.code.indices.filter { file.code[$0].contains(pattern) }.map {
          file.finding($0, "'\(file.lines[$0])'; instead: \(seam.instead)")
        }
    }
    #expect(findings.isEmpty, "\(list(findings))")
  }
}
