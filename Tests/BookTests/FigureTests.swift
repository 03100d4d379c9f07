import Foundation
import Reader
import Testing

@Suite struct FigureTests {
  /// A figure, and the chapter that shows it.
  struct Shown: Sendable, CustomTestStringConvertible {
    /// The chapter's path.
    let chapter: String
    /// The figure in it.
    let figure: Figures.Figure

    /// Where it is, and what it shows.
    var testDescription: String { "\(chapter):\(figure.line): \(figure.command)" }

    /// Whether its command runs components that labs replace, and could run others.
    var hasSlots: Bool {
      ["labs-cli sim ", "labs-cli pages "].contains(where: figure.command.hasPrefix)
        && !figure.command.contains(" --baseline")
    }

    /// All figures in the book.
    static func all() throws -> [Shown] {
      try BookFiles.chapters().flatMap { page in
        Figures(of: page.text).figures.map { Shown(chapter: page.path, figure: $0) }
      }
    }
  }

  @Test func `each block of kind console is a figure, made with labs-cli`() throws {
    let findings = try BookFiles.chapters().flatMap { page in
      page.blocks.filter { $0.info.hasPrefix("console") && !page.lines[$0.body.lowerBound].hasPrefix("$ labs-cli ") }
        .map {
          page.finding($0.body.lowerBound, "a figure begins with '$ labs-cli …'")
        }
    }
    #expect(findings == [])
  }

  @Test(arguments: try Shown.all())
  func `a figure is what its command prints today`(shown: Shown) throws {
    let program = try #require(
      Command.labsCLI, "no labs-cli in \(Command.buildFolder.path): run swift build -c release --build-tests")
    let words = shown.figure.command.split(separator: " ").map(String.init)
    let isRace = words.dropFirst().first == "race"
    // A race is compiled, and its figure may be there to show one that goes wrong.
    let path = isRace ? ProcessInfo.processInfo.environment["PATH"] : nil
    let result = try Command.run(
      program, Array(words.dropFirst()), environment: ["PATH": path ?? "/usr/bin:/bin"])
    try #require(result.status == 0 || isRace && result.status == 1, "\(shown.testDescription): \(result.errors)")
    let lines = Figures.lines(of: result.output)
    #expect(lines == shown.figure.output, "\(difference(shown, lines)); run labs-cli dev figures")
  }

  @Test(arguments: try Shown.all().filter { $0.hasSlots })
  func `a figure names the labs without whose solutions it would be different`(shown: Shown) throws {
    let plain = try Self.lines(of: shown, ["--baseline"])
    #expect((plain != shown.figure.output) == !shown.figure.labs.isEmpty, "labs-cli dev figures names them")
    guard shown.figure.command.hasPrefix("labs-cli sim ") else { return }
    let different = try shown.figure.labs.filter {
      try Self.lines(of: shown, ["--baseline", $0]) != shown.figure.output
    }
    #expect(different == shown.figure.labs, "labs-cli dev figures names them")
  }

  /// What the command of a figure prints with other options.
  private static func lines(of shown: Shown, _ options: [String]) throws -> [String] {
    let words = shown.figure.command.split(separator: " ").dropFirst().map(String.init)
    return Figures.lines(of: try Command.run(try #require(Command.labsCLI), words + options).output)
  }

  @Test func `a students' copy says under each such figure how to print it with one's own components`() throws {
    let student = try Student()
    let program = try #require(Command.labsCLI)
    let handout = try student.book(withSolutions: false)
    for page in try BookFiles.chapters() {
      let needy = Figures(of: page.text).figures.filter { !$0.labs.isEmpty }
      let name = try #require(page.path.split(separator: "/").last)
      let read = try Command.run(program, ["read", "--book", handout, String(name)]).output
      let notes = read.split(separator: "\n").filter { $0.contains("Your copy prints this figure once") }
      let commands = needy.filter { read.contains("$ \($0.command) --mine") }
      #expect(notes.count == needy.count && commands.count == needy.count, "\(name)")
      #expect(try !Command.run(program, ["read", String(name)]).output.contains("Your copy prints"))
    }
  }

  /// The first line of a figure that is not what was printed.
  private func difference(_ shown: Shown, _ lines: [String]) -> String {
    let old = shown.figure.output
    let common = zip(old, lines).prefix { $0 == $1 }.count
    let expected = common < old.count ? "'\(old[common])'" : "nothing"
    let printed = common < lines.count ? "'\(lines[common])'" : "nothing"
    return """
      \(shown.chapter):\(shown.figure.line + 1 + common): '\(shown.figure.command)' \
      prints \(printed) and not \(expected)
      """
  }
}
