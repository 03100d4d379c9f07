import Judging
import LabHarness
import LabKernel
import ProcessesChecks

/// The hidden checks of the exec-image lab.
package enum ExecImageSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = ExecImageChecks.suite(
    .hidden, [scriptLines, cutLines, scriptChains, exactLimits, anyStack, anyTask])

  /// Makes a check of the lab whose judge compares with the reference.
  static func check(
    _ id: String, _ title: String, cases: @escaping @Sendable (inout RandomSource) -> [ExecImageLab.Input]
  ) -> Check<ExecImageLab> {
    Check(id: id, title: title, drawing: cases, judge: ExecComparison.judge)
  }

  /// A call of `a b c` whose first file is this, and perhaps others after it.
  static func reading(_ files: [ExecText]..., then calls: [ExecImageLab.Operation] = []) -> ExecImageLab.Input {
    ExecImageLab.Input(ExecImageLab.Request("/bin/a", ["a", "b", "c"]), files.map { .read($0) } + calls)
  }

  private static let scriptLines = check(
    "script-lines", "a script is taken apart at its blanks and at the end of its line"
  ) { random in
    let plain: [ExecText] = [
      "\u{7F}ELF", "\u{7F}ELF#!/x\n", "\u{7F}elf", "\u{7F}E", "\u{7F}", "E\u{7F}LF", "\0#!/x\n", "\n#!/x\n", "#\n!/x\n",
      "# !/x\n", "#!\0/x\n", "#!\0", "#! ", "#!\t", "#!\t\n\t/x\n", "#!/x", "#!x", "#!/x\n/y z\n",
      "#!/x y\nz\n", "#!/x y", "#!/x\ty", "#! /x", "#!/x\u{B}y\n", "#!/x\u{C}y z\n", "#!/x\r\n", "#!/x \r\n",
      "#!/x \"a b\" c\n", "#!/x 'a\n", "#!/x 'a b'\n", "#!/x \"a\"\n", "#!\"/x\" $y\n", "#!/x a\\ b\n", "#!/x #!/y z\n",
      "#!/x\0y\nz", "#!/x y\0z\n",
      "#!/é/ü à\n", "#!/x\u{A0}y\n", "#!/x\u{85}y z\n", "#!\u{A0}/x\n", "#!/Ã© Ã¼\u{C3}\n", "#!/\u{FF}\u{FE} \u{FD}\n",
      "#\u{7F}ELF", "#!  /x   y   z   \n", "#!\t/x\ty\tz\t\n", "#! \t/x \ty \tz \t\n", "#!/x/ y/ \n", "#!- -\n",
      "##!/x\n", "#!!/x\n", "#!#\n", "MZ", "#", "!", "",
    ]
    let drawn = (0..<120).map { _ in
      ExecText("#!" + random.string(0...14, of: "/ab  \t\t-\n") + (random.oneIn(2) ? "\n" : ""))
    }
    return (plain + drawn).filter { !endsInBlanks([$0]) }.map { reading([$0]) } + [reading(["\u{7F}ELF"], ["#!/x\n"])]
      + ["#!/x\n", "#!/x y\n", "#!/x"].map { reading([$0], ["\u{7F}EL"]) }
  }

  private static let cutLines = check(
    "cut-lines", "a line that does not end within 256 bytes loses its end, or is refused"
  ) { random in
    var cases: [ExecImageLab.Input] = []
    // A path and an argument that end near the last byte, and what comes after them.
    for length in 250...256 {
      for end in ["", "\n", " ", "\t", " y", " \n", "  y\n", "\0", "\0y"] {
        cases.append(reading([ExecText("#!", filler: length), ExecText(end)]))
      }
      for end in ["\n", " ", "\ty", " \n", "   ", "yz", "\0", "\0y"] {
        cases.append(reading([ExecText("#!/i ", filler: length - 3), ExecText(end), ExecText("", filler: 40)]))
      }
    }
    for blanks in 250...256 {
      for end in ["", "x", "x ", "xx", "x\n", "\n", "\0"] {
        let line = "#!" + String(repeating: " ", count: blanks) + end
        cases.append(reading([ExecText(line)]))
        cases.append(reading([ExecText(line + "yyyy")]))
        cases.append(reading([ExecText("#!/i" + line.dropFirst(4) + "yyyy")]))
      }
    }
    // Any number of blanks, and words of any length.
    cases += (0..<60).map { _ in
      let blanks = String(repeating: random.oneIn(2) ? " " : "\t", count: random.draw(0...200))
      return reading(
        [
          ExecText("#!" + blanks + "/", filler: random.draw(0...260 - blanks.count)),
          ExecText(random.string(0...3, of: " \t\n"), filler: random.draw(0...80)),
          ExecText(random.string(0...3, of: " y\n"), filler: random.draw(0...200)),
        ])
    }
    return cases.filter { input in
      guard case .read(let content)? = input.calls.first else { return true }
      return !endsInBlanks(content)
    }
  }

  /// Whether the path or the argument in a line is followed by blanks and then not by a newline: Linux keeps these.
  private static func endsInBlanks(_ content: [ExecText]) -> Bool {
    let head = content.flatMap(\.bytes).prefix(execHeadSize)
    let line = head.prefix { $0 != 10 && $0 != 0 }
    let isCut = line.count == execHeadSize
    let ends = line.count == head.count || head[line.count] == 0
    return ends && !isCut && (line.last == 32 || line.last == 9)
  }
}
