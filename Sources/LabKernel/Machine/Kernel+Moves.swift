// Every schedule: what can happen next, and how one of these things is made to happen. The scheduling classes are not
// asked; time passes only where the plan says so.

/// What is decided once for all states of a kernel whose every schedule is explored.
package struct ExplorationPlan: Sendable {
  /// Whether instructions and sleeps take their times.
  package let isTimed: Bool
  /// What the text of each program tells.
  let flows: [ProgramFlow]
  /// Whether pids are part of a state: some program may behave differently for another pid.
  package let heedsPIDs: Bool
  /// Whether some program makes calls beyond the few that only concern descriptors, memory and time.
  let heedsFiles: Bool
  /// Whether it may matter when a task ends that has nothing open and owns nothing.
  let heedsEnds: Bool

  /// The plan for a kernel with all its programs loaded.
  ///
  /// - Parameter reduces: whether orders that cannot make a difference are left out.
  package init(_ kernel: Kernel, isTimed: Bool, reduces: Bool = true) {
    self.isTimed = isTimed
    flows = kernel.programs.map(ProgramFlow.init)
    heedsPIDs = !reduces || flows.contains { $0.heedsPIDs }
    heedsFiles = !reduces || flows.contains { $0.heedsEverything }
    heedsEnds = !reduces || isTimed || flows.contains { $0.heedsEnds }
  }
}

/// One thing that can happen next.
package enum Move: Sendable, Equatable, Hashable {
  /// The task in this row does what it does next; `choice` is the number that it chooses, if it is to choose.
  case run(row: UInt16, choice: UInt16)
  /// The time of the sleep of the task in this row is up.
  case expire(row: UInt16)
  /// No task can run: time passes until something happens.
  case wait
}

/// A move that only touched memory, and what was there before.
package struct Access: Sendable {
  /// The task, as it was before.
  let task: Task
  /// How many bytes it touched.
  let width: Width
  /// Where.
  let address: Int
  /// What was there.
  let old: Int
  /// What it has added to the fingerprint of the state.
  package private(set) var added = StateDigest()
  /// What it has taken from the fingerprint of the state.
  package let removed: StateDigest

  fileprivate func adding(_ parts: StateDigest) -> Access {
    var copy = self
    copy.added = parts
    return copy
  }
}

extension Kernel {
  /// The machine of a workload, made ready: one CPU, scheduling classes that have no opinion, no trace, and every task
  /// begun, in the order of their starts.
  ///
  /// - Parameter isTimed: whether tasks begin at their starts, and not before.
  package static func forExploring(_ load: MachineLoad, isTimed: Bool) -> Kernel {
    var load = load
    load.configuration.cpus = 1
    load.configuration.tracing = false
    load.choices.removeAll { ["fair", "realtime"].contains($0.slot) }
    var components = Components.baseline
    (components.scheduling.fair, components.scheduling.realtime) = (AnyOrder.self, AnyOrder.self)
    var kernel = load.kernel(with: components)
    while let next = kernel.events.nextTime, !isTimed || next == kernel.now, let event = kernel.events.popFirst() {
      kernel.handle(event.what)
    }
    return kernel
  }

  /// Does what no other task notices, so that every task stands before something that one may.
  ///
  /// Due before the first move and after each. A task whose end no task can notice ends here, too.
  package mutating func settle(_ plan: ExplorationPlan) {
    for row in firstTask..<tasks.count where tasks[TaskID(row)].state.isRunnable { settle(TaskID(row), plan) }
    reschedule = CPUSet()
    tasks.buryTheDead()
  }

  /// Everything that can happen next; empty if nothing ever will.
  ///
  /// - Parameter moves: where they are put.
  package func moves(_ plan: ExplorationPlan, into moves: inout [Move]) {
    moves.removeAll(keepingCapacity: true)
    for row in firstTask..<tasks.count where tasks[TaskID(row)].state.isRunnable {
      switch prospect(of: TaskID(row), plan) {
      case .choice(let count): for choice in 0..<count { moves.append(.run(row: UInt16(row), choice: UInt16(choice))) }
      case .alone, .time, .access, .call, .signal, .end, .failure: moves.append(.run(row: UInt16(row), choice: 0))
      }
    }
    if events.isEmpty { return }
    if !plan.isTimed {
      for row in sleepersWithTimer { moves.append(.expire(row: UInt16(row))) }
    } else if moves.isEmpty {
      moves.append(.wait)
    }
  }

  /// Makes one thing happen; ``settle(_:)`` is due next.
  ///
  /// - Parameter move: one of ``moves(_:)``.
  package mutating func make(_ move: Move, _ plan: ExplorationPlan) {
    switch move {
    case .run(let row, let choice): step(TaskID(Int(row)), choice: Int(choice), plan)
    case .expire(let row): cutShort(TaskID(Int(row)), .timeout)
    case .wait: if let next = events.nextTime { pass(next - now) }
    }
    if !events.isEmpty {
      let numbers = tasks
      events.removeAll { event in
        if case .timer(let task, let sleep) = event.what { numbers[task].sleep.number != sleep } else { false }
      }
    }
  }

