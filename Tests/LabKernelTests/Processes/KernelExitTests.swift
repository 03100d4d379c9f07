import LabKernel
import Testing

@Suite struct KernelExitTests {
  @Test func `a program that reaches its end exits with 0`() throws {
    var kernel = try machine(["A": "compute 1ms"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(0)])
  }

  @Test(arguments: [(0, UInt8(0)), (255, 255), (256, 0), (-1, 255), (7, 7)])
  func `the exit code is the low byte`(code: Int, expected: UInt8) throws {
    var kernel = try machine(["A": "exit \(code)"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.status) == [.exited(expected)])
  }

  @Test func `orphans become children of init, which reaps them`() throws {
    var kernel = try machine(cpus: 2, ["A": "fork\nif r0 == 0 goto child\nexit\nchild:\ncompute 5ms\nexit 9"])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.map(\.parent) == [1, 1])
    #expect(kernel.obituaries.map(\.status) == [.exited(0), .exited(9)])
    #expect(kernel.tasks.living == 2)
  }

  @Test func `zombies of a parent that ends are reaped by init`() throws {
    var kernel = try machine(cpus: 2, ["A": "fork\nif r0 == 0 goto child\ncompute 5ms\nexit\nchild:\nexit 9"])
    #expect(kernel.runChecked() == [])
    let freed = kernel.trace.events.compactMap { event -> PID? in
      if case .schedProcessFree(let pid) = event.what { pid } else { nil }
    }
    #expect(freed == [3, 2])
    #expect(kernel.tasks.living == 2)
  }

  @Test func `what is kept about tasks that have ended is bounded`() throws {
    let generations = "again:\nfork\nif r0 == 0 goto again\nexit"
    var kernel = Kernel(Configuration(quantum: 1, pidLimit: maximumPIDLimit, tracing: false))
    kernel.spawn(Spawn("A", kernel.load(try ProgramParser.parse(generations))))
    kernel.run(maximumEvents: 400_000)
    #expect(kernel.tasks.living <= 4)
    #expect((maximumObituaries..<2 * maximumObituaries).contains(kernel.obituaries.count))
    #expect(kernel.name(of: kernel.obituaries[0].pid) == "A")
    #expect(kernel.name(of: kernel.obituaries[0].pid - 1) == "")
  }

  @Test(arguments: [1, 2, 4])
  func `two hundred generations of orphans leave nothing behind`(cpus: Int) throws {
    let reparent = """
      again:
      fork
      if r0 == 0 goto child
      wait
      add r3 1
      if r3 < 200 goto again
      exit
      child:
      fork
      fork
      compute 100us
      """
    var kernel = try machine(cpus: cpus, frames: 1024, ["A": reparent])
    #expect(kernel.runChecked() == [])
    #expect(kernel.obituaries.count == 801)
    #expect(kernel.tasks.living == 2)
    let unused = Kernel(Configuration(frames: 1024))
    #expect(kernel.memory.pageAllocator.freeBlocks == unused.memory.pageAllocator.freeBlocks)
  }

  @Test func `a page allocator that does not take its blocks back is an oops`() throws {
    var components = Components.baseline
    components.memory.pageAllocator = Miser.self
    var kernel = try machine(components: components, ["A": "compute 1ms"])
    #expect(kernel.run() == .oops(.pagesNotTakenBack(FrameNumber(0), order: kernelStackOrder, .foreignFree)))
  }
}

/// Hands out one block and takes nothing back.
private struct Miser: PageAllocator {
  init(frames: Int) {}
  mutating func allocate(order: Int) -> FrameNumber? { FrameNumber(0) }
  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) { throw .foreignFree }
  var freeBlocks: [Int] { [] }
}
