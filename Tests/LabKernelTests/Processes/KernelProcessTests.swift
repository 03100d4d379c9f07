import LabKernel
import Testing

@Suite struct KernelProcessTests {
  /// Runs one program, and returns what it printed.
  private func output(cpus: Int = 2, _ program: String) throws -> String {
    var kernel = try machine(cpus: cpus, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.tasks.living == 2)
    return kernel.console.text
  }

  @Test func `wait reports a stop, a continuation and an end, each once`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto child
      set r2 r0
      kill r2 SIGSTOP
      wait4 r2 &status WUNTRACED
      load int r3 [status]
      print r3
      print " "
      wait4 r2 &status WNOHANG|WUNTRACED
      print r0
      print " "
      kill r2 SIGCONT
      wait4 r2 &status WCONTINUED
      load int r3 [status]
      print r3
      print " "
      wait4 r2 &status 0
      load int r3 [status]
      print r3
      exit
      child: sleep 5ms
      exit 5
      """)
    #expect(text == "4991 0 65535 1280")
  }

  @Test func `waitid can leave the child as it is`() throws {
    let text = try output(
      """
      space info 128
      fork
      if r0 == 0 goto child
      set r2 r0
      waitid P_PID r2 &info WEXITED|WNOWAIT
      print r0
      load int r3 [info + 8]
      print r3
      load int r3 [info + 24]
      print r3
      waitid P_PID r2 &info WEXITED
      print r0
      waitid P_PID r2 &info WEXITED
      print r0
      exit
      child: exit 7
      """)
    #expect(text == "0170-10")
  }

  @Test(arguments: [
    ("wait4 -1 0 1024", "-22"), ("wait4 -1 0 WNOHANG", "-10"), ("waitid P_ALL 0 0 0", "-22"),
    ("waitid P_PID 0 0 WEXITED", "-22"), ("waitid 9 0 0 WEXITED", "-22"),
  ])
  func `the errors of wait are Linux's`(call: String, result: String) throws {
    #expect(try output("\(call)\nprint r0") == result)
  }

  @Test func `an orphan gets the nearest subreaper for a parent`() throws {
    let text = try output(
      """
      prctl PR_SET_CHILD_SUBREAPER 1
      fork
      if r0 == 0 goto middle
      wait
      wait
      print r1
      exit
      middle: fork
      if r0 == 0 goto orphan
      exit
      orphan: sleep 3ms
      exit 9
      """)
    #expect(text == "2304")
  }

  @Test func `setsid and setpgid make groups, with the errors of Linux`() throws {
    let text = try output(
      """
      setsid
      print r0
      print " "
      fork
      if r0 == 0 goto child
      wait
      exit
      child:
      getpgid
      print r0
      print " "
      setpgid 0 0
      getpgid
      print r0
      print " "
      setsid
      print r0
      print " "
      setpgid 0 99
      print r0
      print " "
      getsid
      print r0
      """)
    #expect(text == "-1 2 3 -1 -1 2")
  }

  @Test func `an orphaned group with a stopped process is hung up and continued`() throws {
    var kernel = try machine(
      cpus: 2,
      [
        "A": """
        fork
        if r0 == 0 goto middle
        wait
        exit
        middle: setpgid 0 0
        fork
        if r0 == 0 goto stopped
        set r2 r0
        wait4 r2 0 WUNTRACED
        exit
        stopped: getpid
        kill r0 SIGSTOP
        exit 3
        """
      ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(0), .exited(0), .signaled(.SIGHUP)])
  }

  @Test func `a thread shares memory and descriptors, and has the pid of its process`() throws {
    let text = try output(
      """
      getpid
      set r6 r0
      clone CLONE_THREAD|CLONE_SIGHAND|CLONE_FILES|CLONE_FS|CLONE_VM
      if r0 == 0 goto thread
      again: sleep 1ms
      load r1 [shared]
      if r1 == 0 goto again
      print r1
      wait4 -1
      print r0
      exit_group
      thread: getpid
      sub r0 r6
      print r0
      gettid
      sub r0 r6
      print r0
      store 7 [shared]
      exit
      """)
    #expect(text == "017-10")
  }

  @Test func `exit_group ends every thread, and the code of the first stands`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto process
      wait
      print r1
      exit
      process: clone CLONE_THREAD|CLONE_SIGHAND|CLONE_FILES|CLONE_FS|CLONE_VM
      if r0 == 0 goto thread
      sleep 1s
      exit 1
      thread: compute 2ms
      exit_group 6
      """)
    #expect(text == "1536")
  }

  @Test func `a leader that ends first stays until the last thread has ended, whose code is reported`() throws {
    let text = try output(
      """
      fork
      if r0 == 0 goto process
      wait
      print r1
      times 0
      exit
      process: clone CLONE_THREAD|CLONE_SIGHAND|CLONE_FILES|CLONE_FS|CLONE_VM
      if r0 == 0 goto thread
      exit 4
      thread: compute 5ms
      exit 5
      """)
    #expect(text == "1280")
  }

  @Test func `the parent of vfork sleeps until the child has ended`() throws {
    var kernel = try machine(
      cpus: 2,
      [
        "A": """
        compute 1ms
        clone CLONE_VM|CLONE_VFORK|SIGCHLD
        if r0 == 0 goto child
        compute 1ms
        wait
        exit
        child: compute 3ms
        """
      ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["A...A", ".AAA."])
  }

  @Test(arguments: [
    ("CLONE_THREAD", "-22"), ("CLONE_SIGHAND", "-22"), ("CLONE_THREAD|CLONE_SIGHAND", "-22"), ("77", "-22"),
    ("CLONE_THREAD|CLONE_SIGHAND|CLONE_VM|CLONE_NEWPID", "-22"),
  ])
  func `clone refuses flags that contradict each other`(flags: String, result: String) throws {
    #expect(try output("clone \(flags)\nprint r0") == result)
  }

  @Test func `the first process of a namespace is called 1 in it, and takes all others with it`() throws {
    let text = try output(
      """
      clone CLONE_NEWPID|SIGCHLD
      if r0 == 0 goto init
      wait
      print r1
      exit
      init: getpid
      print r0
      getppid
      print r0
      fork
      if r0 == 0 goto child
      print r0
      sleep 1ms
      exit 3
      child: getppid
      print r0
      sleep 1s
      print "not reached"
      """)
    #expect(text == "1021768" || text == "1012768")
  }

  @Test func `setpriority changes the nice value, and getpriority tells 20 minus it`() throws {
    let text = try output(
      """
      setpriority PRIO_PROCESS 0 5
      getpriority PRIO_PROCESS 0
      print r0
      print " "
      setpriority PRIO_PROCESS 0 99
      getpriority PRIO_PROCESS 0
      print r0
      print " "
      setuid 5
      setpriority PRIO_PROCESS 0 0
      print r0
      """)
    #expect(text == "15 1 -13")
  }
}
