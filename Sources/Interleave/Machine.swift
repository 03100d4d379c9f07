/// One entry a process: how much of it has happened before.
///
/// Lanes 0 to 7 are CPUs, 8 to 15 their store buffers.
typealias Clock = SIMD16<UInt16>
/// One entry a location: the stamp of the oldest value that may still be seen there.
typealias View = SIMD32<UInt32>

/// The process that drains the store buffer of CPU 0; that of CPU n is n further.
let firstBuffer = 8

/// The machine under a memory model: CPUs at their next operations, memory with its past, clocks.
///
/// The codes stand in a ``Program``; the machine carries their operations out and knows which are possible. A
/// *process* is a CPU, or under TSO the buffer of one. A process that can go on in several ways, because a load may
/// see several values or an interrupt may come first, has as many *choices*; choice 0 is what a plain machine would do.
///
/// Two kinds of clocks are kept. `now` and the `released` of values follow acquire and release, and say whether two
/// accesses to plain memory are ordered by the language's rules: they find data races under every model. Views are
/// the same for values: under release/acquire they say which of the old ones may still be seen.
///
/// Invariant: the values of a location stand in its modification order, with rising stamps.
struct Machine {
  /// A value that was stored.
  struct Message {
    var value: Int
    var stamp: UInt32 = 0
    var view = View.zero
    var released = Clock.zero
    /// Whether an update has read it and stored right behind it.
    var isTaken = false
    /// The step that put it into memory, or -1 for the set-up.
    var step = -1
  }

  /// A location.
  struct Place {
    var messages: [Message] = []
    var isPlain = false
    // Of plain memory: who wrote last and when, when each CPU read last, and who is in the section.
    var writer = -1
    var writeTime: UInt16 = 0
    var writeEvent = 0
    var readTimes = Clock.zero
    var isFreed = false
    var occupant = -1
    var value = 0
  }

  /// A store that waits in a buffer.
  struct Pending {
    var location: Int
    var message: Message
    /// When it was stored, for the search.
    var since: Clock
  }

  struct CPU {
    var code = 0
    var node = 0
    var operation = Operation(kind: .end)
    /// Where the interrupted code goes on, while a handler runs.
    var interruptedNode = -1
    /// A bit for each interrupt that is still to come.
    var interruptsLeft: UInt32 = 0
    var letsInterruptsIn = true
    var now = Clock.zero
    var releaseFence = Clock.zero
    var toAcquire = Clock.zero
    var view = View.zero
    var releaseFenceView = View.zero
    var viewToAcquire = View.zero
    /// Locations read since the last `relax`, and what was seen there.
    var seen: UInt32 = 0
    var seenValues = SIMD32<Int>.zero
    var seenStamps = View.zero
    var rereads = 0
    /// The locations of those looks that saw nothing new, one after the other.
    var streak: UInt32 = 0
    var forcedPasses = 0
    /// What comes of the loop in which it looks, as far as it is known for one.
    var outlook = Outlook.leaves
    /// How many calls of the subject it is in.
    var calls = 0
    var buffer: [Pending] = []
  }

  let model: MemoryModel
  /// Whether old values may be seen, so that views are kept.
  var hasViews: Bool { model == .releaseAcquire }
  /// Whether a use of plain memory is a step by itself, so that others may come in front of it.
  var isFine = false
  /// Locations at which no code ever looks, a bit each: what is stored there is not kept.
  let unread: UInt32
  var cpus: [CPU] = []
  var places: [Place] = []
  /// Under release/acquire: what the sequentially consistent fences so far have seen, and hand on to those to come.
  var sequentialView = View.zero
  /// Under release/acquire: what has been done so far, for the total order of sequentially consistent operations.
  var accesses: [Access] = []
  /// Whether an old value was read, or one was stored in front of another.
  var hasLookedBack = false
  /// Whether, as far as anybody has asked, there may be such an order: see ``hasTotalOrder()``.
  var isAllowed = true
  var ending: Ending?
  /// All that happened, in order.
  var events: [Event] = []
  /// What the last step read and wrote, for the search: a bit a location, and one for the order of fences.
  var touched = Touched()
  /// Where no past is kept: the value that each step's store replaced.
  private(set) var replaced: [Int] = []
  /// Whether every turn of every loop is taken, instead of those only that may see something new.
  var followsLoops = false
  /// Where the loops stand, by their source, of which more could be seen than was, in any execution so far.
  private(set) var cutLoops: Set<Int> = []
  /// How many steps have been taken.
  private(set) var steps = 0

