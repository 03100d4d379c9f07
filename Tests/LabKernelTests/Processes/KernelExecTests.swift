import LabKernel
import Testing

@Suite struct KernelExecTests {
  /// Prints its arguments, each on a line.
  private static let show = """
      set r6 sp
      add r6 8
    again:
      load r5 [r6]
      if r5 == 0 goto end
      add r6 8
      set r2 0
    length:
      set r3 r5
      add r3 r2
      load byte r3 [r3]
      add r2 1
      if r3 != 0 goto length
      sub r2 1
      write 1 r5 r2
      print ";"
      goto again
    end:
    """

  /// A machine that runs `program`, and has `show` in /bin.
  private func kernel(_ program: String, components: Components = .baseline) throws -> Kernel {
    var kernel = try machine(components: components, ["A": program])
    try kernel.install(kernel.load(try ProgramParser.parse(Self.show)), as: "show")
    return kernel
  }

  private func output(of program: String, components: Components = .baseline) throws -> String {
    var kernel = try kernel(program, components: components)
    #expect(kernel.runChecked() == [])
    return kernel.console.text
  }

  @Test(arguments: [
    ("exec \"/bin/show\" \"a\" \"b c\"", "/bin/show;a;b c;"), ("chdir \"/bin\"\nexec \"show\"", "show;"),
    ("execve \"/bin/show\" 0 0", ""),
  ])
  func `a program finds its arguments`(program: String, expected: String) throws {
    #expect(try output(of: program) == expected)
  }

