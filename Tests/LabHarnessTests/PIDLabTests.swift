import LabHarness
import LabKernel
import Testing

/// An allocator that answers nonsense, to see that the harness can take it.
private struct Nonsense: PIDAllocator {
  init(limit: Int) {}
  mutating func makeNamespace(in parent: PIDNamespaceID) throws(Errno) -> PIDNamespaceID { PIDNamespaceID(-7) }
  mutating func retain(_ namespace: PIDNamespaceID) {}
  mutating func release(_ namespace: PIDNamespaceID) {}
  mutating func allocate(in namespace: PIDNamespaceID) throws(Errno) -> PIDHandle { PIDHandle(-9) }
  mutating func free(_ pid: PIDHandle) {}
  mutating func close(_ name: PIDNamespaceID) {}
  func number(of pid: PIDHandle, in namespace: PIDNamespaceID) -> PID { .max }
  func find(_ number: Int, in namespace: PIDNamespaceID) -> PIDHandle? { PIDHandle(5) }
  func find(atOrAbove number: Int, in namespace: PIDNamespaceID) -> PIDHandle? { PIDHandle(-9) }
  func namespace(of pid: PIDHandle) -> PIDNamespaceID { PIDNamespaceID(5) }
  func parent(of namespace: PIDNamespaceID) -> PIDNamespaceID? { PIDNamespaceID(5) }
  func level(of namespace: PIDNamespaceID) -> Int { .min }
  func count(in namespace: PIDNamespaceID) -> Int { .min }
}

struct PIDLabTests {
  private let input = PIDLab.Input(
    310,
    [
      .makeNamespace(1, in: 0), .allocate(0, count: 2, in: 0), .allocate(2, in: 1), .number(of: 2, in: 0), .home(2),
      .find(2, in: 0), .find(3, in: 1), .list(0), .place(1), .free(0), .findAtOrAbove(1, in: 0), .release(1), .free(2),
      .list(1), .churn(3, in: 0), .number(of: 2, in: 0),
    ])

  private func answers(_ component: PIDLab.Component, _ input: PIDLab.Input) -> [PIDAnswer] {
    PIDLab.run(component, on: input, calls: SilentCallLog()).replies.map(\.answer)
  }

  @Test func `each call is answered in turn`() {
    let answers = answers(CountingPIDs.self, input)
    #expect(
      answers[3...6] == [.number(3), .namespace(1), .pid(1), .none] && answers[8] == .place(level: 1, parent: 0)
        && answers[10] == .pid(1))
    guard case .given(let pids) = answers[2], case .given(let churned) = answers[14] else {
      Issue.record("pids were allocated")
      return
    }
    #expect(pids.numbers.map(\.numbers) == [[1], [3]])
    #expect(churned.numbers.map(\.numbers) == [[4, 5, 6]])
    #expect(churned.handles.lowest == 4 && churned.handles.highest == 6)
  }

  @Test func `what is not in use is not asked for`() {
    let answers = answers(CountingPIDs.self, input)
    #expect([answers[13], answers[15]] == [.skipped, .skipped])
  }

  @Test func `the numbers in use are counted after each call`() {
    let replies = PIDLab.run(CountingPIDs.self, on: input, calls: SilentCallLog()).replies
    #expect(replies.map(\.counts)[..<3] == [[0, 0], [2, 0], [3, 1]])
    #expect(replies.last?.counts == [1])
  }

  @Test func `inputs and outputs survive the trip to the sandbox and back`() throws {
    let output = PIDLab.run(CountingPIDs.self, on: input, calls: SilentCallLog())
    let (sent, answered) = (try WireEncoder().encode(input), try WireEncoder().encode(output))
    #expect(try WireDecoder().decode(PIDLab.Input.self, from: sent) == input)
    #expect(try WireDecoder().decode(PIDLab.Output.self, from: answered) == output)
  }

  @Test func `an absurd allocator is described in few words`() {
    let answers = answers(Nonsense.self, input)
    #expect(answers[4...6] == [.stranger(5), .stranger(5), .stranger(5)])
    #expect(answers[8] == .place(level: .min, parent: -1))
    guard case .given(let pids) = answers[1] else {
      Issue.record("pids were allocated")
      return
    }
    #expect(pids.handles.sameAs == 0 && pids.handles.lowest == -9)
  }

  @Test func `numbers that follow each other are one run`() {
    let runs = NumberRuns([1, 2, 3, 300, 301, 7])
    #expect(runs.runs.map(\.first) == [1, 300, 7])
    #expect(runs.numbers == [1, 2, 3, 300, 301, 7])
  }
}
