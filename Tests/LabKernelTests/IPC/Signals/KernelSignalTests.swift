import LabKernel
import Testing

@Suite struct KernelSignalTests {
  /// Runs one program, and returns what it printed.
  private func output(cpus: Int = 2, _ program: String) throws -> String {
    var kernel = try machine(cpus: cpus, ["A": program])
    #expect(kernel.runChecked() == [])
    return kernel.console.text
  }

  @Test(arguments: [1, 2])
  func `a signal ends a task that computes, and the parent finds its number`(cpus: Int) throws {
    let text = try output(
      cpus: cpus,
      """
      fork
      if r0 == 0 goto child
      set r2 r0
      sleep 2ms
      kill r2 SIGTERM
      wait
      print r1
      exit
      child: compute 1s
      """)
    #expect(text == "15")
  }

  @Test func `SIGKILL ends a task that sleeps, and one that is stopped`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto sleeper
      set r2 r0
      fork
      if r0 == 0 goto sleeper
      set r3 r0
      kill r3 SIGSTOP
      wait4 r3 &status WUNTRACED
      kill r2 SIGKILL
      kill r3 SIGKILL
      wait
      print r1
      wait
      print r1
      exit
      sleeper: sleep 1s
      """)
    #expect(text == "99")
  }

  @Test func `a stopped task does not run, and continues where it was`() throws {
    var kernel = try machine(
      cpus: 2,
      [
        "A": """
        fork
        if r0 == 0 goto child
        set r2 r0
        compute 2ms
        kill r2 SIGSTOP
        compute 3ms
        kill r2 SIGCONT
        wait
        exit
        child: compute 4ms
        """
      ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AAAAA..", "AA...AA"])
  }

  @Test func `a sleep that was interrupted by a stop ends when it would have ended`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto child
      set r2 r0
      sleep 1ms
      kill r2 SIGSTOP
      sleep 2ms
      kill r2 SIGCONT
      wait
      exit
      child: sleep 10ms
      times 0
      print r0
      exit
      """)
    #expect(text == "1")
  }

  @Test func `a signal that is sent twice before it is handled is handled once`() throws {
    let text = try output(
      cpus: 1,
      """
      store SIGUSR1 [none]
      store 512 [set]
      rt_sigprocmask SIG_BLOCK &set 0
      getpid
      set r2 r0
      kill r2 SIGUSR1
      kill r2 SIGUSR1
      rt_sigpending &pending
      load r3 [pending]
      print r3
      """)
    #expect(text == "512")
  }

  @Test func `a blocked signal waits, and is handled when it is unblocked`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto child
      wait
      print r1
      exit
      child:
      store 512 [set]
      rt_sigprocmask SIG_BLOCK &set 0
      getpid
      kill r0 SIGUSR1
      print "still here "
      rt_sigprocmask SIG_UNBLOCK &set 0
      print "not reached"
      """)
    #expect(text == "still here 10")
  }

  @Test func `an ignored signal does nothing, and fork keeps that`() throws {
    let text = try output(
      """
      store SIG_IGN [action]
      space rest 64
      rt_sigaction SIGTERM &action 0
      fork
      if r0 == 0 goto child
      set r2 r0
      kill r2 SIGTERM
      wait
      print r1
      exit
      child: compute 3ms
      exit 4
      """)
    #expect(text == "1024")
  }

  @Test(arguments: [("SIGKILL", "-22"), ("SIGSTOP", "-22"), ("0", "0"), ("77", "-22")])
  func `the errors of kill and sigaction are Linux's`(signal: String, result: String) throws {
    let call = signal == "0" ? "kill 0 0" : "rt_sigaction \(signal) &action 0"
    #expect(try output("store 1 [action]\nspace more 64\n\(call)\nprint r0") == result)
  }

  @Test(arguments: [
    ("kill 99 SIGTERM", "-3"), ("kill -99 SIGTERM", "-3"), ("kill 1 SIGKILL", "0"), ("kill 1 77", "-22"),
  ])
  func `kill finds its receivers, or says that there are none`(call: String, result: String) throws {
    #expect(try output("\(call)\nprint r0") == result)
  }

  @Test func `a user can signal only its own processes`() throws {
    let text = try output(
      """
      getpid
      set r3 r0
      fork
      if r0 == 0 goto child
      wait
      exit
      child: setuid 1000
      kill r3 SIGTERM
      print r0
      """)
    #expect(text == "-1")
  }

  @Test func `a signal to a process group reaches each of its members`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto first
      set r2 r0
      setpgid r2 r2
      fork
      if r0 == 0 goto second
      setpgid r0 r2
      set r4 0
      sub r4 r2
      kill r4 SIGTERM
      wait
      print r1
      print " "
      wait
      print r1
      exit
      first: sleep 1s
      second: sleep 1s
      """)
    #expect(text == "15 15")
  }

  @Test func `a task that was stopped while it computed sleeps in full afterwards`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto child
      set r2 r0
      sleep 1ms
      kill r2 SIGSTOP
      sleep 1ms
      kill r2 SIGCONT
      wait
      exit
      child: compute 2ms
      sleep 40ms
      times 0
      print r0
      """)
    #expect(text == "4")
  }

  @Test func `a process whose last running thread ends is stopped with the rest`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto process
      set r2 r0
      sleep 1ms
      kill r2 SIGSTOP
      wait4 r2 &status WUNTRACED
      load int r3 [status]
      print r3
      kill r2 SIGKILL
      wait
      print " "
      print r1
      exit
      process: clone CLONE_THREAD|CLONE_SIGHAND|CLONE_VM
      if r0 == 0 goto thread
      sleep 1s
      thread: compute 2ms
      exit
      """)
    #expect(text == "4991 9")
  }
}