  @Test(arguments: [
    ("\"/none\"", -2), ("\"/bin\"", -13), ("\"/dev/null\"", -13), ("\"/bin/show/x\"", -20),
    ("\"/proc/self/stat\"", -13),
    ("\"/tmp/text\"", -8), ("\"/tmp/plain\"", -13), ("\"/tmp/stale\"", -8), ("5", -14), ("\"\"", -2),
  ])
  func `what cannot be executed leaves the task as it was`(path: String, error: Int) throws {
    var kernel = try kernel("set r3 7\nexecve \(path) 0 0\nprint r0\nprint r3\ngetpid\nprint r0")
    try kernel.addFile("/tmp/text", [1], mode: 0o755)
    try kernel.addFile("/tmp/plain", programMagic, mode: 0o644)
    try kernel.addFile("/tmp/stale", programMagic + [99, 0, 0, 0], mode: 0o755)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "\(error)72")
  }

  @Test(arguments: [("execve \"/bin/show\" 77 0", "-14"), ("execve \"/bin/show\" 0 77", "-14")])
  func `a bad list of arguments is an error`(call: String, error: String) throws {
    #expect(try output(of: call + "\nprint r0") == error)
  }

  @Test func `registers are zero, memory is new, and the pid stays`() throws {
    let after = """
      print r1
      print r7
      load r2 [x]
      print r2
      getpid
      print r0
      """
    var kernel = try machine(["A": "set r1 5\nset r7 6\nstore r1 [x]\nexec \"/bin/after\""])
    try kernel.install(kernel.load(try ProgramParser.parse(after)), as: "after")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "0002")
    #expect(kernel.name(of: 2) == "after")
  }

  @Test func `descriptors stay open, except those that close on exec`() throws {
    let after = "write 5 \"kept \"\nwrite 6 \"closed\"\nprint r0"
    var kernel = try machine(["A": "dup3 1 5\ndup3 1 6 O_CLOEXEC\nexec \"/bin/after\""])
    try kernel.install(kernel.load(try ProgramParser.parse(after)), as: "after")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "kept -9")
  }

  @Test(arguments: [("SIG_IGN", "ignored"), ("4096", ""), ("SIG_DFL", "")])
  func `a signal that is ignored stays ignored, and handlers are gone`(action: String, output: String) throws {
    let after = "getpid\nkill r0 SIGUSR1\nprint \"ignored\""
    let program = "store \(action) [action]\nspace rest 64\nrt_sigaction SIGUSR1 &action 0 8\nexec \"/bin/after\""
    var kernel = try machine(["A": program])
    try kernel.install(kernel.load(try ProgramParser.parse(after)), as: "after")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == output)
    #expect(kernel.obituaries.first?.status == (output == "" ? .signaled(.SIGUSR1) : .exited(0)))
  }

  @Test func `execve lets the parent go on that waits after vfork, and leaves its memory alone`() throws {
    let program = """
      store 7 [x]
      clone CLONE_VM|CLONE_VFORK|SIGCHLD
      if r0 == 0 goto child
      print "parent "
      load r1 [x]
      print r1
      exit
      child: exec "/bin/after"
      """
    var kernel = try machine(["A": program])
    try kernel.install(kernel.load(try ProgramParser.parse("store 9 [x]\nsleep 5ms\nprint \" child\"")), as: "after")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "parent 7 child")
  }

  @Test func `execve ends the other threads of its process`() throws {
    let program = """
      clone CLONE_VM|CLONE_SIGHAND|CLONE_THREAD
      if r0 == 0 goto thread
      sleep 1ms
      exec "/bin/show"
      thread: sleep 9ms
      print "never"
      """
    #expect(try output(of: program) == "/bin/show;")
  }

  @Test func `the end of a pipe that closes on exec is closed by it`() throws {
    let program = """
      pipe2 &ends O_CLOEXEC
      load int r4 [ends]
      load int r5 [ends + 4]
      fork
      if r0 == 0 goto child
      close r5
      r1 = read r4 10
      print r1
      wait
      exit
      child: exec "/bin/show"
      """
    let text = try output(of: program)
    #expect(text == "/bin/show;0" || text == "0/bin/show;")
  }

  @Test func `a script is read by the program that its first line names`() throws {
    var components = Components()
    components.processes.execLoader = ScriptLoader.self
    var kernel = try kernel("exec \"/tmp/script\" \"a\"", components: components)
    try kernel.addFile("/tmp/script", Array("#!/bin/show\n".utf8), mode: 0o755)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "/bin/show;/tmp/script;a;")
  }

  @Test(arguments: [("#!/none\n", "-2"), ("#!/tmp\n", "-13")])
  func `an interpreter that cannot be executed is an error`(head: String, error: String) throws {
    var components = Components()
    components.processes.execLoader = ScriptLoader.self
    var kernel = try kernel("exec \"/tmp/script\"\nprint r0", components: components)
    try kernel.addFile("/tmp/script", Array(head.utf8), mode: 0o755)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == error)
  }

  @Test func `a task with subroutines has a stack from the start, with its name as the only argument`() throws {
    #expect(try output(of: "call print\nprint r1\nexit\nprint: load r1 [sp + 8]\nret") == "1")
    #expect(try output(of: Self.show) == "A;")
  }

  @Test func `numbers come back from the stack in reverse`() throws {
    #expect(try output(of: "push 5\npush 6\npop r1\npop r2\nprint r1\nprint r2") == "65")
  }

  @Test func `parent and child have stacks of their own after fork`() throws {
    let program = """
      push 1
      fork
      if r0 == 0 goto child
      wait
      pop r1
      print r1
      exit
      child:
      store 2 [sp]
      """
    #expect(try output(of: program) == "1")
  }

  @Test func `a stack that is full is a page fault`() throws {
    var kernel = try kernel("again: push 1\ngoto again")
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.first?.status == .signaled(.SIGSEGV))
  }

  @Test func `what is typed comes line by line, and then the end of the file`() throws {
    let program = """
      again:
      r1 = read 0 &line 80
      print r1
      if r1 > 0 goto again
      r1 = read 0 &line 80
      print r1
      """
    var kernel = try machine(["A": program])
    kernel.type("one\ntwo\n\nend")
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "441300")
  }
}
