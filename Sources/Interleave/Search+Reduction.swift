// What need not be explored: sleep sets and source sets.

extension Search {
  /// Returns the processes that need not take the next step: what they would do has been explored from the parent, and
  /// the step taken since does not affect it.
  func asleep(after parent: Node) -> UInt32 {
    guard strategy == .reduced, let step = steps.last, parent.choices != 0 else { return 0 }
    var asleep: UInt32 = 0
    let candidates = (parent.asleep | parent.done) & ~(1 << UInt32(parent.chosen))
    forEachBit(UInt64(candidates)) { process in
      if !machine.touch(by: process).conflicts(with: step.touched) { asleep |= 1 << UInt32(process) }
    }
    return asleep
  }

  /// Finds earlier steps that the last one could have changed places with, and schedules those orders.
  mutating func reverseRaces(_ before: Clock, _ wait: Wait?) {
    let last = steps.count - 1
    let step = steps[last]
    guard step.touched.reads | step.touched.writes != 0 else { return }
    var covered = before
    work += last / 16
    for index in stride(from: last - 1, through: 0, by: -1) {
      let earlier = steps[index]
      guard earlier.process != step.process, earlier.touched.conflicts(with: step.touched) else { continue }
      if covered[earlier.process] < earlier.time {
        // A step that made this one possible cannot change places with it; an earlier one may.
        if let wait, !couldHavePreceded(index, wait) { continue }
        reverse(index, last)
      }
      covered = pointwiseMax(covered, earlier.clock)
    }
  }

  /// Schedules a forced turn for the moment at which the wait began: a subject that turned because no other process
  /// could go on might have turned then, because a real machine does not tell it either way.
  mutating func letTurnAtOnce(_ process: Int) {
    let last = steps.lastIndex { $0.process == process } ?? -1
    if last + 1 < nodes.count { nodes[last + 1].backtrack |= 1 << UInt32(process) }
  }

  /// Reverses the races of CPUs that wait forever at the end: they might have gone on at some earlier moment.
  mutating func reverseRacesOfStuck() {
    for cpu in machine.cpus.indices {
      guard let wait = machine.wait(of: cpu, &program) else { continue }
      let before = beforeStep(cpu)
      var clock = before
      clock[cpu] += 1
      steps.append(Step(process: cpu, time: clock[cpu], clock: clock, touched: machine.touch(by: cpu)))
      reverseRaces(before, wait)
      steps.removeLast()
    }
  }

  /// Whether a step that waited could have been taken without the step `index` and everything that depends on it.
  private mutating func couldHavePreceded(_ index: Int, _ wait: Wait) -> Bool {
    let earlier = steps[index]
    if machine.model == .releaseAcquire {
      return wait.sources.contains { $0 < index || steps[$0].clock[earlier.process] < earlier.time }
    }
    let written = UInt32(truncatingIfNeeded: earlier.touched.writes)
    guard written & wait.locations != 0 else { return true }
    let value = machine.replaced[index]
    if wait.isAwait { return program.isSatisfied(at: wait.node, by: value, code: wait.code) }
    return wait.locations != written || value != wait.seenValues[written.trailingZeroBitCount]
  }

  /// Schedules an execution in which the step `last` comes before the step `index`.
  private mutating func reverse(_ index: Int, _ last: Int) {
    let initials = initials(index, last)
    guard initials & nodes[index].backtrack == 0 else { return }
    let possible = initials & nodes[index].enabled
    let process = UInt32(1) << UInt32(steps[last].process)
    if possible & process != 0 {
      nodes[index].backtrack |= process
    } else if possible != 0 {
      nodes[index].backtrack |= 1 << UInt32(possible.trailingZeroBitCount)
    } else {
      nodes[index].backtrack |= nodes[index].enabled
    }
  }

  /// Returns the processes that can begin a sequence in which the steps after `index` that do not depend on it come
  /// first.
  private mutating func initials(_ index: Int, _ last: Int) -> UInt32 {
    let earlier = steps[index]
    work += (last - index) / 8
    var initials: UInt32 = 0
    var seen: UInt32 = 0
    var independent: [Int] = []
    for other in index + 1...last {
      let step = steps[other]
      if other < last, step.clock[earlier.process] >= earlier.time { continue }
      let bit = UInt32(1) << UInt32(step.process)
      let follows = independent.contains { step.clock[steps[$0].process] >= steps[$0].time }
      if seen & bit == 0, !follows { initials |= bit }
      seen |= bit
      work += independent.count / 32
      independent.append(other)
    }
    return initials
  }
}
