import LabKernel
import Testing

@Suite struct EventQueueTests {
  @Test func `events come out in the order of their times`() {
    var queue = EventQueue()
    for time in [5, 1, 4, 2, 3] { queue.post(.arrival(time), at: Instant(nanoseconds: Int64(time))) }
    #expect(drain(&queue) == [1, 2, 3, 4, 5])
    #expect(queue.isEmpty)
  }

  @Test func `events of the same instant come out in the order in which they were announced`() {
    var queue = EventQueue()
    for number in 0..<50 { queue.post(.arrival(number), at: .zero) }
    #expect(drain(&queue) == Array(0..<50))
  }

  @Test func `CPUs come after the timers of their instant, by number, whenever they were announced`() {
    var queue = EventQueue()
    for cpu in [1, 0] { queue.post(.cpu(CPUID(cpu), epoch: 0), at: .zero) }
    queue.post(.arrival(7), at: .zero)
    var order: [Occurrence] = []
    while let event = queue.popFirst() { order.append(event.what) }
    #expect(order == [.arrival(7), .cpu(CPUID(0), epoch: 0), .cpu(CPUID(1), epoch: 0)])
  }

  @Test func `an empty queue has no next event`() {
    var queue = EventQueue()
    #expect(queue.popFirst() == nil)
    #expect(queue.nextTime == nil)
  }

  @Test(arguments: UInt64(1)...20)
  func `posting and popping in any mixture agrees with a sorted list`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var queue = EventQueue()
    var model: [(time: Int64, number: Int)] = []
    var differences: [Int] = []
    for number in 0..<500 {
      if random.oneIn(3) {
        let first = model.indices.min { (model[$0].time, model[$0].number) < (model[$1].time, model[$1].number) }
        let expected = first.map { model.remove(at: $0).number }
        if queue.popFirst().map(number(of:)) != expected { differences.append(number) }
      } else {
        let time = Int64(random.draw(0...20))
        model.append((time, number))
        queue.post(.arrival(number), at: Instant(nanoseconds: time))
      }
      if queue.count != model.count { differences.append(number) }
      if queue.nextTime?.nanoseconds != model.map(\.time).min() { differences.append(number) }
    }
    #expect(differences == [])
  }

  private func drain(_ queue: inout EventQueue) -> [Int] {
    var numbers: [Int] = []
    while let event = queue.popFirst() { numbers.append(number(of: event)) }
    return numbers
  }

  private func number(of event: Event) -> Int {
    if case .arrival(let number) = event.what { number } else { -1 }
  }
}
