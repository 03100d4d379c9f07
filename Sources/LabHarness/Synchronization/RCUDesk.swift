internal import Interleave
internal import LabKernel

/// What the CPUs of a scene of the RCU lab share, and how they carry out its acts.
struct RCUDesk {
  private let rcu: Subject<any ReadCopyUpdate>
  private let pointers: [Atomic]
  private let objects: [SharedCell]
  /// For each CPU, the number of its pointer and the first of its new objects.
  private let places: [(pointer: Int, next: Int)]
  private let signals: [Atomic]
  /// How far each CPU has come.
  private let marks: [Atomic]
  private let silence: Silence?
  private let gate: RCUGate?
  private let second: RCUSecondPointer?

  /// What a CPU has done of its updates: a class, because its callbacks continue from where it is when they run.
  private final class Updater {
    /// The number of the CPU.
    let cpu: Int
    /// The number of its pointer.
    let pointer: Int
    /// The object to which its pointer leads.
    var current: Int
    /// Its next new object.
    var next: Int
    /// Its next callback.
    var callback = 0
    /// Whether it is in `barrier`.
    var isInBarrier = false
    /// The objects that it has replaced and not freed.
    var replaced: [Int] = []
    /// The objects that it has found, and reads later.
    var found: [Int] = []

    init(_ cpu: Int, pointer: Int, next: Int) {
      self.cpu = cpu
      self.pointer = pointer
      self.current = pointer
      self.next = next
    }
  }

  /// Everything as it is at the start.
  init(_ rcu: Subject<any ReadCopyUpdate>, _ scene: RCULab.Scene) {
    self.rcu = rcu
    let updates = scene.cpus.map { $0.reduce(0) { $0 + $1.updates } }
    let count = scene.pointers
    pointers = (0..<count).map { Atomic($0) }
    objects = (0..<scene.objects).map { SharedCell($0 < count ? $0 : 0) }
    signals = (0..<scene.signals).map { _ in Atomic(0) }
    marks = scene.has(\.isAboutMarks) ? scene.cpus.map { _ in Atomic(0) } : []
    silence = scene.has { $0 == .untilQuiet } ? Silence() : nil
    gate = scene.has(\.isAtTheGate) ? RCUGate() : nil
    second = scene.has(\.isAtTheSecondPointer) ? RCUSecondPointer(rcu) : nil
    var places: [(pointer: Int, next: Int)] = []
    var pointer = 0
    var next = count
    for number in updates {
      places.append((pointer, next))
      next += number
      if number > 0 { pointer += 1 }
    }
    self.places = places
  }

  /// Gives everything its name, and gives the pointers to the RCU.
  func name(in scenario: inout Scenario) {
    scenario.lend(pointers)
    for (number, pointer) in pointers.enumerated() {
      scenario.name(pointer, pointers.count == 1 ? "pointer" : "pointer \(number)")
    }
    for (number, object) in objects.enumerated() { scenario.name(object, "object \(number)") }
    scenario.name(signals, "signals")
    scenario.name(marks, "marks")
    gate?.name(in: &scenario)
    second?.name(in: &scenario)
  }

  /// Carries out the acts of one CPU.
  func carryOut(_ acts: [RCULab.Act], on cpu: Int) {
    let updater = Updater(cpu, pointer: places[cpu].pointer, next: places[cpu].next)
    for act in acts { carryOut(act, updater) }
  }

  private func carryOut(_ act: RCULab.Act, _ updater: Updater) {
    switch act {
    case .read: inSection { followAll() }
    case .readNested: inSection { followAll { inSection {} } }
    case .enter: enter()
    case .leave: leave()
    case .follow: followAll()
    case .find: updater.found += pointers.indices.map { dereference($0) }
    case .use: use(updater)
    case .publish: updater.replaced.append(replace(updater))
    case .free: free(takeReplaced(updater))
    case .freeLater: freeLater(updater)
    case .synchronize: synchronizeAlone()
    case .update: update(updater)
    case .putBack: putBack(updater)
    case .updateLater: updateLater(updater)
    case .updateTwiceLater: updateTwiceLater(updater)
    case .call(let count): call(count, updater)
    case .later(let acts): later(acts, updater)
    case .barrier: barrier(updater)
    case .gate(let act): gate?.carryOut(act)
    case .second(let act): second?.carryOut(act, act == .pass ? dereference(0) : updater.current)
    case .signal(let number): signals[number].store(1, ordering: .releasing)
    case .wait(let number): signals[number].spin(until: { $0 == 1 }, ordering: .acquiring)
    case .looks(let number): tell(SeenOfRCU.over, number)
    case .finds(let number): tell(SeenOfRCU.mustBeOver, number)
    case .findsNot(let number): tell(SeenOfRCU.mustNotBeOver, number)
    case .untilQuiet: silence?.waitUntilQuiet()
    case .mark(let number): marks[updater.cpu].store(number, ordering: .releasing)
    case .awaits(let cpu, let mark): marks[cpu].spin(until: { $0 >= mark }, ordering: .acquiring)
    case .findsBefore(let cpu, let mark):
      observe(SeenOfRCU.mustNotBeOver, marks[cpu].load(ordering: .acquiring) >= mark ? 1 : 0)
    }
  }

