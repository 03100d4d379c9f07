import LabKernel
import Testing

@Suite struct KernelWaitTests {
  @Test(arguments: [1, 2])
  func `a hundred children report a hundred exit codes`(cpus: Int) throws {
    let exitWait = """
      again:
      fork
      if r0 == 0 goto child
      wait
      print r1
      print " "
      add r5 1
      if r5 < 100 goto again
      exit
      child:
      exit r5
      """
    var kernel = try machine(cpus: cpus, ["A": exitWait])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == (0..<100).map { "\($0 << 8) " }.joined())
  }

  @Test(arguments: [1, 2, 4])
  func `two children at a time are both waited for, a thousand times`(cpus: Int) throws {
    let twoChildren = """
      again:
      fork
      if r0 == 0 goto child
      fork
      if r0 == 0 goto child
      wait
      if r0 < 1 goto failed
      wait
      if r0 < 1 goto failed
      add r3 1
      if r3 < 1000 goto again
      wait
      print r0
      exit
      failed:
      print "wait failed"
      child:
      """
    var kernel = try machine(cpus: cpus, ["A": twoChildren])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-10")
    #expect(kernel.obituaries.count == 2001)
  }

  @Test(arguments: [1, 2, 4])
  func `children that fork children of their own are all waited for`(cpus: Int) throws {
    let forkFork = """
      fork
      if r0 == 0 goto child
      fork
      if r0 == 0 goto child
      wait
      print r1
      wait
      print r1
      exit
      child:
      fork
      if r0 == 0 goto grandchild
      wait
      if r0 < 1 goto failed
      add r3 1
      if r3 < 200 goto child
      exit
      grandchild:
      exit
      failed:
      exit 1
      """
    var kernel = try machine(cpus: cpus, ["A": forkFork])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "00")
    #expect(kernel.obituaries.count == 403)
    #expect(kernel.tasks.living == 2)
  }

  @Test func `a task without children cannot wait`() throws {
    var kernel = try machine(["A": "wait\nprint r0"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-10")
  }

  @Test func `the oldest of several zombies is found first`() throws {
    let program = """
      fork
      if r0 == 0 goto child
      fork
      if r0 == 0 goto child
      fork
      if r0 == 0 goto child
      compute 5ms
      wait
      print r0
      wait
      print r0
      wait
      print r0
      child:
      """
    var kernel = try machine(cpus: 4, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "345")
  }

  @Test func `a child that ends between two others is taken out of the list`() throws {
    let program = """
      fork
      if r0 == 0 goto slow
      fork
      if r0 == 0 goto quick
      fork
      if r0 == 0 goto slow
      wait
      print r0
      fork
      if r0 == 0 goto slow
      compute 10ms
      wait
      print r0
      wait
      print r0
      wait
      print r0
      wait
      print r0
      exit
      slow:
      compute 5ms
      quick:
      """
    var kernel = try machine(cpus: 4, ["A": program])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "4356-10")
  }

  @Test func `a child that a signal ended reports the signal`() throws {
    var kernel = try machine([
      "A": "fork\nif r0 == 0 goto child\nwait\nprint r1\nexit\nchild:\nagain:\ngoto again"
    ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "24")
  }
}
