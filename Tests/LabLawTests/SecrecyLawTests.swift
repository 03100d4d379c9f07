import Foundation
import Grader
import Testing

/// The seventh law: what must not be handed out is not handed out.
struct SecrecyLawTests {
  /// A line that is no longer than this gives nothing away: `return nil`, `fence(ordering: .acquiring)`.
  private static let longestHarmless = 28

  @Test(arguments: LawfulLab.slugs)
  func `no line of an answer is in a handout`(slug: String) throws {
    let handout = try Self.handout.get()
    #expect(!handout.isEmpty)
    let secrets = try secrets(of: slug)
    #expect(!secrets.isEmpty)
    let search = LineSearch(secrets, shortest: Self.longestHarmless + 1)
    let leaks = handout.flatMap { file in search.found(in: file.bytes).sorted().map { "\(file.path): \($0)" } }
    #expect(leaks == [])
  }

  @Test(arguments: [
    ("abcdef", ["abcd", "abcde"]), ("xxabcdabcdezz", ["abcd", "abcde"]), ("abc", []), ("", []),
    ("abxcd efgh", ["efgh"]),
    ("abce", []), ("ababcd", ["abcd"]), ("efg", []),
  ])
  func `lines are found wherever they occur`(text: String, expected: [String]) {
    let search = LineSearch(["abcd", "abcde", "efgh"], shortest: 4)
    #expect(search.found(in: Array(text.utf8)).sorted() == expected)
  }

  /// The files that students get; as bytes, because a file that is not UTF-8 can contain lines too.
  private static let handout = Result {
    try Repository.handout().map { path in
      (path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/" + path))))
    }
  }

  /// Returns the lines of a lab's answers that must not occur in the handout, each once.
  ///
  /// A line is no secret if it is bound to be the same:
  /// * in all answers, a line that occurs in the kernel or the explorer, which contain the contracts, whose headings
  ///   every component repeats, and the baselines, which do some of the same work;
  /// * in a mutant, a line of the stub, which every component begins with, of an example, which shows the same
  ///   mistake openly, or of the scaffold that labs begin as;
  /// * in a hidden suite, a line of visible checks, of the judging that all suites are built from, or of the scaffold
  ///   that they begin as.
  private func secrets(of slug: String) throws -> [String] {
    let kernel =
      try texts(under: "Sources/LabKernel") + texts(under: "Sources/Interleave") + texts(under: "Sources/LabHarness")
    let stub = try Handed.stubs.filter { $0.slug == slug }.map { try Repository.text($0.path) }
    let solution = try Handed.solutions.filter { $0.slug == slug }
      .flatMap { try Stub.secrets(of: Repository.text($0.path)) }
    let scaffold = try texts(under: "Sources/labs-workshop")
    let checks = try texts(under: "labs") + texts(under: "Sources/Judging") + scaffold
    let examples = try texts(under: "examples")
    let mutants = try Handed.wrong.filter { $0.slug == slug }.flatMap { lines(try $0.source()) }
    let suite = try texts(under: "solutions/suites/\(Repository.place(of: slug))").flatMap(lines)
    let all =
      unshared(solution, with: kernel) + unshared(Set(mutants).sorted(), with: kernel + stub + examples + scaffold)
      + unshared(suite, with: kernel + checks)
    return Set(all).sorted()
  }

  private func unshared(_ lines: [String], with texts: [String]) -> [String] {
    let long = lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.utf8.count > Self.longestHarmless }
    let search = LineSearch(Set(long), shortest: Self.longestHarmless + 1)
    let shared = texts.reduce(into: Set<String>()) { $0.formUnion(search.found(in: Array($1.utf8))) }
    return long.filter { !shared.contains($0) }
  }

  private func texts(under folder: String) throws -> [String] {
    try Repository.sources(under: folder).map { try Repository.text($0) }
  }

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map { String($0) } }
}
