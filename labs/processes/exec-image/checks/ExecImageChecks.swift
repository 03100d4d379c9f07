import Judging
import LabHarness
import LabKernel

/// The visible checks of the exec-image lab, and the parts that its hidden checks are built from.
public enum ExecImageChecks {
  /// Run by `labs-cli test exec-image`.
  public static let suite = suite(
    .visible,
    [
      fileFormats, interpreters, oneArgument, longLines, scriptArguments, noArguments, sizeLimits, growingArguments,
      wordsInOrder, stringsAtTheTop, auxiliaryVector, alignment, taskNames, freshTask,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<ExecImageLab>]) -> Suite<ExecImageLab> {
    Suite(ExecImageLab.self, visibility: visibility, show: \.picture, checks: checks)
  }

  /// Makes a check of examples, and of cases without scripts; of stacks and tasks, only `rules` are asked for.
  static func check(
    _ id: String, _ title: String, rules: Set<String> = [], _ examples: [ExecExample] = [],
    drawing: @escaping @Sendable (inout RandomSource) -> [ExecImageLab.Input] = { _ in [] }
  ) -> Check<ExecImageLab> {
    Check(
      id: id, title: title, drawing: { examples.map(\.input) + drawing(&$0) },
      judge: { input, output in
        let known = examples.first { $0.input == input }?.expected ?? ExecExpectation.plain(input)
        return known.flatMap { ExecJudge.judge(input, output, by: $0, rules: rules) }
      })
  }

  private static let fileFormats = check(
    "file-formats", "a file is a program, a script with a path, or refused",
    [
      call.program(),
      call.program("\u{7F}ELF\u{2}\u{1}\u{1}\0#!/bin/sh\n"),
      call.refusal("\u{7F}EL"),
      call.refusal("\u{7F}ELG"),
      call.refusal(""),
      call.refusal("echo hello\n"),
      call.refusal("#"),
      call.refusal(" #!/bin/sh\n"),
      call.refusal("!#/bin/sh\n"),
      call.refusal("#!\n/bin/sh\n"),
      call.refusal("#! \t \n"),
      call.refusal("#!"),
      call.script("#!/bin/sh\n", path: "/bin/sh", ["/bin/sh", "/bin/hello", "world"]).program(),
      call.script("#!/bin/sh\n", path: "/bin/sh", ["/bin/sh", "/bin/hello", "world"]).refusal("no program"),
    ])

  private static let interpreters = check(
    "interpreters", "the path of the interpreter is what is between blanks",
    [
      "#!/bin/sh\necho\n", "#! /bin/sh\n", "#!\t \t/bin/sh\n", "#!/bin/sh \n", "#!/bin/sh\t\t \n", "#!/bin/sh",
      "#!/bin/sh\0/x\n",
    ].map { call.script($0, path: "/bin/sh", ["/bin/sh", "/bin/hello", "world"]) } + [
      call.script("#!sh\n", path: "sh", ["sh", "/bin/hello", "world"]),
      call.script("#!#!\n", path: "#!", ["#!", "/bin/hello", "world"]),
      call.script("#!/bin/sh\r\n", path: "/bin/sh\r", ["/bin/sh\r", "/bin/hello", "world"]),
    ])

  private static let oneArgument = check(
    "one-argument", "what follows the path in the line of a script is one argument",
    [
      ("#!/bin/sh -e\n", "-e"), ("#!/bin/sh -e -x\n", "-e -x"), ("#!/bin/sh\t-e\t-x\n", "-e\t-x"),
      ("#!/bin/sh  -e \t\n", "-e"), ("#!/bin/sh -e  -x \n", "-e  -x"), ("#! /bin/sh a b c d\n", "a b c d"),
      ("#!/bin/sh -e", "-e"), ("#!/bin/sh #!\n", "#!"), ("#!/bin/sh -e\0-x\n", "-e"),
    ].map { line, argument in
      call.script(
        ExecText(line), path: "/bin/sh", ["/bin/sh", ExecText(argument), "/bin/hello", "world"])
    } + [call.script("#!/bin/sh \t\n", path: "/bin/sh", ["/bin/sh", "/bin/hello", "world"])])

  private static let longLines = check(
    "long-lines", "a line that does not end within 256 bytes may lose its end, but not a part of its path",
    [
      // The path ends at byte 254, and byte 255 is a newline, a blank, or neither.
      call.script(
        ExecText("#!", filler: 253), "\n", path: ExecText("", filler: 253),
        [ExecText("", filler: 253), "/bin/hello", "world"]),
      call.script(
        ExecText("#!", filler: 253), " y\n", path: ExecText("", filler: 253),
        [ExecText("", filler: 253), "/bin/hello", "world"]),
      call.refusal(ExecText("#!", filler: 254), "\n"),
      call.refusal(ExecText("#!", filler: 300)),
      // A file of 255 bytes ends where it ends.
      call.script(
        ExecText("#!", filler: 253), path: ExecText("", filler: 253),
        [ExecText("", filler: 253), "/bin/hello", "world"]),
      // 250 bytes are left for the argument, of which the last is dropped.
      call.script(
        ExecText("#!/a ", filler: 250), "\n", path: "/a", ["/a", ExecText("", filler: 250), "/bin/hello", "world"]),
      call.script(
        ExecText("#!/a ", filler: 251), "\n", path: "/a", ["/a", ExecText("", filler: 250), "/bin/hello", "world"]),
      call.script(
        ExecText("#!/a ", filler: 900), path: "/a", ["/a", ExecText("", filler: 250), "/bin/hello", "world"]),
    ])

  private static let scriptArguments = check(
    "script-arguments", "a script puts its interpreter, the argument and itself in the place of the first argument",
    [
      call.script("#!/bin/sh -e\n", path: "/bin/sh", ["/bin/sh", "-e", "/bin/hello", "world"]).program(),
      ExecExample("./a", ["other", "b", "", "c"]).script("#!/i\n", path: "/i", ["/i", "./a", "b", "", "c"]).program(),
      ExecExample("./a", ["only"]).script("#!/i\n", path: "/i", ["/i", "./a"]).program(),
      ExecExample("./a", ["a", "b"])
        .script("#!/one 1\n", path: "/one", ["/one", "1", "./a", "b"])
        .script("#!/two 2\n", path: "/two", ["/two", "2", "/one", "1", "./a", "b"])
        .program(),
      ExecExample("a", ["a"])
        .script("#!b\n", path: "b", ["b", "a"])
        .script("#!c\n", path: "c", ["c", "b", "a"])
        .script("#!d\n", path: "d", ["d", "c", "b", "a"])
        .script("#!e\n", path: "e", ["e", "d", "c", "b", "a"])
        .script("#!f\n", path: "f", ["f", "e", "d", "c", "b", "a"])
        .program(),
      sixScripts.refusal(.program, error: .ELOOP),
      sixScripts.refusal("#!h\n", error: .ELOOP),
      sixScripts.refusal("no program", error: .ELOOP),
    ])

  /// A call of `hello world`.
  static let call = ExecExample("/bin/hello", ["hello", "world"])

  /// A call that leads to six scripts.
  private static let sixScripts = ExecExample("a", ["a"])
    .script("#!b\n", path: "b", ["b", "a"])
    .script("#!c\n", path: "c", ["c", "b", "a"])
    .script("#!d\n", path: "d", ["d", "c", "b", "a"])
    .script("#!e\n", path: "e", ["e", "d", "c", "b", "a"])
    .script("#!f\n", path: "f", ["f", "e", "d", "c", "b", "a"])
    .script("#!g\n", path: "g", ["g", "f", "e", "d", "c", "b", "a"])
}
