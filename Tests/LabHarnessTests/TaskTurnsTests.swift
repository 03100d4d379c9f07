import LabHarness
import Testing

struct TaskTurnsTests {
  private typealias Turn = TaskTurns<String>.Turn

  /// Tasks 0, 1 and 2, each asleep in the step with its own number.
  private var asleep: TaskTurns<String> {
    var turns = TaskTurns<String>()
    for task in 0..<3 {
      turns.give(task, to: task)
      turns.sleep(on: "here")
    }
    return turns
  }

  @Test func `a task takes its steps in order, and none while it sleeps`() {
    var turns = TaskTurns<String>()
    turns.give(0, to: 7)
    #expect(turns.next == Turn(step: 0, isRetry: false))
    turns.sleep(on: "here")
    turns.give(1, to: 7)
    #expect(turns.next == nil)
    #expect(turns.wake("here") == 1)
    #expect(turns.next == Turn(step: 0, isRetry: true))
    turns.finish()
    #expect(turns.next == Turn(step: 1, isRetry: false))
    turns.finish()
    #expect(turns.next == nil)
  }

  @Test func `a wake-up takes all sleepers off one queue, in the order in which they fell asleep`() {
    var turns = asleep
    turns.give(3, to: 3)
    turns.sleep(on: "there")
    #expect(turns.wake("nowhere") == 0 && turns.wake("here") == 3)
    #expect(turns.asleep(on: "here") == [] && turns.asleep(on: "there") == [3])
    for task in 0..<3 {
      #expect(turns.next?.step == task)
      turns.finish()
    }
    #expect(turns.next == nil)
  }

  @Test func `a task that was woken for nothing gets its old place back`() {
    var turns = asleep
    _ = turns.wake("here")
    turns.give(3, to: 3)
    for _ in 0..<3 { turns.finish() }
    #expect(turns.next?.step == 3)
  }
}
