import LabKernel
import Testing

@Suite struct ProgramFlowTests {
  private func flow(_ source: String) throws -> ProgramFlow { ProgramFlow(try ProgramParser.parse(source)) }

  @Test func `a register is live from where it is written to where it is last read`() throws {
    let flow = try flow("load r1 [x]\nadd r1 1\nstore r1 [x]\nexit")
    #expect((0...4).map { flow.live(at: $0) } == [0, 0b10, 0b10, 0, 0])
  }

  @Test func `what a loop reads in its next round is live at its end`() throws {
    let flow = try flow("set r2 3\nagain: sub r2 1\nprint \"x\"\nif r2 > 0 goto again")
    #expect(flow.live(at: 1) == 0b100 && flow.live(at: 3) == 0b100 && flow.live(at: 0) == 0)
  }

  @Test(arguments: [
    ("fork\nif r0 == 0 goto child\nexit\nchild: exit 1", false), ("fork\nprint r0", true), ("fork\nwait", false),
    ("r5 = getpid\nprint \"x\"", false), ("r5 = getpid\nprint r5", true), ("fork\nif r0 == 3 goto b\nb: exit", true),
    ("fork\nwait4 r0 0", true), ("policy fifo 3 r2", true), ("policy fifo 3", false),
  ])
  func `pids matter where a program could tell them apart`(source: String, heeds: Bool) throws {
    #expect(try flow(source).heedsPIDs == heeds)
  }

  @Test(arguments: [("fork\nprint \"x\"", false), ("fork\nwait", true), ("lock m\nunlock m", false)])
  func `an end matters where it can be waited for`(source: String, heeds: Bool) throws {
    #expect(try flow(source).heedsEnds == heeds)
  }
}