  init(_ model: MemoryModel, unread: UInt32 = 0) {
    self.model = model
    self.unread = unread
  }

  /// Puts everything where the set-up left it.
  mutating func reset<P: Program>(_ program: inout P) {
    let unfolding = program.unfolding
    ending = nil
    events.removeAll(keepingCapacity: true)
    sequentialView = .zero
    accesses.removeAll(keepingCapacity: true)
    hasLookedBack = false
    isAllowed = true
    steps = 0
    replaced.removeAll(keepingCapacity: true)
    if places.count != unfolding.locations.count {
      places = unfolding.locations.map { _ in Place() }
      cpus = (0..<unfolding.cpus).map { _ in CPU() }
    }
    for (location, initial) in unfolding.locations.enumerated() {
      places[location].reset(to: initial)
    }
    for cpu in cpus.indices { resetCPU(cpu, unfolding) }
    for cpu in cpus.indices { runLocally(cpu, &program) }
  }

  private mutating func resetCPU(_ cpu: Int, _ unfolding: Unfolding) {
    var buffer = cpus[cpu].buffer
    buffer.removeAll(keepingCapacity: true)
    var fresh = CPU()
    fresh.buffer = buffer
    fresh.code = cpu
    fresh.node = unfolding.roots[cpu]
    fresh.operation = unfolding.nodes[fresh.node].operation
    fresh.now[cpu] = 1
    for (index, owner) in unfolding.interrupts.enumerated() where owner == cpu { fresh.interruptsLeft |= 1 << index }
    cpus[cpu] = fresh
  }
}

extension Machine.Place {
  fileprivate mutating func reset(to initial: Unfolding.Location) {
    messages.removeAll(keepingCapacity: true)
    messages.append(Machine.Message(value: initial.initial))
    isPlain = initial.isPlain
    value = initial.initial
    writer = -1
    readTimes = .zero
    isFreed = false
    occupant = -1
  }
}

extension Machine {
  /// Counts a step that is about to be taken.
  mutating func beginStep() {
    touched = Touched()
    steps += 1
    replaced.append(0)
  }

  /// Finds out what comes of the loop in which a CPU looks, if it does.
  mutating func foresee<P: Program>(_ cpu: Int, _ program: inout P) {
    let watched = watched(by: cpu)
    cpus[cpu].outlook = .leaves
    guard watched != 0, !followsLoops, ending == nil else { return }
    let outlook = program.outlook(at: cpus[cpu].node, watching: watched, code: cpus[cpu].code)
    cpus[cpu].outlook = outlook
    if outlook.isCut { cutLoops.insert(cpus[cpu].operation.source) }
  }

  /// Replaces the value of a location, where no past is kept.
  mutating func overwrite(_ location: Int, with message: Message) {
    replaced[steps - 1] = places[location].messages[0].value
    places[location].messages[0] = message
    places[location].messages[0].step = steps - 1
  }
}

/// Which locations a step reads and writes, a bit each; bit 32 stands for the order of sequentially consistent fences.
struct Touched {
  var reads: UInt64 = 0
  var writes: UInt64 = 0

  /// Whether the order of the two matters.
  func conflicts(with other: Touched) -> Bool {
    (writes & (other.reads | other.writes)) | (reads & other.writes) != 0
  }
}

/// The bit of ``Touched`` that stands for the order of sequentially consistent fences.
let sequentialOrder: UInt64 = 1 << 32
