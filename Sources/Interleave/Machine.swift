/// One entry per process: how much of it has happened before.
///
/// Lanes 0 to 7 are CPUs, 8 to 15 their store buffers.
typealias Clock = SIMD16<UInt16>
/// One entry per location: the stamp of the oldest value that may still be seen there.
typealias View = SIMD32<UInt32>

/// The process that drains the store buffer of CPU 0; that of CPU n has a number higher by n.
let firstBuffer = 8

/// The machine under a memory model: CPUs at their next operations, memory with its history, clocks.
///
/// The codes are in a ``Program``; the machine carries out their operations and knows which are possible. A
/// *process* is a CPU or, under TSO, the store buffer of one. A process that can go on in several ways, because a load
/// may see several values or an interrupt may come first, has as many *choices*; choice 0 is what a plain machine does.
///
/// Two kinds of clocks are kept. `now` and the `released` of values follow acquire and release, and say whether two
/// accesses to plain memory are ordered by the language's rules: they find data races under every model. Views do
/// the same for values: under release/acquire they say which stale values may still be seen.
///
/// Invariant: the values of a location are in its modification order, with rising stamps.
struct Machine {
  /// A value that was stored.
  struct Message {
    var value: Int
    var stamp: UInt32 = 0
    var view = View.zero
    var released = Clock.zero
    /// Whether an update has read it and stored right after it.
    var isTaken = false
    /// The step that put it into memory, or -1 for the set-up.
    var step = -1
  }

  /// A location.
  struct Place {
    var messages: [Message] = []
    var isPlain = false
    // For plain memory: which CPU wrote last and when, when each CPU last read, and which CPU is in the section.
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
    /// Where the interrupted code resumes, while a handler runs.
    var interruptedNode = -1
    /// One bit for each interrupt that is still to come.
    var interruptsLeft: UInt32 = 0
    var letsInterruptsIn = true
    var now = Clock.zero
    var releaseFence = Clock.zero
    var toAcquire = Clock.zero
    var view = View.zero
    var releaseFenceView = View.zero
    var viewToAcquire = View.zero
    /// The locations read since the last `relax`, and what was seen there.
    var seen: UInt32 = 0
    var seenValues = SIMD32<Int>.zero
    var seenStamps = View.zero
    var rereads = 0
    /// The locations of the current run of looks that saw nothing new.
    var streak: UInt32 = 0
    var forcedPasses = 0
    /// What the loop in which it looks leads to, as far as it is known to be a loop.
    var outlook = Outlook.leaves
    /// How many calls of the subject it is in.
    var calls = 0
    var buffer: [Pending] = []
  }

  let model: MemoryModel
  /// Whether stale values may be seen, so that views are kept.
  var hasViews: Bool { model == .releaseAcquire }
  /// Whether each use of plain memory is a step of its own, so that others may be interleaved before it.
  var isFine = false
  /// The locations that no code ever reads, one bit each: what is stored there is not kept.
  let unread: UInt32
  var cpus: [CPU] = []
  var places: [Place] = []
  /// Under release/acquire: what the sequentially consistent fences so far have seen, and hand on to later ones.
  var sequentialView = View.zero
  /// Under release/acquire: what has been done so far, for the total order of sequentially consistent operations.
  var accesses: [Access] = []
  /// Whether a stale value was read, or a value was stored before an earlier one.
  var hasLookedBack = false
  /// Whether such an order may exist, as far as it has been checked: see ``hasTotalOrder()``.
  var isAllowed = true
  var ending: Ending?
  /// Everything that happened, in order.
  var events: [Event] = []
  /// What the last step read and wrote, for the search: one bit per location, and one for the order of fences.
  var touched = Touched()
  /// If no history is kept: the value that each step's store replaced.
  private(set) var replaced: [Int] = []
  /// Whether every turn of every loop is taken, instead of only those that may see something new.
  var followsLoops = false
  /// The sources of the loops that were cut before everything could be seen, in any execution so far.
  private(set) var cutLoops: Set<Int> = []
  /// How many steps have been taken.
  private(set) var steps = 0

  init(_ model: MemoryModel, unread: UInt32 = 0) {
    self.model = model
    self.unread = unread
  }

  /// Resets everything to the state in which the set-up left it.
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

  /// Finds out what the loop in which a CPU looks leads to, if it is in one.
  mutating func foresee<P: Program>(_ cpu: Int, _ program: inout P) {
    let watched = watched(by: cpu)
    cpus[cpu].outlook = .leaves
    guard watched != 0, !followsLoops, ending == nil else { return }
    let outlook = program.outlook(at: cpus[cpu].node, watching: watched, code: cpus[cpu].code)
    cpus[cpu].outlook = outlook
    if outlook.isCut { cutLoops.insert(cpus[cpu].operation.source) }
  }

  /// Replaces the value of a location of which no history is kept.
  mutating func overwrite(_ location: Int, with message: Message) {
    replaced[steps - 1] = places[location].messages[0].value
    places[location].messages[0] = message
    places[location].messages[0].step = steps - 1
  }
}

/// The locations that a step reads and writes, one bit each; bit 32 is the order of sequentially consistent fences.
struct Touched {
  var reads: UInt64 = 0
  var writes: UInt64 = 0

  /// Whether the order of two steps matters.
  func conflicts(with other: Touched) -> Bool {
    (writes & (other.reads | other.writes)) | (reads & other.writes) != 0
  }
}

/// The bit of ``Touched`` that stands for the order of sequentially consistent fences.
let sequentialOrder: UInt64 = 1 << 32