  /// Makes one move that only touches memory, and tells how to take it back.
  ///
  /// - Returns: nil if the move is of another kind; then nothing has changed.
  package mutating func access(_ move: Move, _ plan: ExplorationPlan) -> Access? {
    guard case .run(let row, _) = move, case let task = TaskID(Int(row)), prospect(of: task, plan) == .access,
      let program = tasks[task].engine.program?.index,
      let (width, address) = tasks[task].engine.place(code: programs[program]),
      case let map = tasks[task].memory, let old = memory.maps[map]?.load(width, at: address)
    else { return nil }
    let access = Access(
      task: tasks[task], width: width, address: address, old: old, removed: parts(around: task, plan))
    let times = plan.isTimed ? configuration.instructionTimes : nil
    _ = tasks[task].engine.takeOne(code: programs[program], memory: &memory.maps[map], choice: 0)
    if tasks[task].engine.runAlone(
      code: programs[program], memory: &memory.maps[map], isShared: true, times: times),
      !endsNow(task, plan)
    {
      return access.adding(parts(around: task, plan))
    }
    takeBack(access)
    return nil
  }

  /// Takes back the move that was made last.
  package mutating func takeBack(_ access: Access) {
    tasks[access.task.id] = access.task
    guard memory.maps[access.task.memory]?.load(access.width, at: access.address) != access.old else { return }
    _ = memory.maps[access.task.memory]?.store(access.old, access.width, at: access.address)
  }

  /// What a task does next.
  package func prospect(of task: TaskID, _ plan: ExplorationPlan) -> Prospect {
    if returnsToWork(task) { return .signal }
    if tasks[task].engine.thread != nil { return .access }
    guard let program = tasks[task].engine.program?.index else { return .end }
    let map = tasks[task].memory
    return tasks[task].engine.prospect(
      code: programs[program], sizes: map == .none ? (0, 0) : memory.maps[map]?.sizes ?? (0, 0),
      isShared: map != .none && memory.isShared(map), times: plan.isTimed ? configuration.instructionTimes : nil)
  }

  /// The rows of the tasks whose sleep a timer will end.
  private var sleepersWithTimer: [Int] {
    events.unordered.compactMap { event in
      guard case .timer(let task, let sleep) = event.what, tasks[task].sleep.number == sleep,
        tasks[task].state.isAsleep
      else { return nil }
      return task.index
    }.sorted()
  }

  /// The first row that is neither idle nor init.
  private var firstTask: Int { TaskID.initial.index + 1 }

  private func endsUnnoticed(_ task: TaskID) -> Bool {
    groups[tasks[task].group].threads == 1 && files.isEmpty(tasks[task].files)
      && !locks.all.contains { locks.mutexes.owner(of: $0) == task }
  }

  private mutating func step(_ task: TaskID, choice: Int, _ plan: ExplorationPlan) {
    current = task
    defer { current = .idle }
    if case .time(let time) = prospect(of: task, plan) {
      let passing = min(time, events.nextTime.map { $0 - now } ?? time)
      tasks[task].engine.begin(time, passing: passing)
      return pass(passing)
    }
    tasks[task].state = .running(0)
    defer { if tasks[task].state == .running(0) { tasks[task].state = .runnable } }
    if returnsToWork(task) { return seeToWork(of: task) }
    if let thread = tasks[task].engine.thread { return step(thread: task, thread) }
    guard let program = tasks[task].engine.program?.index else { return }
    let map = tasks[task].memory
    let stop: Stop?
    if map == .none {
      var nothing: MemoryMap?
      stop = tasks[task].engine.takeOne(code: programs[program], memory: &nothing, choice: choice)
    } else {
      stop = tasks[task].engine.takeOne(code: programs[program], memory: &memory.maps[map], choice: choice)
    }
    if let stop { answer(stop, of: task) }
  }

  /// Lets time pass, and everything happen that is due then.
  private mutating func pass(_ time: Duration) {
    now = now + time
    while let next = events.nextTime, next <= now, let event = events.popFirst() { handle(event.what) }
  }

  private mutating func settle(_ task: TaskID, _ plan: ExplorationPlan) {
    runAlone(task, plan)
    if tasks[task].state.isRunnable, endsNow(task, plan) { step(task, choice: 0, plan) }
  }

  /// Whether a task is about to end, and no other task can notice.
  private func endsNow(_ task: TaskID, _ plan: ExplorationPlan) -> Bool {
    guard !plan.heedsEnds else { return false }
    switch prospect(of: task, plan) {
    case .end, .call(SystemCallNumber.exit, _): return endsUnnoticed(task)
    case .alone, .time, .access, .call, .choice, .signal, .failure: return false
    }
  }

