import LabHarness
import LabKernel
import Testing

@Suite struct ExecImageLabTests {
  private static let request = ExecImageLab.Request("/bin/ls", ["ls", ExecText("x=", filler: 3, copies: 2)])
  private static let arguments = ExecArguments(["ls", "x=xxx", "x=xxx"].map { Array($0.utf8) })

  private func run(_ calls: [ExecImageLab.Operation], _ request: ExecImageLab.Request = request) -> ExecImageLab.Output
  {
    ExecImageLab.run(PlainLoader.self, on: ExecImageLab.Input(request, calls), calls: SilentCallLog())
  }

  @Test func `a loader is read to until it has found a program`() {
    let output = run([.read(["\u{7F}ELF"]), .read(["\u{7F}ELF"])])
    #expect(output.summary == ExecImageLab.Opening(arguments: Self.arguments))
    #expect(output.replies == [.format(.program, Self.arguments), .skipped])
  }

  @Test func `after a refusal no calls are made`() {
    let task = ExecTask(name: [], counter: 0, stackPointer: 0, registers: [], actions: [], descriptors: [])
    let calls: [ExecImageLab.Operation] = [
      .read(["#!/bin/sh\n"]), .read(["\u{7F}ELF"]), .stack(top: 4096, entry: 0, ids: ExecIDs()),
      .reset(task, entry: 0, stack: 0),
    ]
    #expect(run(calls).replies == [.failed(.ENOEXEC), .skipped, .skipped, .skipped])
    let tight = run(calls, ExecImageLab.Request("/a", [], stackLimit: 1))
    #expect(tight.summary.error == .E2BIG)
    #expect(tight.replies == [.skipped, .skipped, .skipped, .skipped])
  }

  @Test func `no more of a file is read than decides`() {
    let long = run([.read([ExecText("\u{7F}ELF", filler: 1000)])])
    #expect(long.replies == [.format(.program, Self.arguments)])
  }

  @Test func `a stack is told in short and without loss`() {
    let bytes = [UInt8]((0..<41).map { UInt8($0 < 8 ? $0 : 7) })
    let dump = ExecDump(ExecStack(pointer: 64, bytes: bytes))
    #expect(dump.bytes == bytes)
    #expect(dump.runs.map(\.count) == [1, 4, 1])
  }

  @Test func `two large stacks that differ in one byte are told apart`() {
    var bytes = [UInt8]((0..<9000).map { UInt8(truncatingIfNeeded: $0 / 8) })
    let dump = ExecDump(ExecStack(pointer: 64, bytes: bytes))
    #expect(dump.bytes.count < bytes.count)
    bytes[8999] += 1
    #expect(ExecDump(ExecStack(pointer: 64, bytes: bytes)) != dump)
  }

  @Test func `many arguments are counted, and a few are shown`() {
    let many = ExecArguments(Array(repeating: [1, 2], count: 1000))
    #expect(many.count == 1000)
    #expect(many.bytes == 2000)
    #expect(many.first.count < 100)
  }
}
