import LabHarness
import LabKernel
import Testing

/// A pipe that always sleeps and always wakes every sleeper.
private struct Restless: LabKernel.Pipe {
  init() {}
  mutating func open(_ end: PipeEnd) {}
  mutating func close(_ end: PipeEnd) -> PipeTransfer { PipeTransfer(.done(0)) }
  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    PipeTransfer(.sleep(progress: .max), wakesReaders: true, wakesWriters: true)
  }
  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    PipeTransfer(.sleep(progress: -1), wakesReaders: true, wakesWriters: true)
  }
  var count: Int { .min }
}

/// Returns the case of a writer, task 0, and a reader, task 1, that take these steps.
private func pair(_ steps: PipeLab.Step...) -> PipeLab.Input {
  PipeLab.Input([PipeLab.Step(0, .open(.write)), PipeLab.Step(1, .open(.read))] + steps)
}

struct PipeLabTests {
  @Test func `a sleeper is tried again when it is woken, and then goes on`() {
    let input = pair(.init(1, .read(10)), .init(1, .close(.read)), .init(0, .write(4)))
    let output = PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog())
    #expect(output.replies.map(\.step) == [0, 1, 2, 4, 2, 3])
    #expect(output.replies.map(\.isRetry) == [false, false, false, false, true, false])
    #expect(output.replies[4].content.runs == [ByteRuns.Run(first: ByteRuns.pattern(step: 4, offset: 0), count: 4)])
    #expect(output.summary.asleep.isEmpty)
  }

  @Test func `a write goes on with what is left`() {
    let input = pair(.init(0, .write(5000)), .init(1, .read(4096)), .init(1, .read(4096)))
    let output = PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog())
    #expect(output.replies.map(\.answer).suffix(4) == [.sleep(progress: 4096), .done(4096), .done(904), .done(904)])
    #expect(output.replies.last?.content.runs.first?.first == ByteRuns.pattern(step: 2, offset: 4096))
  }

  @Test func `a task that has not opened an end does not use it`() {
    let input = pair(.init(0, .read(1)), .init(1, .write(1)), .init(2, .close(.read)))
    #expect(PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog()).replies.count == 2)
  }

  @Test func `a pipe whose ends are all closed is gone`() {
    let input = pair(.init(0, .close(.write)), .init(1, .close(.read)), .init(0, .open(.write)), .init(0, .write(1)))
    #expect(PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog()).replies.count == 4)
  }

  @Test func `a case whose sleepers wake each other forever is given up`() {
    let input = pair(.init(0, .write(9)), .init(1, .read(9)))
    let output = PipeLab.run(Restless.self, on: input, calls: SilentCallLog())
    #expect(output.summary.isEndless)
    #expect(output.replies.count == TurnsEnding.mostCalls)
  }

  @Test func `a task that is woken for nothing gets its old place back`() {
    let input = PipeLab.Input([
      .init(0, .open(.write)), .init(1, .open(.read)), .init(2, .open(.read)), .init(3, .open(.write)),
      .init(1, .read(1)), .init(2, .read(1)), .init(3, .close(.write)),
    ])
    let output = PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog())
    #expect(output.summary.asleep == [4, 5])
  }

  @Test func `inputs and outputs survive the trip to the sandbox and back`() throws {
    let input = pair(
      .init(0, .write(5000)), .init(1, .read(7, nonblocking: true)), .init(0, .write(1, nonblocking: true)),
      .init(1, .read(9000)), .init(1, .close(.read)), .init(0, .write(1)))
    let output = PipeLab.run(SimplePipe.self, on: input, calls: SilentCallLog())
    let (sent, answered) = (try WireEncoder().encode(input), try WireEncoder().encode(output))
    #expect(try WireDecoder().decode(PipeLab.Input.self, from: sent) == input)
    #expect(try WireDecoder().decode(PipeLab.Output.self, from: answered) == output)
  }
}
