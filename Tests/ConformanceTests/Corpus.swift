import Conformance
import Foundation
import Grader
import LabKernel
import Reference

/// The corpus, and one host for all tests of this process.
enum Corpus {
  /// The files of scripts, in the order of their names.
  static let files: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    return (names ?? []).filter { $0.hasSuffix(".yml") }.sorted()
  }()

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("scenarios/conform").path

  /// The scripts of a file.
  static func scripts(_ file: String) throws -> ScriptFile {
    let path = folder + "/" + file
    return try ScriptFile(yaml: String(contentsOfFile: path, encoding: .utf8), path: path)
  }

  /// Whether scripts can be run on this host; where they cannot, the tests are not run, and say so.
  static let canRun = FileManager.default.fileExists(atPath: Sandbox.bubblewrap)

  /// A conformer with the reference's components.
  static func conformer() async throws -> Conformer { try await Conformer(components: Reference.components) }
}
