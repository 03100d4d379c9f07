import LabKernel
import Testing

@Suite struct KernelForkTests {
  @Test func `fork returns the child's pid in the parent and 0 in the child`() throws {
    var kernel = try machine(["A": "fork\nprint r0\nif r0 > 0 goto end\nend:\nwait"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "30")
    #expect(kernel.name(of: 3) == "A")
  }

  @Test func `a child's registers are a copy`() throws {
    var kernel = try machine([
      "A": """
      set r3 5
      fork
      if r0 == 0 goto child
      wait
      print r3
      exit
      child:
      add r3 1
      print r3
      """
    ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "65")
  }

  @Test func `a child's memory is a copy`() throws {
    var kernel = try machine([
      "A": """
      store 7 [x]
      fork
      if r0 == 0 goto child
      wait
      load r2 [x]
      print r2
      exit
      child:
      load r2 [x]
      print r2
      store 8 [x]
      load r2 [x]
      print r2
      """
    ])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "787")
  }

  @Test(arguments: [1, 4])
  func `fork fails gracefully when memory is used up, and every child can be waited for`(cpus: Int) throws {
    var kernel = try machine(cpus: cpus, frames: 64, ["A": forkToExhaustion])
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-12 15 15 ")
    #expect(kernel.tasks.living == 2)
    #expect(kernel.memory.pageAllocator.freeBlocks == Kernel(Configuration(frames: 64)).memory.pageAllocator.freeBlocks)
  }

  @Test func `a machine whose memory was used up once can use it up again`() throws {
    var kernel = try machine(frames: 64, ["A": forkToExhaustion])
    try kernel.start("B", forkToExhaustion, at: 10)
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "-12 15 15 -12 15 15 ")
  }

  @Test func `a task for which there is no memory never begins`() throws {
    var kernel = try machine(frames: 8, ["A": "compute 1ms", "B": "compute 1ms", "C": "compute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["AB"])
  }

  @Test func `a machine takes as many tasks as it may have at once, again and again`() throws {
    var kernel = Kernel(Configuration(frames: (maximumTasks + 8) * 4, pidLimit: maximumPIDLimit, tracing: false))
    let program = kernel.load(try ProgramParser.parse("compute 1ns"))
    for _ in 0..<maximumTasks { kernel.spawn(Spawn("T", program)) }
    kernel.run()
    #expect(kernel.busyTimes == [.nanoseconds(maximumTasks - 2)])
    try kernel.start("A", "fork\nprint r0", at: 1000)
    kernel.run()
    #expect(kernel.tasks.living == 2)
    #expect(!kernel.console.text.contains("-11"))
  }

  @Test func `tasks with the same number share their memory`() throws {
    var kernel = Kernel(Configuration(quantum: 1))
    let writer = kernel.load(try ProgramParser.parse("compute 1ms\nstore 42 [x]"))
    let reader = kernel.load(try ProgramParser.parse("compute 3ms\nload r2 [x]\nprint r2"))
    kernel.spawn(Spawn("W", writer, sharedMemory: 1))
    kernel.spawn(Spawn("R", reader, sharedMemory: 1))
    kernel.spawn(Spawn("S", reader, sharedMemory: 2))
    #expect(kernel.runChecked() == [])
    #expect(kernel.console.text == "420")
  }

  @Test func `a child inherits policy and priority`() throws {
    var kernel = try machine(["A": "compute 3ms"])
    try kernel.start("R", "fork\ncompute 1ms", policy: .fifo, priority: 7)
    #expect(kernel.runChecked() == [])
    #expect(kernel.schedule == ["RRAAA"])
  }
}

/// Forks until that fails, then waits until that fails, and prints the error and both counts.
private let forkToExhaustion = """
  again:
  fork
  if r0 == 0 goto child
  if r0 < 0 goto full
  add r2 1
  goto again
  full:
  print r0
  print " "
  reap:
  wait
  if r0 < 0 goto end
  add r3 1
  goto reap
  end:
  print r2
  print " "
  print r3
  print " "
  exit
  child:
  """