  private mutating func runAlone(_ task: TaskID, _ plan: ExplorationPlan) {
    guard prospect(of: task, plan) == .alone, let program = tasks[task].engine.program?.index else { return }
    let map = tasks[task].memory
    let times = plan.isTimed ? configuration.instructionTimes : nil
    let ends: Bool
    if map == .none {
      var nothing: MemoryMap?
      ends = tasks[task].engine.runAlone(code: programs[program], memory: &nothing, isShared: false, times: times)
    } else {
      ends = tasks[task].engine.runAlone(
        code: programs[program], memory: &memory.maps[map], isShared: memory.isShared(map), times: times)
    }
    if !ends { exitGroup(task, .signaled(.SIGXCPU)) }
  }
}

extension SystemCallNumber {
  /// exit(2).
  fileprivate static let exit: SystemCallNumber = "exit"
}

// What is told about a state.
extension Kernel {
  /// The tasks that sleep or are stopped, except init.
  package var sleepingTasks: [TaskID] {
    (firstTask..<max(firstTask, tasks.count)).map { TaskID($0) }.filter { isAtRest($0) }
  }

  /// Whether any task sleeps or is stopped, except init.
  package var hasSleepers: Bool {
    for row in firstTask..<max(firstTask, tasks.count) where isAtRest(TaskID(row)) { return true }
    return false
  }

  private func isAtRest(_ task: TaskID) -> Bool { tasks[task].state.isAsleep || tasks[task].state == .stopped }

  /// The address of a variable that some program names.
  package func addressOfVariable(_ name: String) -> Int? {
    programs.lazy.compactMap { $0.data.find(name)?.address }.first
  }

  /// The word at an address of the memory that tasks share from their start.
  package func sharedWord(at address: Int) -> Int? { memory.loadShared(at: address) }

  /// Says which task is which.
  package mutating func setLineage(of task: TaskID, to lineage: UInt32) { tasks[task].lineage = lineage }

  /// The call in which a task sleeps, as scripts write it.
  package func call(of task: TaskID) -> String { sleepers.first { $0.pid == tasks[task].pid }?.call ?? "" }

  /// Makes a move, and tells what it was, for a timeline.
  ///
  /// - Returns: what was done, and what came of it; the second may be empty.
  package mutating func tell(_ move: Move, _ plan: ExplorationPlan) -> (what: String, result: String) {
    trace = Trace(isOn: true)
    defer { trace = Trace(isOn: false) }
    guard case .run(let row, let choice) = move, case let task = TaskID(Int(row)) else {
      make(move, plan)
      if case .wait = move { return ("time passes", "now \(now)") }
      return ("its time is up", "")
    }
    let what = text(of: task, plan)
    let loaded = tasks[task].engine.program.flatMap { loadedNumber(of: task, programs[$0.index]) }
    let isChoice = if case .choice = prospect(of: task, plan) { true } else { false }
    make(move, plan)
    return (what, isChoice ? "= \(choice)" : loaded.map { "= \($0)" } ?? result(for: task))
  }

  private func text(of task: TaskID, _ plan: ExplorationPlan) -> String {
    guard let program = tasks[task].engine.program else { return "ends" }
    switch prospect(of: task, plan) {
    case .time(let time): return "runs, for up to \(time)"
    case .signal: return "sees to its signals"
    case .alone, .access, .call, .choice, .end, .failure: break
    }
    return tasks[task].engine.text(code: programs[program.index])
  }

  private func loadedNumber(of task: TaskID, _ code: Program) -> Int? {
    guard tasks[task].memory != .none, let (width, address) = tasks[task].engine.place(code: code),
      tasks[task].engine.text(code: code).hasPrefix("load")
    else { return nil }
    return memory.maps[tasks[task].memory]?.load(width, at: address)
  }

  /// What came of a system call, from the trace of one move.
  private func result(for task: TaskID) -> String {
    var results: [String] = []
    for event in trace.events {
      switch event.what {
      case .sysExit(tasks[task].pid, _, let result):
        results.append("= " + (Errno(rawValue: -result).map { "-\($0)" } ?? String(result)))
      case .schedProcessExit(let pid, let status):
        let who = pid == tasks[task].pid ? "" : "\(name(of: pid)) "
        results.append(who + status.sentence)
      case .schedWakeup(let pid): results.append("wakes \(name(of: pid))")
      default: break
      }
    }
    if tasks[task].state == .stopped { results.append("stops") }
    if tasks[task].state.isAsleep { results.append("sleeps") }
    return results.joined(separator: ", ")
  }

  /// The text of the assertion whose failure has just ended a task.
  package func failedAssertion(of task: TaskID) -> String? {
    guard let program = tasks[task].engine.program else { return nil }
    return programs[program.index].assertion(endingAt: tasks[task].engine.position)
  }
}

extension ExitStatus {
  /// How a task ended, in words.
  package var sentence: String {
    switch self {
    case .exited(let code): "exit \(code)"
    case .signaled(let signal): "\(signal)"
    }
  }
}
