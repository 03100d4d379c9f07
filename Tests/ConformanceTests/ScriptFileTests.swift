import Conformance
import Scenario
import Testing

@Suite struct ScriptFileTests {
  @Test func `a mistake in a program is reported with its place in the file`() throws {
    let text = "title: a\nscripts:\n  - title: b\n    program: |\n      getpid\n      jump r9\n"
    let error = #expect(throws: ScenarioError.self) { try ScriptFile(yaml: text, path: "a.yml") }
    #expect(error?.line == 6)
  }

  @Test(arguments: ["", "title: a\n", "scripts:\n  - program: getpid\n", "scripts:\n  - title: a\n    porgram: b\n"])
  func `what is no file of scripts is refused`(_ text: String) {
    #expect(throws: ScenarioError.self) { try ScriptFile(yaml: text, path: "a.yml") }
  }

  @Test func `two scripts of a file have different titles`() throws {
    for file in Corpus.files {
      let titles = try Corpus.scripts(file).scripts.map(\.title)
      #expect(Set(titles).count == titles.count, "\(file)")
    }
  }

  @Test func `there are at least two hundred scripts`() throws {
    #expect(try Corpus.files.map { try Corpus.scripts($0).scripts.count }.reduce(0, +) >= 200)
  }
}
