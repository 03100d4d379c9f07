import Foundation
import Grader
import Judging
import Testing

/// Programs that look around.
@Suite(.serialized, .timeLimit(.minutes(10))) struct TheftAttacks {
  private static let look = """
    import Glibc
    func look(_ path: String) -> String {
      let d = open(path, O_RDONLY)
      defer { if d >= 0 { close(d) } }
      return "\\(path): " + (d >= 0 ? "there" : "absent")
    }
    """

  @Test func `39, 44, 50: neither tests nor results nor homes nor keys are there`() async throws {
    let here = FileManager.default.currentDirectoryPath
    let paths = [
      here, here + "/solutions/suites", here + "/labs", "/root", "/home", "/etc/passwd", "/etc/shadow", "/work", "/var",
      "/opt/swift/usr/bin",
      "/kit", "/src", "/out", "/sys", "/run", "/usr/bin/bwrap",
    ]
    let document = try await Mischief(above: Self.look, allocate: "for p in \(paths) { print(look(p)) }").graded()
    #expect(document.status == .failed)
    #expect(document.printed.contains("/etc/shadow: absent"))
    #expect(!document.printed.contains(": there"))
  }

  @Test func `42: no other process can be seen`() async throws {
    let list = """
      import Glibc
      func processes() -> [Int] { var n: [Int] = []; guard let d = opendir("/proc") else { return [] }; while let e = readdir(d) { let s = withUnsafeBytes(of: e.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }; if let p = Int(s) { n.append(p) } }; return n.sorted() }
      """
    let document = try await Mischief(above: list, initially: "print(processes())").graded()
    #expect(document.printed.hasPrefix("[1, 2]\n"))
  }

  @Test func `46: the inputs of a hidden check are withheld from the student`() throws {
    let failure = Verdict.Failure(
      finding: Finding("frame 77 was handed out twice"), input: [.init("memory", "secret 4711")], shrunk: "9 -> 2 calls"
    )
    let verdict = Verdict(status: .failed, seed: 1, cases: 3, failure: failure)
    let check = try #require(try Bench.buddy().checks.first)
    let text = FailureText(lab: "buddy", check: check, hints: 3, replay: "x", showsInput: false).lines(verdict)
    #expect(!text.joined().contains("4711") && !text.joined().contains("77"))
  }

  @Test func `49: the environment holds nothing of ours`() async throws {
    setenv("GRADER_TOKEN", "secret-4711", 1)
    let list = """
      import Glibc
      func variables() { var p = environ; while let v = p.pointee { print(String(cString: v)); p += 1 } }
      """
    let document = try await Mischief(above: list, initially: "variables()").graded()
    #expect(document.printed.contains("LANG=C.UTF-8"))
    #expect(!document.printed.contains("4711") && !document.printed.contains("/root"))
  }

  @Test func `51: there is no network`() async throws {
    let socket = "import Glibc\nfunc dial() -> Int32 { socket(2, 1, 0) }"
    let document = try await Mischief(above: socket, allocate: "_ = dial()").graded()
    #expect(document.status == .forbidden)
    #expect(document.checks[0].message.contains("it made a system call that no submission may make (number "))
  }

  @Test func `54: no descriptor is inherited`() async throws {
    let leak = open("/etc/hostname", O_RDONLY)
    defer { close(leak) }
    let list = """
      import Glibc
      func descriptors() -> [Int32] { (0..<256).filter { fcntl($0, F_GETFD) >= 0 } }
      """
    let document = try await Mischief(above: list, initially: "print(descriptors())").graded()
    #expect(document.printed.hasPrefix("[0, 1, 2, 3]\n"))
  }
}
