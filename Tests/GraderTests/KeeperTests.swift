import Foundation
import Grader
import LabKernel
import Testing

@Suite(.timeLimit(.minutes(5))) struct KeeperTests {
  /// A number of seconds to sleep that tells the sleepers of one test from all others.
  private static func seconds(_ test: Int) -> String { "\(100_000 + test).\(getpid())" }

  private static func keeper(_ command: [String], as user: UInt32? = nil) throws -> Keeper {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let shim = try Kit.besideExecutable().folder + "/sandbox-shim"
    let descriptors = (0..<3).map { _ in fcntl(null, F_DUPFD_CLOEXEC, 10) }
    return try Keeper(shim, command, as: user, environment: ["PATH": "/usr/bin:/bin"], descriptors: descriptors)
  }

  private static func shell(_ script: String) throws -> Keeper { try keeper(["/bin/sh", "-c", script]) }

  @Test(arguments: [("exit 7", 7), ("kill -TERM $$", 128 + SIGTERM), ("exit 0", 0)])
  func `the status of a command is reported`(_ script: String, _ status: Int32) throws {
    #expect(try Self.shell(script).end(grace: .seconds(20)) == status)
  }

  @Test func `a command that is not there is reported like a fault of the sandbox`() throws {
    #expect(try Self.keeper(["/nowhere/at/all"]).end(grace: .seconds(20)) == 125)
  }

  @Test func `a command that root starts as another user has nothing left of root`() throws {
    let status = "/proc/self/status"
    let script = """
      [ "$(id -u) $(id -g) $(id -G)" = "65534 65534 65534" ] && grep -q '^NoNewPrivs:.1$' \(status) \\
        && grep -q '^CapEff:.0*$' \(status) && grep -q '^CapPrm:.0*$' \(status) && ! kill -0 \(getpid()) 2>/dev/null
      """
    // For anyone else, that is a fault of the sandbox.
    let expected: Int32 = geteuid() == 0 ? 0 : 125
    #expect(try Self.keeper(["/bin/sh", "-c", script], as: 65534).end(grace: .seconds(20)) == expected)
  }

  @Test func `what has left its parent, its group and its session ends with the command`() throws {
    let sleep = "sleep " + Self.seconds(1)
    let keeper = try Self.shell("setsid \(sleep) & (setsid sh -c '\(sleep) & \(sleep)' &) ; sleep 0.1; exit 3")
    #expect(keeper.end(grace: .seconds(20)) == 3)
    #expect(Relative.named(Self.seconds(1)).isEmpty)
  }

  @Test func `what ignores every signal but one is killed`() throws {
    let keeper = try Self.shell("trap '' HUP INT TERM; while true; do sleep " + Self.seconds(2) + "; done")
    #expect(keeper.end(grace: .zero) == 128 + SIGKILL)
    #expect(Relative.named(Self.seconds(2)).isEmpty)
  }

  /// A sandbox that is killed while it is set up leaves a process that waits forever for the rest.
  @Test func `whenever a sandbox is killed, nothing of it is left`() throws {
    var random = RandomSource(seed: 3)
    for _ in 0..<60 {
      let keeper = try Self.keeper([
        Sandbox.bubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--proc",
        "/proc",
        "/bin/sleep", Self.seconds(3),
      ])
      usleep(UInt32(random.draw(0...20_000)))
      #expect(keeper.end(grace: .zero) == 128 + SIGKILL)
    }
    #expect(Relative.named(Self.seconds(3)).isEmpty)
  }

  @Test func `a keeper without references is killed`() throws {
    _ = try Self.shell("sleep " + Self.seconds(4))
    #expect(Relative.areGone(Relative.named(Self.seconds(4))))
  }
}
