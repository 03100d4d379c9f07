// What need not be explored: sleep sets and source sets.

extension Search {
  /// Processes that need not take the next step: what they would do has been explored from the parent, and the step
  /// taken since does not matter to it.
  func asleep(after parent: Node) -> UInt32 {
    guard strategy == .reduced, let step = steps.last, parent.choices != 0 else { return 0 }
    var asleep: UInt32 = 0
    let candidates = (parent.asleep | parent.done) & ~(1 << UInt32(parent.chosen))
    forEachBit(UInt64(candidates)) { process in
      if !machine.touch(by: process).conflicts(with: step.touched) { asleep |= 1 << UInt32(process) }
    }
    return asleep
  }

  /// Looks for earlier steps with which the last one could have changed places, and has that explored.
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
        // What made the step possible cannot change places with it; what came before that may.
        if let wait, !couldHavePreceded(index, wait) { continue }
        reverse(index, last)
      }
      covered = pointwiseMax(covered, earlier.clock)
    }
  }

  /// A subject that turned because nobody else could go on might have turned as soon as it came to wait: on a machine
  /// nobody tells it, so that it must not be able to tell.
  mutating func letTurnAtOnce(_ process: Int) {
    let last = steps.lastIndex { $0.process == process } ?? -1
    if last + 1 < nodes.count { nodes[last + 1].backtrack |= 1 << UInt32(process) }
  }

  /// Those that wait for ever at the end might have gone on at some earlier moment.
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

  /// Whether a step that waited could have been taken without the step `index` and all that came of that.
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

  /// Has an execution explored in which the step `last` comes before the step `index`.
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

  /// The processes that can begin a sequence in which the steps after `index` that do not depend on it come first.
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
