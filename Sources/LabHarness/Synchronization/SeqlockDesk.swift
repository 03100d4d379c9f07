internal import Interleave
internal import LabKernel

/// What the codes of a scene of the seqlock lab share, and how they use it.
struct SeqlockDesk {
  private let lock: Subject<any SequenceLock>
  private let scene: SeqlockLab.Scene
  private let first = Atomic(0)
  private let second = Atomic(0)
  private let section = CriticalSection()
  /// Counts the turns of the CPU that is overtaken and those that overtake it; nil where there are none.
  private let turn: Atomic?
  private let signals: [Atomic]
  private let writes: Int
  /// The CPUs that overtake, in the order in which they write.
  private let overtakers: [Int]

  /// A pair that has not been written yet.
  init(_ lock: Subject<any SequenceLock>, _ scene: SeqlockLab.Scene) {
    self.lock = lock
    self.scene = scene
    writes = scene.writes
    overtakers = scene.cpus.indices.filter { scene.cpus[$0].contains { $0.overtakes } }
    turn = overtakers.isEmpty ? nil : Atomic(0)
    signals = (0..<scene.signals).map { _ in Atomic(0) }
  }

  /// Gives names to the locations that tables show.
  func name(in scenario: inout Scenario) {
    scenario.name(first, "first")
    scenario.name(second, "second")
    scenario.name(section, "write")
    if let turn { scenario.name(turn, SeqlockLab.turnName) }
    scenario.name(signals, "signals")
  }

  /// Does the acts of a CPU, or of a handler where `cpu` is nil, one after the other.
  func carryOut(_ acts: [SeqlockLab.Act], of cpu: Int?, numbersFrom number: Int) {
    var number = number
    for (index, act) in acts.enumerated() {
      // A handler's read section lies within whatever its CPU does.
      let isNearWrite = cpu.map { scene.mayMeetWrite($0, act: index) } ?? (writes > 0)
      carryOut(act, of: cpu, number, isNearWrite)
      number += act.writes
    }
  }

  private func carryOut(_ act: SeqlockLab.Act, of cpu: Int?, _ number: Int, _ isNearWrite: Bool) {
    switch act {
    case .read: read(isNearWrite)
    case .readOnce: read(isNearWrite, isPatient: false)
    case .maskedRead: masked { read(isNearWrite, interrupts: 0) }
    case .readAround: read(isNearWrite) { read(isNearWrite) }
    case .readUntil(let number): readUntil(number, isNearWrite)
    case .write: write(number)
    case .writeUntil(let signal): write(number, until: signal)
    case .maskedWrite: masked { write(number, interrupts: 0) }
    case .writeWithin: writeWithin(number)
    case .signal(let number): signals[number].store(1, ordering: .relaxed)
    case .wait(let number): signals[number].spin(until: { $0 == 1 }, ordering: .relaxed)
    case .release(let number): signals[number].store(1, ordering: .releasing)
    case .acquire(let number): signals[number].spin(until: { $0 == 1 }, ordering: .acquiring)
    case .overtaken(let counts): overtaken(counts)
    case .overtakes(let counts): overtake(counts, place: overtakers.firstIndex { $0 == cpu } ?? 0, numbersFrom: number)
    }
  }

  private func masked(_ body: () -> Void) {
    let flags = irqSave()
    body()
    irqRestore(flags)
  }

  /// Reports interrupts that are not as they must be.
  private func expect(interrupts expected: Int, _ name: String) {
    guard scene.isWatched else { return }
    let flags = irqSave()
    if flags != expected { observe(name, flags) }
    irqRestore(flags)
  }
}

// Readers.

extension SeqlockDesk {
  private func read(_ isNearWrite: Bool, interrupts: Int = 1, isPatient: Bool = true, meanwhile: () -> Void = {}) {
    var pair = (0, 0)
    var passes = 0
    while true {
      let start: Int = lock.call("readBegin()") { $0.readBegin() }
      expect(interrupts: interrupts, SeenOfSeqlock.interruptsInRead)
      pair.0 = first.load(ordering: .relaxed)
      meanwhile()
      pair.1 = second.load(ordering: .relaxed)
      // From here on it is only reported that they are many, so that a loop that waits returns to an earlier state.
      passes = min(passes + 1, writes + 2)
      guard lock.call("readRetry(\(start))", { $0.readRetry(start) }) else { break }
      guard isPatient || !isNearWrite else { return }
      // A reader that is sent back more often than there are writes has not waited in `readBegin`: it waits here.
      if passes > writes { cpuRelax() }
    }
    expect(interrupts: interrupts, SeenOfSeqlock.interruptsAfterRead)
    observe(SeenOfSeqlock.first, pair.0)
    observe(SeenOfSeqlock.second, pair.1)
    observe(SeenOfSeqlock.passes, passes)
    if passes > 1, !isNearWrite { observe(SeenOfSeqlock.repeated, passes) }
  }

  /// Waits for the signal between the halves only the first time, so that a waiting loop returns to an earlier state.
  private func readUntil(_ number: Int, _ isNearWrite: Bool) {
    var hasHeard = false
    read(isNearWrite) {
      if !hasHeard { signals[number].spin(until: { $0 == 1 }, ordering: .relaxed) }
      hasHeard = true
    }
  }

  private func writeWithin(_ number: Int) {
    let start: Int = lock.call("readBegin()") { $0.readBegin() }
    write(number)
    let isSentBack: Bool = lock.call("readRetry(\(start))") { $0.readRetry(start) }
    if !isSentBack { observe(SeenOfSeqlock.content, 1) }
  }

  private func overtaken(_ counts: [Int]) {
    guard let turn else { return }
    let turns = overtakers.count + 1
    for (round, count) in counts.enumerated() {
      let start: Int = lock.call("readBegin()") { $0.readBegin() }
      turn.store(round * turns + 1, ordering: .releasing)
      turn.spin(until: { $0 == (round + 1) * turns }, ordering: .acquiring)
      let isSentBack: Bool = lock.call("readRetry(\(start))") { $0.readRetry(start) }
      if !isSentBack { observe(SeenOfSeqlock.content, count * overtakers.count) }
    }
  }
}

// Writers.

extension SeqlockDesk {
  private func write(_ number: Int, interrupts: Int = 1, until signal: Int? = nil) {
    let flags: Int = lock.call("writeBegin()") { $0.writeBegin() }
    section.enter()
    expect(interrupts: 0, SeenOfSeqlock.interruptsInWrite)
    first.store(number, ordering: .relaxed)
    if let signal { signals[signal].spin(until: { $0 == 1 }, ordering: .relaxed) }
    second.store(number, ordering: .relaxed)
    section.leave()
    lock.call("writeEnd(\(flags))") { $0.writeEnd(flags) }
    expect(interrupts: interrupts, SeenOfSeqlock.interruptsAfterWrite)
  }

  private func overtake(_ counts: [Int], place: Int, numbersFrom first: Int) {
    guard let turn else { return }
    let turns = overtakers.count + 1
    var number = first
    for (round, count) in counts.enumerated() {
      turn.spin(until: { $0 == round * turns + 1 + place }, ordering: .acquiring)
      for _ in 0..<count {
        write(number)
        number += 1
      }
      turn.store(round * turns + 2 + place, ordering: .releasing)
    }
  }
}