  private func tell(_ name: String, _ signal: Int) { observe(name, signals[signal].load(ordering: .acquiring)) }
}

// Readers.

extension RCUDesk {
  private func enter() { rcu.call("readLock()") { $0.readLock() } }

  private func leave() { rcu.call("readUnlock()") { $0.readUnlock() } }

  private func inSection(_ body: () -> Void) {
    enter()
    body()
    leave()
  }

  private func dereference(_ number: Int) -> Int {
    let pointer = pointers[number]
    return rcu.call("dereference(pointer \(number))") { $0.dereference(pointer) }
  }

  private func followAll(meanwhile: () -> Void = {}) {
    for number in pointers.indices {
      let object = dereference(number)
      meanwhile()
      read(object)
    }
  }

  private func use(_ updater: Updater) {
    for object in updater.found { read(object) }
    updater.found = []
  }

  private func read(_ object: Int) {
    if objects.indices.contains(object) { _ = objects[object].read() }
    observe(SeenOfRCU.object, object)
  }
}

// Updaters.

extension RCUDesk {
  /// Publishes a new object, and returns the old one.
  ///
  /// There are as many new objects as the scene asks for: a callback that runs too often finds none left, and publishes
  /// nothing.
  private func replace(_ updater: Updater) -> Int {
    guard objects.indices.contains(updater.next) else { return updater.current }
    let (old, new) = (updater.current, updater.next)
    updater.current = new
    updater.next += 1
    put(new, in: updater.pointer)
    return old
  }

  private func put(_ new: Int, in number: Int) {
    objects[new].write(new)
    let pointer = pointers[number]
    rcu.call("publish(\(new), to: pointer \(number))") { $0.publish(new, to: pointer) }
  }

  private func takeReplaced(_ updater: Updater) -> [Int] {
    defer { updater.replaced = [] }
    return updater.replaced
  }

  private func free(_ old: [Int]) { for object in old { objects[object].free() } }

  private func synchronize() { rcu.call("synchronize()") { $0.synchronize() } }

  private func synchronizeAlone() {
    synchronize()
    // Reports progress: this code is not waiting for anything that it looks at again.
    observe(SeenOfRCU.synchronized, 1)
  }

  private func update(_ updater: Updater) {
    let old = replace(updater)
    synchronize()
    objects[old].free()
  }

  private func putBack(_ updater: Updater) {
    let old = replace(updater)
    synchronize()
    updater.current = old
    put(old, in: updater.pointer)
  }
}

// Callbacks.

extension RCUDesk {
  private func freeLater(_ updater: Updater) {
    let old = takeReplaced(updater)
    call(takeNumbers(1, updater), updater) { free(old) }
  }

  private func updateLater(_ updater: Updater) {
    let old = replace(updater)
    call(takeNumbers(1, updater), updater) { objects[old].free() }
  }

  private func updateTwiceLater(_ updater: Updater) {
    let old = replace(updater)
    let middle = updater.current
    let number = takeNumbers(2, updater)
    let new = updater.next
    updater.current = new
    updater.next += 1
    call(number, updater) {
      objects[old].free()
      put(new, in: updater.pointer)
      call(number + 1, updater) { objects[middle].free() }
    }
  }

  /// Asks for this many callbacks, each of them asked for by the one before.
  private func call(_ count: Int, _ updater: Updater) { chain(takeNumbers(count, updater), count, updater) }

  private func chain(_ number: Int, _ count: Int, _ updater: Updater) {
    call(number, updater) {
      if count > 1 { chain(number + 1, count - 1, updater) }
    }
  }

  private func later(_ acts: [RCULab.Act], _ updater: Updater) {
    let number = takeNumbers(RCULab.Act.later(acts).callbacks, updater)
    call(number, updater) {
      let next = updater.callback
      updater.callback = number + 1
      for act in acts { carryOut(act, updater) }
      updater.callback = next
    }
  }

  /// Takes this many unused numbers for callbacks; returns the first.
  private func takeNumbers(_ count: Int, _ updater: Updater) -> Int {
    defer { updater.callback += count }
    return updater.callback
  }

  /// Asks for a callback that reports that it runs, and then runs `body`.
  private func call(_ number: Int, _ updater: Updater, _ body: @escaping () -> Void) {
    let callback = rcu.callback {
      observe(updater.isInBarrier ? SeenOfRCU.callback : SeenOfRCU.strayCallback, number)
      body()
    }
    rcu.call("call(callback \(number))") { $0.call(callback) }
  }

  private func barrier(_ updater: Updater) {
    updater.isInBarrier = true
    rcu.call("barrier()") { $0.barrier() }
    updater.isInBarrier = false
    observe(SeenOfRCU.barrier, 1)
  }
}
