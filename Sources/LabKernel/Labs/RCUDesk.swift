internal import Interleave

/// What the CPUs of a scene of the RCU lab share, and how they carry out its acts.
struct RCUDesk {
  private let rcu: Subject<any ReadCopyUpdate>
  private let pointers: [Atomic]
  private let objects: [SharedCell]
  /// Of each CPU: its pointer, and the first of its new objects.
  private let places: [Updater]
  /// For the scenes with a holder: it is in its section; somebody came after it; the grace period is over.
  private let held = Atomic(0)
  private let joined = Atomic(0)
  private let over = Atomic(0)
  private let silence = Silence()

  /// How far a CPU has come with its updates.
  struct Updater {
    /// The number of its pointer.
    var pointer: Int
    /// The object to which that points.
    var current: Int
    /// Its next new object.
    var next: Int
    /// Its next callback.
    var callback = 0
  }

  /// Everything, as it is at the start.
  init(_ rcu: Subject<any ReadCopyUpdate>, _ scene: RCULab.Scene) {
    self.rcu = rcu
    let updates = scene.cpus.map { $0.reduce(0) { $0 + $1.updates } }
    let count = scene.pointers
    pointers = (0..<count).map { Atomic($0) }
    objects = (0..<scene.objects).map { SharedCell($0 < count ? $0 : 0) }
    var places: [Updater] = []
    var pointer = 0
    var next = count
    for number in updates {
      places.append(Updater(pointer: pointer, current: pointer, next: next))
      next += number
      if number > 0 { pointer += 1 }
    }
    self.places = places
  }

  /// Gives everything its name, and the pointers to RCU.
  func name(in scenario: inout Scenario) {
    scenario.lend(pointers)
    for (number, pointer) in pointers.enumerated() {
      scenario.name(pointer, pointers.count == 1 ? "pointer" : "pointer \(number)")
    }
    for (number, object) in objects.enumerated() { scenario.name(object, "object \(number)") }
    scenario.name(held, "held")
    scenario.name(joined, "joined")
    scenario.name(over, "over")
  }

  /// What one CPU does.
  func carryOut(_ acts: [RCULab.Act], on cpu: Int) {
    var updater = places[cpu]
    for act in acts {
      switch act {
      case .read: inSection { readAll() }
      case .readNested: inSection { readAll { inSection {} } }
      case .publish: _ = replace(&updater)
      case .update: update(&updater)
      case .updateLater: updateLater(&updater)
      case .updateLaterInside: inSection { updateLater(&updater) }
      case .updateTwiceLater: updateTwiceLater(&updater)
      case .call: call(&updater)
      case .callTwice: callTwice(&updater)
      case .barrier: barrier()
      case .hold: hold()
      case .comeAgain: comeAgain()
      case .arriveLate: arriveLate()
      case .waitForHolder: waitForHolder()
      }
    }
  }
}

// Readers.

extension RCUDesk {
  private func inSection(_ body: () -> Void) {
    rcu.call("readLock()") { $0.readLock() }
    body()
    rcu.call("readUnlock()") { $0.readUnlock() }
  }

  private func readAll(meanwhile: () -> Void = {}) {
    for (number, pointer) in pointers.enumerated() {
      let object: Int = rcu.call("dereference(pointer \(number))") { $0.dereference(pointer) }
      meanwhile()
      if objects.indices.contains(object) { _ = objects[object].read() }
      observe("object", object)
    }
  }

  private func hold() {
    inSection {
      held.store(1, ordering: .releasing)
      joined.spin(until: { $0 == 1 }, ordering: .acquiring)
    }
  }

  // An updater that waits in two steps may wait for the second section, too. Whoever still waits in the third waits for
  // as long as sections come.
  private func comeAgain() {
    for section in 1...3 {
      inSection {
        if section == 1 { held.store(1, ordering: .releasing) }
        silence.waitUntilQuiet()
        if section == 3 { observe("over in the third", over.load(ordering: .acquiring)) }
      }
    }
  }

  private func arriveLate() {
    held.spin(until: { $0 == 1 }, ordering: .acquiring)
    inSection {
      joined.store(1, ordering: .releasing)
      observe("over", over.load(ordering: .acquiring))
    }
  }
}

// Updaters.

extension RCUDesk {
  /// Publishes a new object, and returns the old one.
  private func replace(_ updater: inout Updater) -> Int {
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

  private func update(_ updater: inout Updater) {
    let old = replace(&updater)
    rcu.call("synchronize()") { $0.synchronize() }
    objects[old].free()
  }

  private func updateLater(_ updater: inout Updater) {
    let old = replace(&updater)
    let number = updater.callback
    updater.callback += 1
    call(number) { objects[old].free() }
  }

  private func updateTwiceLater(_ updater: inout Updater) {
    let old = replace(&updater)
    let (pointer, middle, new, number) = (updater.pointer, updater.current, updater.next, updater.callback)
    updater.current = new
    updater.next += 1
    updater.callback += 2
    call(number) {
      objects[old].free()
      put(new, in: pointer)
      call(number + 1) { objects[middle].free() }
    }
  }

  private func call(_ updater: inout Updater) {
    let number = updater.callback
    updater.callback += 1
    call(number)
  }

  private func callTwice(_ updater: inout Updater) {
    let number = updater.callback
    updater.callback += 2
    call(number) { call(number + 1) }
  }

  /// Has a callback run that tells that it does, and what else there is to do.
  private func call(_ number: Int, _ body: @escaping () -> Void = {}) {
    let callback = rcu.callback {
      observe("callback", number)
      body()
    }
    rcu.call("call(callback \(number))") { $0.call(callback) }
  }

  private func barrier() {
    rcu.call("barrier()") { $0.barrier() }
  }

  private func waitForHolder() {
    held.spin(until: { $0 == 1 }, ordering: .acquiring)
    rcu.call("synchronize()") { $0.synchronize() }
    over.store(1, ordering: .releasing)
  }
}
