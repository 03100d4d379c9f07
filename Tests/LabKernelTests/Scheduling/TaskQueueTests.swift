import LabKernel
import Testing

@Suite struct TaskQueueTests {
  @Test func `tasks leave at the head in the order in which they entered at the tail`() {
    var queue = TaskQueue()
    for number in 2..<20 { queue.insert(TaskID(number), at: .tail) }
    #expect(Array(queue) == (2..<20).map { TaskID($0) })
    #expect(queue.first == TaskID(2))
  }

  @Test func `a task that enters at the head is first`() {
    var queue = TaskQueue()
    for number in 2..<8 { queue.insert(TaskID(number), at: .head) }
    #expect(Array(queue) == (2..<8).reversed().map { TaskID($0) })
  }

  @Test(arguments: UInt64(1)...30)
  func `any sequence of calls agrees with an array`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var queue = TaskQueue()
    var model: [TaskID] = []
    var differences: [Int] = []
    for number in 2..<600 {
      change(&queue, &model, number, &random)
      let agrees = queue.count == model.count && queue.first == model.first && queue.isEmpty == model.isEmpty
      if !agrees || Array(queue) != model { differences.append(number) }
    }
    #expect(differences == [])
  }

  /// Makes the same random call to both.
  private func change(_ queue: inout TaskQueue, _ model: inout [TaskID], _ number: Int, _ random: inout RandomSource) {
    let task = TaskID(number)
    let draw = random.draw(0...5)
    switch (draw, model.isEmpty) {
    case (0, _), (1, _), (_, true):
      queue.insert(task, at: .tail)
      model.append(task)
    case (2, false):
      queue.insert(task, at: .head)
      model.insert(task, at: 0)
    case (3, false):
      let head = model.removeFirst()
      queue.rotate(head)
      model.append(head)
    case (4, false):
      let place = random.draw(0...model.count - 1)
      queue.remove(model.remove(at: place))
    case (_, false):
      let moved = model.remove(at: random.draw(0...model.count - 1))
      queue.rotate(moved)
      model.append(moved)
    }
  }
}
