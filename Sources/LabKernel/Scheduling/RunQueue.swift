/// The tasks that are runnable on one CPU, class by class.
///
/// Invariant: when a class is called, the running task has been charged up to that instant.
///
/// - Source: Linux, kernel/sched/sched.h, `struct rq`.
struct RunQueue: Sendable {
  /// A class, and how many tasks it serves.
  private struct Place: Sendable {
    var scheduler: any SchedulingClass
    var count = 0
  }

  private let cpu: CPUID
  /// The classes in the order of their rank.
  private var places: [Place]
  private var chargedUntil: Instant = .zero
  /// The task that has the CPU; ``TaskID/idle`` if none does.
  private(set) var current: TaskID = .idle
  /// How many tasks are runnable here, including the running one: Linux's `nr_running`.
  private(set) var count = 0

  /// The run queue of `cpu`, without tasks, with these classes.
  init(_ cpu: CPUID, _ components: Components) {
    self.cpu = cpu
    places = SchedulingRank.allCases.map { Place(scheduler: components.scheduling[$0].init()) }
  }

  /// The class of a rank.
  subscript(_ rank: SchedulingRank) -> any SchedulingClass {
    get { places[rank.rawValue].scheduler }
    set { places[rank.rawValue].scheduler = newValue }
  }

  mutating func enqueue(
    _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
  ) {
    update(&context)
    let rank = SchedulingRank(priority: context[task].priority)
    context[task].rank = rank
    places[rank.rawValue].scheduler.enqueue(task, why, at: end, in: &context)
    places[rank.rawValue].count += 1
    count += 1
  }

  mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
    update(&context)
    let rank = context[task].rank.rawValue
    places[rank].scheduler.dequeue(task, in: &context)
    places[rank].count -= 1
    count -= 1
  }

  /// The choice of the first class that has a task; nil if none has a task, or if that class returns nil.
  mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
    update(&context)
    for rank in places.indices where places[rank].count > 0 {
      return places[rank].scheduler.pickNext(in: &context)
    }
    return nil
  }

  /// Lets the running task give up its turn.
  mutating func yield(in context: inout SchedulingContext) {
    update(&context)
    places[context[current].rank.rawValue].scheduler.yield(current, in: &context)
  }

  /// Handles the timer interrupt while a task is running.
  mutating func tick(in context: inout SchedulingContext) -> Bool {
    update(&context)
    return places[context[current].rank.rawValue].scheduler.tick(current, in: &context)
  }

  /// Whether `task` should take the CPU at once: always if the running task is of a class of lower rank.
  ///
  /// - Source: Linux, kernel/sched/core.c, `wakeup_preempt()`.
  mutating func preempts(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
    guard current != .idle else { return true }
    update(&context)
    let (rank, other) = (context[task].rank.rawValue, context[current].rank.rawValue)
    return rank == other ? places[rank].scheduler.preempts(task, current, in: context) : rank < other
  }

  /// Gives the CPU to `next`, whose time begins to count.
  mutating func run(_ next: TaskID, from now: Instant) {
    current = next
    chargedUntil = now
  }

  /// Tells the context which CPU this is and which task it runs, and charges that task for the time it has run.
  ///
  /// - Source: Linux, kernel/sched/fair.c, `update_curr()`.
  @inline(__always)
  private mutating func update(_ context: inout SchedulingContext) {
    context.cpu = cpu
    context.current = current
    let time = context.now - chargedUntil
    guard time > .zero else { return }
    chargedUntil = context.now
    guard current != .idle else { return }
    places[context[current].rank.rawValue].scheduler.charge(current, time, in: &context)
  }
}
