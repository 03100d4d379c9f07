import Judging
import LabHarness
import LabKernel
import ProcessesChecks

// Hidden checks of scripts of scripts, of limits, and of whole stacks and tasks.
extension ExecImageSuite {
  static let scriptChains = check(
    "script-chains", "scripts that name scripts put all of them before the arguments"
  ) { random in
    let paths = ["/bin/a", "./b", "c", "/usr/local/bin/d", "/a-name-of-more-than-15-bytes/e", "/f"]
    let plain = (0...7).map { count in
      ExecImageLab.Input(
        ExecImageLab.Request("/s", ["s", "1"]),
        (0..<count).map { .read([ExecText("#!/\($0) -\($0)\n")]) } + [.read([.program]), .layOut, .renew()])
    }
    // The sixth file may still be anything; the seventh may not.
    let refused = (0...7).map { count in
      ExecImageLab.Input(
        ExecImageLab.Request("/s", []),
        (0..<count).map { .read([ExecText("#!/\($0)\n")]) } + [.read(["no program"]), .layOut])
    }
    let drawn = (0..<60).map { _ in
      let files = (0..<random.draw(1...7)).map { _ in
        let argument = random.oneIn(2) ? " " + random.string(1...5, of: "-ab") : ""
        return ExecImageLab.Operation.read([ExecText("#!\(random.pick(paths))\(argument)\n")])
      }
      return ExecImageLab.Input(
        ExecImageLab.Request(
          ExecText(random.pick(paths)), random.strings(0...4, 0...5), environment: random.strings(0...2, 0...5)),
        files + [.read([.program]), random.stack(), .reset(random.task(), entry: 64, stack: 4096)])
    }
    // The stack may be asked for between two files, and more than once.
    let between = ExecImageLab.Input(
      ExecImageLab.Request("/s", ["s", "1"]),
      [
        .layOut, .read(["#!/one\n"]), .layOut, .layOut, .read(["#!/two x\n"]), .renew(), .layOut, .read([.program]),
        .layOut, .renew(.new),
      ])
    return plain + refused + drawn + [between]
  }

  static let exactLimits = check(
    "exact-limits", "strings may have every byte of the room, and none more"
  ) { random in
    var cases: [ExecImageLab.Input] = []
    for surplus in -1...1 {
      for limit in [1, 4096, 524_287, 524_288, 524_293, 524_296, 1 << 20] {
        cases.append(filled(limit, surplus: surplus, arguments: random.draw(1...4), environment: random.draw(0...3)))
      }
      for (arguments, environment) in [(1, 0), (0, 1), (0, 40), (40, 1), (1000, 0), (3, 1000)] {
        cases.append(filled(4096, surplus: surplus, arguments: arguments, environment: environment))
        cases.append(filled(4 << 20, surplus: surplus, arguments: arguments, environment: environment))
      }
      // A string of the greatest length, wherever it is.
      let long = ExecText("", filler: 131_071 + surplus)
      cases += [
        ExecImageLab.Input(ExecImageLab.Request("/a", ["a", long, "c"]), []),
        ExecImageLab.Input(ExecImageLab.Request("/a", [long]), []),
        ExecImageLab.Input(ExecImageLab.Request("/a", ["a"], environment: ["A=1", long]), []),
        ExecImageLab.Input(ExecImageLab.Request("/a", [], environment: [long, "A=1"]), []),
        ExecImageLab.Input(ExecImageLab.Request(ExecText("/", filler: 131_070 + surplus), ["a"]), []),
      ]
    }
    // However large the stack may be, the strings have 6 MiB with their pointers.
    for (limit, surplus) in [((24 << 20) - 4, 0), ((24 << 20) - 4, 1), (24 << 20, 0), (24 << 20, 1), (Int.max, 1)] {
      cases.append(filled(limit, surplus: surplus, arguments: 2, environment: 1))
    }
    // Very many strings, where the stack is large enough.
    cases.append(ExecImageLab.Input(ExecImageLab.Request("/a", ["a", ExecText("", copies: 100_000)]), []))
    // More pointers than fit, and nearly so.
    cases += [16_383, 16_384, 16_385, 20_000].map {
      ExecImageLab.Input(ExecImageLab.Request("/a", [ExecText("", copies: $0)], stackLimit: 4096), [])
    }
    cases += [-1, 0].map { filled(1 << 20, surplus: $0, arguments: 3, environment: 3, calls: [.layOut]) }
    return cases + growing + (0..<30).map { _ in grown(&random) }
  }

