import LabHarness
import LabKernel
import Testing

/// The baseline, except that it sets priorities of its own, and writes where it may not.
private struct Meddler: MutexProtocol {
  private var plain = PlainMutex()
  mutating func lock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> LockAnswer {
    if mutex.index == 1 { entities[task].level = 7 }
    if mutex.index == 2 { entities[task] = entities[TaskID(3)] }
    return try plain.lock(mutex, by: task, in: &entities)
  }
  mutating func unlock(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) throws(Errno) -> TaskID? {
    entities.setPriority(of: task, to: 99 + mutex.index)
    return try plain.unlock(mutex, by: task, in: &entities)
  }
  mutating func giveUp(_ mutex: MutexID, by task: TaskID, in entities: inout EntityTable) {}
  mutating func normalPriorityChanged(of task: TaskID, in entities: inout EntityTable) {
    entities.setPriority(of: .initial, to: 0)
  }
  func owner(of mutex: MutexID) -> TaskID? { plain.owner(of: mutex) }
}

struct RtMutexLabTests {
  private func answers(_ priorities: [Int], _ steps: [RtMutexLab.Step]) -> [RtMutexLab.Answer] {
    RtMutexLab.run(PlainMutex.self, on: RtMutexLab.Input(priorities, steps), calls: SilentCallLog()).replies
      .map(\.answer)
  }

  @Test func `a task that waits makes no calls until it is the owner`() {
    let steps: [RtMutexLab.Step] = [
      .init(0, .lock(0)), .init(1, .lock(0)), .init(1, .lock(1)), .init(1, .unlock(0)), .init(0, .unlock(0)),
      .init(1, .unlock(0)),
    ]
    #expect(answers([50, 60], steps) == [.acquired, .waits, .skipped, .skipped, .handed(1), .done])
  }

  @Test func `only a waiting task gives up, and then goes on`() {
    let steps: [RtMutexLab.Step] = [
      .init(0, .lock(0)), .init(0, .giveUp), .init(1, .lock(0)), .init(1, .giveUp), .init(1, .unlock(0)),
    ]
    #expect(answers([50, 60], steps) == [.acquired, .skipped, .waits, .done, .refused(.EPERM)])
  }

  @Test func `a priority or a task that does not exist is left out`() {
    #expect(
      answers([50], [.init(0, .setPriority(100)), .init(0, .setPriority(-1)), .init(3, .lock(0))])
        == [.skipped, .skipped, .skipped])
  }

  @Test func `owners and priorities are recorded after each step, on the user's scale`() {
    let input = RtMutexLab.Input(
      [50, 0], [.init(1, .lock(2)), .init(0, .setPriority(70)), .init(0, .setPriority(0)), .init(1, .unlock(2))])
    let output = RtMutexLab.run(PlainMutex.self, on: input, calls: SilentCallLog())
    #expect(output.replies.map(\.owners) == [[-1, -1, 1], [-1, -1, 1], [-1, -1, 1], [-1, -1, -1]])
    #expect(output.replies.map(\.priorities) == [[50, 0], [70, 0], [0, 0], [0, 0]])
  }

  private func meddled(_ steps: RtMutexLab.Step...) -> [RtMutexLab.Reply] {
    RtMutexLab.run(Meddler.self, on: RtMutexLab.Input([0, 60], steps), calls: SilentCallLog()).replies
  }

  @Test func `different priorities look different, even those that no task asks for`() {
    let replies = meddled(.init(0, .lock(0)), .init(0, .unlock(0)), .init(0, .lock(1)), .init(0, .unlock(1)))
    #expect(replies.map { $0.priorities[0] } == [0, -99, -99, -100])
    let scale = Set((0...139).map { CaseTasks.userPriority($0) })
    #expect(scale.count == 140)
  }

  @Test func `what a protocol changes besides priorities is reported`() {
    #expect(meddled(.init(0, .lock(0)), .init(1, .lock(1))).map(\.touched) == [-1, 1])
    #expect(meddled(.init(0, .lock(2))).map(\.touched) == [0])
    #expect(meddled(.init(0, .lock(0)), .init(0, .unlock(0))).map(\.touched) == [-1, -1])
    // A task that is not in the case.
    #expect(meddled(.init(1, .setPriority(70))).map(\.touched) == [2])
  }
}
