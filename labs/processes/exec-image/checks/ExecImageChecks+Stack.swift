import Judging
import LabHarness
import LabKernel

// Visible checks of how many strings there may be, of the stack, and of what is left of the task.
extension ExecImageChecks {
  static let noArguments = check(
    "no-arguments", "a program is never without arguments",
    rules: ["words", "no-arguments"],
    [
      ExecExample("/bin/a", []).program().stack(),
      ExecExample("/bin/a", [], environment: ["A=1"]).stack().program(),
      ExecExample("/bin/a", []).script("#!/bin/sh\n", path: "/bin/sh", ["/bin/sh", "/bin/a"]).program().stack(),
      ExecExample("/bin/a", [""]).script("#!/bin/sh\n", path: "/bin/sh", ["/bin/sh", "/bin/a"]),
      ExecExample("/bin/a", [""]).stack(),
    ])

  static let sizeLimits = check(
    "size-limits", "strings that are too long, or too many, are refused",
    [
      ExecExample("a", [ExecText("", filler: 131_071)]),
      ExecExample("a", [ExecText("", filler: 131_072)], error: .E2BIG),
      ExecExample("a", ["a"], environment: [ExecText("X=", filler: 131_069)]),
      ExecExample("a", ["a"], environment: [ExecText("X=", filler: 131_070)], error: .E2BIG),
      // A stack of 1 MiB: a quarter of it is 262144 bytes, less 8 for each of three pointers, less 2 for the path.
      ExecExample(
        "a", [ExecText("", filler: 131_000), ExecText("", filler: 130_999), ExecText("", filler: 116)],
        stackLimit: 1 << 20, error: nil),
      ExecExample(
        "a", [ExecText("", filler: 131_000), ExecText("", filler: 130_999), ExecText("", filler: 117)],
        stackLimit: 1 << 20, error: .E2BIG),
      // However small the stack, 131072 bytes are always allowed; here 14563 strings of 9 bytes, with their pointers.
      ExecExample("1234", [ExecText("", copies: 14_563)], stackLimit: 4096),
      ExecExample("12345", [ExecText("", copies: 14_563)], stackLimit: 4096, error: .E2BIG),
      // However large the stack, no more than 6 MiB.
      ExecExample("a", [ExecText("", filler: 131_063, copies: 47)], stackLimit: 1 << 30),
      ExecExample("a", [ExecText("", filler: 131_063, copies: 48)], stackLimit: 1 << 30, error: .E2BIG),
    ])

  static let growingArguments = check(
    "growing-arguments", "what a script adds to the arguments must fit as well",
    [
      // 131072 bytes, less 8 for each of two pointers: 131056 bytes for the strings, of which 131050 are used.
      ExecExample("/a", [ExecText("a"), ExecText("", filler: 131_044)], stackLimit: 4096)
        .script("#!b\n", path: "b", ["b", "/a", ExecText("", filler: 131_044)]).program(),
      ExecExample("/a", [ExecText("a"), ExecText("", filler: 131_044)], stackLimit: 4096)
        .script("#!bcde\n", path: "bcde", ["bcde", "/a", ExecText("", filler: 131_044)]).program(),
      ExecExample("/a", [ExecText("a"), ExecText("", filler: 131_044)], stackLimit: 4096)
        .refusal("#!bcdef\n", error: .E2BIG),
      ExecExample("/a", [ExecText("a"), ExecText("", filler: 131_044)], stackLimit: 4096)
        .refusal("#!b cde\n", error: .E2BIG),
      // The first argument makes room when it goes.
      ExecExample("/a", [ExecText("", filler: 131_050)], stackLimit: 4096)
        .script("#!/bin/sh -e\n", path: "/bin/sh", ["/bin/sh", "-e", "/a"]).program(),
    ])

  static let wordsInOrder = check(
    "words-in-order", "the words lead to the arguments, and then to the environment", rules: ["words"]
  ) { random in
    plainStacks
      + (0..<20).map { _ in
        ExecImageLab.Input(
          ExecImageLab.Request("/bin/ls", random.strings(1...5, 0...9), environment: random.strings(0...4, 0...9)),
          [random.stack()])
      }
  }

  static let stringsAtTheTop = check(
    "strings-at-the-top", "the strings are at the top of the stack, without gaps, in their order",
    rules: ["words", "strings"]
  ) { random in
    plainStacks
      + (0..<20).map { _ in
        ExecImageLab.Input(
          ExecImageLab.Request(
            ExecText("/bin/" + random.string(1...9, of: "abc")), random.strings(1...5, 0...9),
            environment: random.strings(0...4, 0...9)), [random.stack()])
      }
  }

  static let auxiliaryVector = check(
    "auxiliary-vector", "eight pairs of words above the environment tell a program where it is", rules: ["auxiliary"]
  ) { random in
    plainStacks
      + (0..<20).map { _ in
        ExecImageLab.Input(
          ExecImageLab.Request(ExecText("/" + random.string(1...9, of: "abc")), random.strings(1...3, 0...9)),
          [random.stack()])
      }
  }

  static let alignment = check(
    "alignment", "the stack pointer is a multiple of 16, and as high as it can be", rules: ["alignment"]
  ) { random in
    // Every length of the strings modulo 16, with an odd and with an even number of words.
    let lengths = (1...32).map { length in
      ExecImageLab.Input(
        ExecImageLab.Request("a", [ExecText("", filler: length)], environment: length > 16 ? ["b"] : []), [.layOut])
    }
    return lengths
      + (0..<10).map { _ in
        ExecImageLab.Input(
          ExecImageLab.Request("/bin/ls", random.strings(1...5, 0...20), environment: random.strings(0...4, 0...20)),
          [random.stack()])
      }
  }

  static let taskNames = check(
    "task-names", "a task gets the name of the file", rules: ["name"],
    [
      ExecExample("/bin/a", ["a"]).script("#!/bin/sh\n", path: "/bin/sh", ["/bin/sh", "/bin/a"]).program().reset(),
      ExecExample("/bin/a", ["-a"]).program().reset(),
    ]
  ) { _ in
    let paths = [
      "ls", "/ls", "/bin/ls", "./a.out", "/usr/bin/fifteen-letters", "/bin/123456789012345", "/bin/1234567890123456",
      "1234567890123456789", "/a b/c d", "/very-long-name-of-a-folder/x", "/bin/",
    ]
    return paths.map { ExecImageLab.Input(ExecImageLab.Request(ExecText($0), ["argv0"]), [.renew()]) }
  }

  static let freshTask = check(
    "fresh-task", "the old program leaves no trace, and what is no part of it stays",
    rules: ["reset", "signals", "kept"],
    [
      ExecExample("/bin/a", ["a"]).program().reset(), ExecExample("/bin/a", ["a"]).program().reset(.renew(.new)),
    ]
  ) { random in
    (0..<20).map { _ in ExecImageLab.Input(ExecImageLab.Request("/bin/ls", ["ls"]), [.renew(random.task())]) }
  }

  /// Stacks that are easy to draw.
  private static let plainStacks = [
    ExecExample("/bin/ls", ["ls"]), ExecExample("/bin/ls", ["ls", "-l"]),
    ExecExample("/bin/ls", ["ls", "-l"], environment: ["HOME=/"]),
    ExecExample("/bin/ls", ["ls"], environment: ["HOME=/", "PATH=/bin"]), ExecExample("/bin/ls", ["ls", "", "ls"]),
    ExecExample("/bin/ls", ["", ""], environment: ["", "A="]),
    ExecExample("/bin/ls", ["a", "a", "a"], environment: ["a", "a"]),
  ].map { $0.stack().input }
}
