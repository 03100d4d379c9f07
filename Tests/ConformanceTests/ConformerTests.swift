import Conformance
import Grader
import LabKernel
import Testing

@Suite(.enabled(if: Corpus.canRun, "not run: there is no bubblewrap here"), .timeLimit(.minutes(5)))
struct ConformerTests {
  @Test(arguments: Corpus.files)
  func `the model agrees with Linux on every script of a file`(_ file: String) async throws {
    let topic = try Corpus.scripts(file)
    let verdicts = try await Corpus.conformer().verdicts(of: topic.scripts)
    let wrong = zip(topic.scripts, verdicts).filter { !$0.1.isGood }.map { "\($0.0.title): \($0.1)" }
    #expect(wrong == [])
  }

  @Test func `the model agrees with Linux on two thousand drawn scripts`() async throws {
    let scripts = (1...2000).map { Generator.script(seed: UInt64($0)) }
    let verdicts = try await Corpus.conformer().verdicts(of: scripts)
    let wrong = zip(scripts, verdicts).filter { !$0.1.isGood }.map { "\($0.0.title): \($0.1)" }
    #expect(wrong == [])
  }

  private func verdict(_ text: String, difference: String? = nil) async throws -> Verdict {
    let script = try ConformanceScript("", difference: difference, text)
    return try #require(try await Corpus.conformer().verdicts(of: [script]).first)
  }

  @Test func `a difference is named with its task and its call`() async throws {
    // A handler of the program's own is the difference that is known longest.
    let text = "space action 24\nstore 4096 [action]\ngetpid\nrt_sigaction SIGUSR1 &action 0\n"
    guard case .differs(let difference) = try await verdict(text) else { return #expect(Bool(false), "no difference") }
    #expect(difference.task == "root" && difference.call == 2)
    guard case .simplified(_, let reason) = try await verdict(text, difference: "why") else {
      return #expect(Bool(false), "not excused")
    }
    #expect(reason == "why")
  }

  @Test func `a script that depends on the order of tasks is refused`() async throws {
    let race = """
      pipe r4 r5
      fork
      if r0 == 0 goto child
      set r3 50
      again: sub r3 1
      if r3 > 0 goto again
      write r5 "parent"
      wait
      read r4 &line 16
      exit
      child: write r5 "child"
      """
    guard case .unfit(let why) = try await verdict(race) else { return #expect(Bool(false), "not refused") }
    #expect(why.contains("depends on the order of tasks"))
  }

  @Test func `a script that never ends is refused`() async throws {
    #expect(try await verdict("pipe r4 r5\nread r4 &line 1") == .unfit("tasks wait forever"))
  }

  @Test func `a difference that is gone is told`() async throws {
    #expect(try await verdict("getpid", difference: "none") == .noLongerDiffers)
  }

  @Test func `a namespace of users is refused by the filter, whatever the model says`() async throws {
    // CLONE_NEWUSER with SIGCHLD.
    let verdict = try await verdict("clone 0x10000011")
    #expect("\(verdict)".contains("EPERM") || "\(verdict)".contains("does not allow clone"), "\(verdict)")
  }
}