  /// A request whose strings have `surplus` bytes more than its room, by the rules of the sheet.
  private static func filled(
    _ limit: Int, surplus: Int, arguments: Int, environment: Int, calls: [ExecImageLab.Operation] = []
  ) -> ExecImageLab.Input {
    let pointers = max(arguments, 1) + environment
    // The path takes 3 bytes, and each string its zero byte.
    var left = max(131_072, min(6 << 20, limit / 4)) - 8 * pointers + surplus - 3 - pointers
    var strings: [ExecText] = []
    for index in 0..<arguments + environment {
      let length = index == arguments + environment - 1 ? left : min(left, 131_071)
      strings.append(ExecText("", filler: min(length, 131_071)))
      left -= min(length, 131_071)
    }
    // What is left are whole strings of the greatest length, which also need pointers.
    while left > 0 {
      let length = min(left - 9, 131_071)
      strings.append(ExecText("", filler: max(length, 0)))
      left -= max(length, 0) + 9
    }
    let all = strings
    return ExecImageLab.Input(
      ExecImageLab.Request(
        "/a", Array(all.prefix(arguments)), environment: Array(all.dropFirst(arguments)), stackLimit: limit), calls)
  }

  /// Requests that are nearly full, and scripts that add to them.
  private static var growing: [ExecImageLab.Input] {
    (-9...3).flatMap { spare -> [ExecImageLab.Input] in
      // Two pointers and a path of two bytes: 131053 bytes are left, of which the script needs 3 + 5.
      let long = ExecText("", filler: 131_053 - 2 - 1 - 8 - spare)
      let request = ExecImageLab.Request("/a", ["a", long], stackLimit: 4096)
      return [
        ExecImageLab.Input(request, [.read(["#!/b\n"]), .read([.program])]),
        ExecImageLab.Input(request, [.read(["#!/b c\n"]), .read([.program])]),
        ExecImageLab.Input(request, [.read(["#!b\n"]), .read(["#!c\n"]), .read([.program])]),
        ExecImageLab.Input(request, [.read(["#!/b\n"]), .read(["no program"])]),
        ExecImageLab.Input(request, [.read([.program])]),
      ]
    } + [
      // An empty argument that was added counts like others.
      ExecImageLab.Input(
        ExecImageLab.Request("/a", [], environment: [ExecText("", filler: 131_045)], stackLimit: 4096),
        [.read(["#!/bin/sh\n"])])
    ]
  }

  private static func grown(_ random: inout RandomSource) -> ExecImageLab.Input {
    let first = ExecText("", filler: random.draw(0...40))
    let long = ExecText("", filler: 131_000 - random.draw(0...60))
    return ExecImageLab.Input(
      ExecImageLab.Request("/bin/a", [first, long], stackLimit: 4096 * random.draw(1...128)),
      [
        .read([ExecText("#!/\(random.string(1...20, of: "xyz"))\n")]),
        .read([ExecText("#!/\(random.string(1...9, of: "xyz")) \(random.string(1...9, of: "xyz"))\n")]),
        .read([.program]),
      ])
  }

