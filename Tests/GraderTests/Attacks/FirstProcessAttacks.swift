import Foundation
import Grader
import Judging
import Testing

/// Programs that want to become process 1 of their sandbox, which ends everything when it ends.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FirstProcessAttacks {
  /// Tries to write one word into the code of a process, where the kernel has put it.
  private static let rewrite = """
    import Glibc
    func map(_ process: String) -> String {
      guard let file = fopen("/proc/\\(process)/maps", "r") else { return "maps: \\(errno)" }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 4096)
      while fgets(&line, 4096, file) != nil {
        let text = line.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if text.contains(" r-xp ") { return String(text.prefix { $0 != "-" }) }
      }
      return "no code"
    }
    func rewrite(_ process: String) -> String {
      let memory = open("/proc/\\(process)/mem", O_RDWR)
      guard memory >= 0 else { return "\\(process) cannot be opened: \\(errno), \\(map(process))" }
      defer { close(memory) }
      guard let place = UInt(map(process), radix: 16) else { return "\\(process) shows no code" }
      var word: UInt64 = 0
      let count = pread(memory, &word, 8, Int(place))
      return "\\(process) can be rewritten: \\(count == 8 && pwrite(memory, &word, 8, Int(place)) == 8)"
    }
    """

  /// That it can rewrite itself shows that the attack is real.
  @Test func `42: process 1 cannot be rewritten`() async throws {
    let attempt = #"print(rewrite("self")); print(rewrite("1"))"#
    let document = try await Mischief(above: Self.rewrite, initially: attempt).graded()
    #expect(document.printed.hasPrefix("self can be rewritten: true\n1 cannot be opened: 13, maps: 13\n"))
  }

  @Test func `42: process 1 cannot be looked into`() async throws {
    let look = """
      import Glibc
      func look(_ name: String) -> Int32 {
        let file = open("/proc/1/\\(name)", O_RDONLY)
        defer { if file >= 0 { close(file) } }
        return file >= 0 && read(file, UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8), 64) >= 0 ? 0 : errno
      }
      """
    let attempt = #"print(["mem", "environ", "maps", "auxv", "syscall", "stack"].map(look))"#
    let document = try await Mischief(above: look, initially: attempt).graded()
    #expect(document.printed.hasPrefix("[13, 13, 13, 13, 13, 13]\n"), "\(document.printed.prefix(80))")
  }

  /// With a filter of calls and under the limits of a submission, as the kernel reports.
  @Test func `42: process 1 has a filter and limits`() async throws {
    let show = """
      import Glibc
      func lines(_ path: String, _ word: String) -> String {
        guard let file = fopen(path, "r") else { return "none" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
          let text = line.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 && $0 != 10 }, as: UTF8.self) }
          if text.hasPrefix(word) { return text.split(whereSeparator: { $0 == " " || $0 == "\\t" }).joined(separator: " ") }
        }
        return "none"
      }
      """
    let attempt = #"print(lines("/proc/1/status", "Seccomp:"), lines("/proc/1/status", "NoNewPrivs:"))"#
    let document = try await Mischief(above: show, initially: attempt).graded()
    #expect(document.printed.hasPrefix("Seccomp: 2 NoNewPrivs: 1\n"), "\(document.printed.prefix(80))")
  }

  @Test func `42: process 1 cannot be killed or robbed of its limits`() async throws {
    let kill = "kill(1, SIGKILL); kill(1, SIGSEGV); print(kill(1, SIGSTOP))"
    let document = try await Mischief(above: "import Glibc", initially: kill).graded()
    #expect(document.status == .failed)
    let limits = """
      import Glibc
      @_silgen_name("prlimit") func limit(_ p: Int32, _ r: Int32, _ n: UnsafeRawPointer?, _ o: UnsafeRawPointer?) -> Int32
      """
    let rob = "let none = [0, 0]; _ = limit(1, 0, none, nil)"
    #expect(try await Mischief(above: limits, initially: rob).statuses() == [.forbidden])
  }
}
