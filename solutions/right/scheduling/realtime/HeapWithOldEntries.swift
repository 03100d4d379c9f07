// Design: a binary heap by level and stamp; entries that are no longer valid stay in it until they come up.
import LabKernel

struct RealtimeScheduler: SchedulingClass {
  private struct Entry {
    let level: Int
    let stamp: Int
    let task: TaskID

    static func < (left: Entry, right: Entry) -> Bool { (left.level, left.stamp) < (right.level, right.stamp) }
  }

  private var heap: [Entry] = []
  /// The stamp of each task that is enqueued.
  private var stamps: [TaskID: Int] = [:]
  private var counter = 1

  mutating func enqueue(_ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext) {
    counter += 1
    let stamp = end == .tail ? counter : -counter
    stamps[task] = stamp
    heap.append(Entry(level: context[task].priority, stamp: stamp, task: task))
    rise(from: heap.count - 1)
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { stamps[task] = nil }

  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    while let top = heap.first {
      if stamps[top.task] == top.stamp { return top.task }
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
      sink(from: 0)
    }
    return nil
  }

  mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
    dequeue(task, in: &context)
    enqueue(task, .changed, at: .tail, in: &context)
  }

  mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard context[task].policy == .roundRobin else { return false }
    let left = context[task].timeSlice - 1
    context[task].timeSlice = left > 0 ? left : context[task].fullTimeSlice
    if left <= 0 { yield(task, in: &context) }
    return left <= 0
  }

  func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
    context[task].priority < context[running].priority
  }

  private mutating func rise(from place: Int) {
    guard place > 0, heap[place] < heap[(place - 1) / 2] else { return }
    heap.swapAt(place, (place - 1) / 2)
    rise(from: (place - 1) / 2)
  }

  private mutating func sink(from place: Int) {
    let children = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }
    guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[place] else { return }
    heap.swapAt(place, least)
    sink(from: least)
  }
}