  static let anyStack = check(
    "any-stack", "every byte of the stack is where it must be"
  ) { random in
    let plain = [
      ExecImageLab.Input(ExecImageLab.Request("", [""]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", []), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", [], environment: [""]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", [], environment: ["A=1", "", "B=2"]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/é", ["é", "Ã¼\u{1}\u{FE}"], environment: ["Ä=\u{FF}"]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", [ExecText("", copies: 300)]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", ["a"], environment: [ExecText("E", copies: 256)]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request("/a", ["a", ExecText("", filler: 70_000), "c"]), [.layOut]),
      ExecImageLab.Input(ExecImageLab.Request(ExecText("/", filler: 4000), ["a"], environment: ["A=1"]), [.layOut]),
      // Addresses of more than 32 bits, and numbers of every size.
      ExecImageLab.Input(
        ExecImageLab.Request("/bin/a", ["a", "b"]),
        [
          .stack(
            top: 0x7FFF_FFFF_F000, entry: 0x5555_5555_1234,
            ids: ExecIDs(uid: 4_294_967_294, euid: 65_534, gid: 256, egid: 255)),
          .stack(top: 0x8000_1000, entry: 0, ids: ExecIDs()), .stack(top: 1 << 20, entry: 1, ids: ExecIDs(uid: 1)),
        ]),
    ]
    let tiny = (0..<40).map { index in
      ExecImageLab.Input(
        ExecImageLab.Request(
          ExecText("/" + random.string(1...3, of: "ab")), random.strings(index % 4...4, 0...3),
          environment: random.strings(0...3, 0...3)), [random.stack()])
    }
    let drawn = (0..<50).map { _ in
      ExecImageLab.Input(
        ExecImageLab.Request(
          ExecText("/" + random.string(1...30, of: "ab/")), random.strings(0...9, 0...30),
          environment: random.strings(0...9, 0...30)), [random.stack()])
    }
    return plain + tiny + drawn
  }

  static let anyTask = check(
    "any-task", "of a task, what belonged to the old program is gone, and everything else is there"
  ) { random in
    let bare = ExecTask(name: [], counter: 0, stackPointer: 0, registers: [], actions: [], descriptors: [])
    var full = ExecTask.used
    full.registers = (1...32).map { -$0 }
    var numbers = ExecTask.used
    numbers.actions = [0, 1, -1, .max, .min].map { .init(.function($0), flags: 1, mask: 1) }
    full.actions = (1...64).map { .init($0 % 3 == 0 ? .ignored : .function($0), flags: .max, mask: .max) }
    (full.blocked, full.pending) = (.max, .max)
    full.descriptors = (0...63).map { .init(1023 - 16 * $0, closesOnExec: $0 % 4 == 0) }
    let names = (13...17).map { ExecText("/bin/", filler: $0) } + (13...17).map { ExecText("", filler: $0) }
    let paths: [ExecText] = [
      "", "/", "//", "a/", "/a/", "//a", "a//b", "./a/../b", "é/ü", "/12345678901234é", "/1234567890123Ã©4",
      "/12345678901234Ã©", "/ÃÃÃ©Ã©Ã©Ã©Ã©Ã©Ã©", "/a b\tc",
    ]
    let plain = (names + paths).map { path in
      ExecImageLab.Input(ExecImageLab.Request(path, ["argv0"]), [.reset(.used, entry: 16, stack: 32)])
    }
    let drawn = (0..<60).map { _ in
      ExecImageLab.Input(
        ExecImageLab.Request(ExecText(random.string(1...24, of: "abc/")), random.strings(0...2, 1...9)),
        [.reset(random.task(), entry: random.draw(0...99_999), stack: 16 * random.draw(0...99_999))])
    }
    var deaf = full
    deaf.actions = Array(repeating: .init(.ignored), count: 64)
    let edges = [bare, full, numbers, deaf].map { task in
      ExecImageLab.Input(ExecImageLab.Request("/a", ["a"]), [.reset(task, entry: -1, stack: Int.max)])
    }
    // The same loader may be asked again, and what it was told before does not count.
    let twice = ExecImageLab.Input(
      ExecImageLab.Request("/a", ["a"]), [.renew(), .reset(full, entry: 1, stack: 2), .renew(.new), .renew()])
    return plain + drawn + edges + [twice]
  }
}
