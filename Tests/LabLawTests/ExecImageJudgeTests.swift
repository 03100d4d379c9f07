import LabHarness
import LabKernel
import ProcessesChecks
import Reference
import Testing

/// An output that no loader has given, and what the judge says about it.
struct ForgedImage: Sendable, CustomTestStringConvertible {
  var sentence: String
  var rule: String?
  /// Forges the honest output.
  var forge: @Sendable (inout ExecImageLab.Output) -> Void
  var testDescription: String { sentence }

  init(_ sentence: String, rule: String? = nil, _ forge: @escaping @Sendable (inout ExecImageLab.Output) -> Void) {
    self.sentence = sentence
    self.rule = rule
    self.forge = forge
  }

  /// Forges the stack.
  private static func stack(
    _ sentence: String, rule: String, _ forge: @escaping @Sendable (inout ExecDump) -> Void
  ) -> ForgedImage {
    ForgedImage(sentence, rule: rule) { output in
      guard case .stack(var dump)? = output.replies.last else { return }
      forge(&dump)
      output.replies[output.replies.count - 1] = .stack(dump)
    }
  }

  static let all = [
    ForgedImage("2 calls were made, but 0 answers came back") { $0.replies = [] },
    ForgedImage("an answer belongs to another call") { $0.replies[1] = .skipped },
    ForgedImage("init throws E2BIG; expected: throws nothing", rule: "room") { $0.summary.error = .E2BIG },
    ForgedImage("after init, arguments are not those of the caller", rule: "rewrite") {
      $0.summary.arguments.count = 7
    },
    ForgedImage("read throws ENOEXEC; expected: returns .program", rule: "format") {
      $0.replies[0] = .failed(.ENOEXEC)
    },
    ForgedImage("read returns the right format, but the arguments afterwards are wrong", rule: "rewrite") {
      $0.replies[0] = .format(.program, ExecArguments([]))
    },
    stack(
      "the stack has 9223372036854775807 bytes from 7fffef30 on, which do not end at the top, 7ffff000", rule: "strings"
    ) { $0.count = .max },
    stack("the stack has 208 bytes from 1 on, which do not end at the top, 7ffff000", rule: "strings") {
      $0.pointer = 1
    },
    stack("argc is outside the stack; expected: 2", rule: "words") { $0.runs = [] },
    stack("argc is 3; expected: 2", rule: "words") { $0.runs[0].word = 3 },
    stack("argv[1] is 7fffefe4 \"s\"; expected: 7fffefe6 \"-l\"", rule: "words") { $0.runs[2].word -= 2 },
    stack("the kind before AT_PAGESZ is 7; expected: 6", rule: "auxiliary") { $0.runs[6].word = 7 },
    stack("the byte at 7fffefe1, between the words and the strings, is 1, not 0", rule: "alignment") {
      $0.runs[$0.runs.count - 4].word |= 0x100
    },
  ]
}

struct ExecImageJudgeTests {
  private static let input = ExecImageLab.Input(
    ExecImageLab.Request("/bin/ls", ["ls", "-l"], environment: ["HOME=/"]), [.read([.program]), .layOut])
  private static let rules: Set<String> = ["words", "strings", "auxiliary", "alignment"]

  private func finding(_ forge: (inout ExecImageLab.Output) -> Void) throws -> (what: String, rule: String?)? {
    var output = ExecImageLab.run(Reference.execImage, on: Self.input, calls: SilentCallLog())
    forge(&output)
    let expected = try #require(ExecExpectation.plain(Self.input))
    return ExecJudge.judge(Self.input, output, by: expected, rules: Self.rules).map { ($0.what, $0.rule) }
  }

  @Test func `an honest output is right`() throws { #expect(try finding { _ in } == nil) }

  @Test(arguments: ForgedImage.all)
  func `a forged output is named`(forged: ForgedImage) throws {
    let finding = try #require(try finding(forged.forge))
    #expect(finding.what == forged.sentence)
    #expect(finding.rule == forged.rule)
  }

  @Test func `the stack of the task sheet is that of the reference`() throws {
    let request = ExecRequest(
      file: Array("/bin/ls".utf8), arguments: ["ls", "-l"].map { Array($0.utf8) }, environment: [Array("HOME=/".utf8)])
    let stack = try Reference.execImage.init(request).stack(below: 0x7FFF_F000, entry: 0x1_0000, ids: ExecIDs())
    #expect(stack.pointer == 0x7FFF_EF30)
    #expect(stack.bytes.count == 208)
    #expect(stack.bytes.prefix(8) == [2, 0, 0, 0, 0, 0, 0, 0])
    #expect(stack.bytes.suffix(16) == Array("/bin/ls".utf8) + Array(repeating: 0, count: 9))
  }
}
