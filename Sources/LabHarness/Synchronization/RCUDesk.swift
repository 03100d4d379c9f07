internal import Interleave
internal import LabKernel

/// What the CPUs of a scene of the RCU lab share, and how they carry out its acts.
struct RCUDesk {
  private let rcu: Subject<any ReadCopyUpdate>
  private let pointers: [Atomic]
  private let objects: [SharedCell]
  /// Of each CPU: its pointer, and the first of its new objects.
  private let places: [Updater]
  private let signals: [Atomic]
  private let silence: Silence?

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
    /// Where it is, for its callbacks to know.
    var whereabouts = Whereabouts()
  }

  /// Whether a CPU is in `barrier`: a class, because callbacks ask for it when they run.
  final class Whereabouts {
    /// Whether it is.
    var isInBarrier = false
  }

  /// Everything, as it is at the start.
  init(_ rcu: Subject<any ReadCopyUpdate>, _ scene: RCULab.Scene) {
    self.rcu = rcu
    let updates = scene.cpus.map { $0.reduce(0) { $0 + $1.updates } }
    let count = scene.pointers
    pointers = (0..<count).map { Atomic($0) }
    objects = (0..<scene.objects).map { SharedCell($0 < count ? $0 : 0) }
    signals = (0..<scene.signals).map { _ in Atomic(0) }
    silence = scene.cpus.joined().contains(.untilQuiet) ? Silence() : nil
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
    scenario.name(signals, "signals")
  }

  /// What one CPU does.
  func carryOut(_ acts: [RCULab.Act], on cpu: Int) {
    var updater = places[cpu]
    updater.whereabouts = Whereabouts()
    for act in acts { carryOut(act, &updater) }
  }

  private func carryOut(_ act: RCULab.Act, _ updater: inout Updater) {
    switch act {
    case .read: inSection { followAll() }
    case .readNested: inSection { followAll { inSection {} } }
    case .enter: enter()
    case .leave: leave()
    case .follow: followAll()
    case .publish: _ = replace(&updater)
    case .synchronize:
      synchronize()
      // Says that it gets on: it does not wait for anything that it looks at once more.
      observe(SeenOfRCU.synchronized, 1)
    case .update: update(&updater)
    case .putBack: putBack(&updater)
    case .updateLater: updateLater(&updater)
    case .updateTwiceLater: updateTwiceLater(&updater)
    case .call(let count):
      call(updater.callback, count, updater.whereabouts)
      updater.callback += count
    case .barrier: barrier(updater.whereabouts)
    case .signal(let number): signals[number].store(1, ordering: .releasing)
    case .wait(let number): signals[number].spin(until: { $0 == 1 }, ordering: .acquiring)
    case .looks(let number): observe(SeenOfRCU.over, signals[number].load(ordering: .acquiring))
    case .finds(let number): observe(SeenOfRCU.mustBeOver, signals[number].load(ordering: .acquiring))
    case .findsNot(let number): observe(SeenOfRCU.mustNotBeOver, signals[number].load(ordering: .acquiring))
    case .untilQuiet: silence?.waitUntilQuiet()
    }
  }
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

  private func followAll(meanwhile: () -> Void = {}) {
    for (number, pointer) in pointers.enumerated() {
      let object: Int = rcu.call("dereference(pointer \(number))") { $0.dereference(pointer) }
      meanwhile()
      if objects.indices.contains(object) { _ = objects[object].read() }
      observe(SeenOfRCU.object, object)
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

  private func synchronize() { rcu.call("synchronize()") { $0.synchronize() } }

  private func update(_ updater: inout Updater) {
    let old = replace(&updater)
    synchronize()
    objects[old].free()
  }

  private func putBack(_ updater: inout Updater) {
    let old = replace(&updater)
    synchronize()
    updater.current = old
    put(old, in: updater.pointer)
  }

  private func updateLater(_ updater: inout Updater) {
    let old = replace(&updater)
    let number = updater.callback
    updater.callback += 1
    call(number, updater.whereabouts) { objects[old].free() }
  }

  private func updateTwiceLater(_ updater: inout Updater) {
    let old = replace(&updater)
    let (pointer, middle, new, number) = (updater.pointer, updater.current, updater.next, updater.callback)
    let whereabouts = updater.whereabouts
    updater.current = new
    updater.next += 1
    updater.callback += 2
    call(number, whereabouts) {
      objects[old].free()
      put(new, in: pointer)
      call(number + 1, whereabouts) { objects[middle].free() }
    }
  }

  /// Has so many callbacks run, each asked for by the one before.
  private func call(_ number: Int, _ count: Int, _ whereabouts: Whereabouts) {
    call(number, whereabouts) {
      if count > 1 { call(number + 1, count - 1, whereabouts) }
    }
  }

  /// Has a callback run that tells that it does, and what else there is to do.
  private func call(_ number: Int, _ whereabouts: Whereabouts, _ body: @escaping () -> Void) {
    let callback = rcu.callback {
      observe(whereabouts.isInBarrier ? SeenOfRCU.callback : SeenOfRCU.strayCallback, number)
      body()
    }
    rcu.call("call(callback \(number))") { $0.call(callback) }
  }

  private func barrier(_ whereabouts: Whereabouts) {
    whereabouts.isInBarrier = true
    rcu.call("barrier()") { $0.barrier() }
    whereabouts.isInBarrier = false
    observe(SeenOfRCU.barrier, 1)
  }
}
