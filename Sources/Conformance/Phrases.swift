import LabKernel

/// Lines that a drawn script is made of, with choices in braces: `close {-1|77}`.
///
/// A line whose calls or names the kernel does not have is left out.
enum Phrases {
  /// Calls whose outcome depends on the caller alone.
  static let plain = available([
    "getpid", "gettid", "getpgid 0", "getsid 0", "sched_yield", "nanosleep {1us|20us}",
    "close {-1|77|256|300|100000}", "read {-1|77} &junk {0|1|8}", "write {-1|77} \"{a|bc}\"",
    "read {0|-1|77} &junk {-1|-5}", "write {1|77} &junk {-1|-5}", "read 0 &junk {0|1|8}",
    "write {1|2} \"{a|bc|def\\n}\"", "write 1 {0|16|-1} {1|5}", "pipe2 {0|16|-1}", "pipe2 &junk {1|7|-1}",
    "wait4 {99999|-1|0} {0|&junk} {16|1024|-1}", "wait4 99999", "wait4 99999 &junk 1",
    "waitid {7|-1} 0 &junk 4", "waitid 1 {0|-1} &junk 4", "waitid 1 99999 &junk {4|5|6|14}", "waitid 0 0 &junk 0",
    "setpgid {99999|-1} 0", "setpgid 0 {99999|-1}", "getpgid {99999|-1}", "getsid {99999|-1}",
    "kill 99999 {0|15|9|64|65}", "r3 = getpid\n  kill r3 0", "r3 = getpid\n  kill r3 {65|-1|1000}",
    "getpriority {0|1} 0", "getpriority {3|-1} 0", "getpriority {0|1|2} 99999",
    "setpriority 0 0 {1|5|19|40}", "setpriority {3|-1} 0 5", "setpriority {0|1|2} 99999 5",
    "sched_getscheduler {0|99999|-1}", "sched_get_priority_max {0|1|2|99|-1}",
    "sched_get_priority_min {0|1|2|99|-1}", "sched_getparam {0|99999|-1} {&junk|0}",
    "sched_setscheduler {0|99999|-1} {0|99|-1} 0", "policy {fifo 0|rr 0|fifo 100|rr -1|normal 0}",
    "sched_setscheduler {0|99999|-1} {0|1|99|-1} &zero", "sched_setparam {0|99999|-1} {&zero|0}",
    "umask {0|18|63|511|512|4095}", "dup {-1|77|100000}", "dup {0|1|2}", "dup3 {0|1|77} {-1|300|100000} 0",
    "dup3 1 {1|2} {0|1}", "dup3 2 1 0", "dup3 {0|1|77} {40|41} {0|524288|3}", "fcntl {-1|77} {1|3|4} 0",
    "fcntl {0|1|2} {1|999}", "lseek {-1|77} 0 {0|1|2|9}", "close {40|41}", "tgkill {99999|-1|0} 99999 0",
    "prctl 36 {0|1}", "prctl {37|99|-1} 8",
  ])

  /// Lines about a pipe whose descriptors are in r4 and r5, and which never blocks.
  static let pipe = available([
    "write r5 \"{a|hello|0123456789abcdef}\"", "write r5 \"{a|hello}\"", "read r4 &junk {1|3|8|32}",
    "read r4 &junk {1|8}", "read r4 {0|16} 4", "write r5 {0|16} 4", "read r5 &junk 1", "write r4 \"x\"",
    "read r4 &junk 0", "write r5 &junk 0", "lseek {r4|r5} 0 {0|1|2}", "r6 = dup {r4|r5}\n  close r6",
    "fcntl {r4|r5} {1|3}", "fcntl {r4|r5} 2 {0|1}", "dup3 r5 r5 0", "dup3 r5 {50|51} 0",
    "r6 = dup r5\n  write r6 \"via\"\n  close r6", "fcntl {r4|r5} 0 {30|3}",
  ])

  /// Lines about a child, with its pid in r1, that waits at its gate.
  static let gated = available([
    "wait4 r1 &junk 1", "waitid 1 r1 &junk 5", "kill r1 0", "getpgid r1", "getsid r1",
    "setpgid r1 {0|r1}", "setpgid r1 r1\n  getpgid r1", "getpriority 0 r1", "setpriority 0 r1 {2|7|19}",
    "sched_getscheduler r1", "sched_getparam r1 &junk",
    "kill r1 19\n  waitid 1 r1 &junk 2\n  kill r1 18\n  waitid 1 r1 &junk 8",
    "kill r1 19\n  wait4 r1 &junk 2\n  wait4 r1 &junk 3\n  kill r1 18\n  wait4 r1 &junk 8",
    "kill r1 19\n  waitid 1 r1 &junk 16777218\n  wait4 r1 &junk 2\n  kill r1 18\n  wait4 r1 &junk 8",
    "kill r1 {17|18|23|28}",
  ])

  /// What ends a child at its gate.
  static let deadly = available(["kill r1 {9|15|1|2|3|14|10}"])

  /// How a child is waited for, with its pid in r1.
  static let reaping = available([
    "wait4 r1 &junk", "wait4 r1 {&junk|0} 0", "wait4 r1 &junk {2|8|10}", "waitid 1 r1 &junk 4",
    "waitid 1 r1 &junk 16777220\n  wait4 r1 &junk",
    "waitid 1 r1 {0|&junk} 4", "wait4 r1 &junk\n  wait4 r1 &junk",
  ])

  /// How the only child is waited for.
  static let reapingTheLast = available([
    "wait", "wait4 -1 &junk", "waitid 0 0 &junk 4", "waitid 0 0 &junk 16777220\n  wait4 -1 &junk 1",
    "wait4 -1 &junk\n  wait4 -1 &junk", "wait4 0 &junk",
  ])

  /// How a task ends.
  static let endings = available(["exit {0|1|7|42|128|255|256|511|-1}", "exit", "exit_group {0|3|255|300}"])

  /// Whether the kernel has everything that a line needs.
  private static func available(_ phrases: [String]) -> [String] {
    phrases.filter { phrase in
      (0..<maximumChoices).allSatisfy { place in parses(filled(phrase) { $0[min(place, $0.count - 1)] }) }
    }
  }

  /// The most choices of a brace.
  private static let maximumChoices = 10

  /// The buffers that lines name.
  static let buffers = ["space junk 128", "space zero 8"]

  private static func parses(_ line: String) -> Bool {
    do throws(ProgramError) {
      _ = try ProgramParser.parse((buffers + [line]).joined(separator: "\n"))
      return true
    } catch {
      return false
    }
  }

  /// A phrase with its choices made.
  static func filled(_ phrase: String, _ choose: ([String]) -> String) -> String {
    var text = ""
    var rest = phrase[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      text += choose(rest[rest.index(after: open)..<close].split(separator: "|").map(String.init))
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
