/// The whole machine and its operating system, as a value.
///
/// ```swift
/// var kernel = Kernel(Configuration(cpus: 2))
/// let program = kernel.load(Program([.compute(.milliseconds(5))]))
/// kernel.spawn(Spawn("A", program))
/// let before = kernel          // a snapshot
/// while kernel.step() {}
/// ```
/// A copy is a snapshot: stepping one leaves the other as it was. There is no global state, no real clock and no
/// randomness: the same calls give the same trace, on every host.
///
/// - Complexity: a copy is O(1) until one of the two is changed; then the tables that change are copied.
public struct Kernel: Sendable {
  /// The machine that it runs on.
  public let configuration: Configuration
  /// What is plugged into its slots.
  public let components: Components

  // The machine.
  var cpus: [CPU]
  var events = EventQueue()
  /// The CPUs that have to reschedule before time advances: Linux's TIF_NEED_RESCHED.
  var reschedule = CPUSet()
  /// The task for which the kernel is acting now; idle if it handles an event.
  var current = TaskID.idle
  /// How often a CPU switched from one task to another, including to and from idle.
  public internal(set) var switches = 0
  /// How many times in a row a task was allowed to continue without any time passing.
  var standstill = 0
  /// Why the kernel cannot go on, if it cannot.
  public internal(set) var oops: Oops?

  // Processes.
  /// All tasks.
  public internal(set) var tasks = TaskTable()
  /// What the threads of each process share.
  var groups = ThreadGroupTable()
  /// What is known about each pid.
  var pids: PIDTable
  /// What the kernel threads do.
  var kernelThreads: [KernelThread] = []
  /// The parent of all kernel threads; idle until there is one.
  var kthreadd = TaskID.idle
  /// How many processes adopt orphans among their descendants.
  var subreapers = 0
  /// What tasks want to happen at each signal.
  var signalHandlers = SharedTable<SignalHandlers>()
  /// The tasks that are announced but have not begun.
  var arrivals = Slots<Spawn>()
  var programs: [Program] = []

  // Scheduling.
  /// What the scheduling classes see: the time, and the entities of all tasks.
  var scheduling = SchedulingContext()
  /// All queues that tasks can sleep on.
  var waitQueues = Slots<WaitQueueHead>()

  // What tasks have, and what they share.
  /// The page frames, and what processes see.
  package internal(set) var memory: Memory
  var files = FileTable()
  /// All files that have names.
  var tree = FileTree.boot
  /// The working directories and umasks.
  var contexts = FileSystemContexts()
  /// What is typed on the console.
  var terminal = Terminal()
  var pipes = SharedTable<PipeRow>()
  /// The mutexes, and the protocol that gives them to tasks.
  var locks: Locks
  /// The words in memory that tasks sleep on.
  var futexes = Futexes()

  // What can be observed.
  /// Everything that happened, if the configuration asks for it.
  public internal(set) var trace: Trace
  /// What was printed.
  public internal(set) var console = Console()

  /// A machine that has just been switched on: the idle task and init, and nothing to do.
  public init(_ configuration: Configuration = Configuration(), components: Components = .baseline) {
    self.configuration = configuration
    self.components = components
    trace = Trace(isOn: configuration.tracing)
    cpus = (0..<configuration.cpus).map { CPU(runQueue: RunQueue(CPUID($0), components)) }
    memory = Memory(components.memory.pageAllocator.init(frames: configuration.frames))
    locks = Locks(components.synchronization.mutex.init())
    pids = PIDTable(components.processes.pids.init(limit: configuration.pidLimit))
    makeFirstTasks()
  }

  /// Makes the idle task, whose number is 0, and init, which adopts orphans and wants no zombies.
  ///
  /// - Source: Linux, init/init_task.c, `init_task`; init/main.c, `rest_init()`.
  private mutating func makeFirstTasks() {
    for (name, identity) in [("idle", PIDHandle.none), ("init", pids.first())] {
      let row = insertTask(
        identity, TaskName(name), engine: .kernelThread, parent: .idle, entity: SchedulingEntity(fullTimeSlice: 1))
      tasks[row].state = .interruptible
      makeProcess(row)
      groups[tasks[row].group].isUnkillable = true
    }
    setAction(of: .initial, for: .SIGCHLD, SignalAction(handler: SignalAction.ignored))
  }

  /// The current instant.
  public internal(set) var now: Instant {
    get { scheduling.now }
    set { scheduling.now = newValue }
  }

  /// The accounts of the tasks that have ended, in the order in which they ended: at least the last
  /// ``maximumObituaries``.
  public var obituaries: [Obituary] { pids.obituaries }

  /// How each task is scheduled.
  public var entities: EntityTable { scheduling.entities }

  /// Loads a program, so that tasks can be started with it.
  public mutating func load(_ program: Program) -> ProgramID {
    programs.append(program)
    locks.load(program, queues: &waitQueues)
    return ProgramID(programs.count - 1)
  }

  /// The name of the task with this pid, or else of the last one that had it, for as long as that has an obituary;
  /// empty if there is none.
  ///
  /// - Complexity: O(1) for a task that has not been reaped, O(obituaries) otherwise.
  public func name(of pid: PID) -> String {
    if pid == 0 { return tasks[.idle].name }
    if let task = pids.task(Int(pid), in: PIDTable.outermost) { return tasks[task].name }
    return obituaries.last { $0.pid == pid }?.name ?? ""
  }

  /// How long each CPU has been running tasks.
  public var busyTimes: [Duration] { cpus.map(\.busy) }

  /// Logs what happens now on `cpu`.
  @inline(__always)
  mutating func log(_ cpu: CPUID, _ what: TraceEvent.What) {
    if trace.isOn { trace.append(now, cpu, what) }
  }
}

/// Why the kernel cannot go on: a component broke its contract, or nothing makes progress any more.
///
/// - Source: Linux calls it an oops, and names the function; so do we.
public enum Oops: Sendable, Equatable, Codable {
  /// `pickNext` returned a task that cannot run on this CPU.
  case pickedWrongTask(cpu: CPUID, TaskID)
  /// `pickNext` returned no task, although this many are enqueued.
  case pickedNoTask(cpu: CPUID, waiting: Int)
  /// The page allocator refused to take back a block that it had handed out.
  case pagesNotTakenBack(FrameNumber, order: Int, FreeError)
  /// A mutex was handed to a task that was not waiting for it.
  case handedToWrongTask(MutexID, TaskID)
  /// The protocol refused to take a mutex back from its owner.
  case mutexNotTakenBack(MutexID, Errno)
  /// Tasks kept running without any time passing.
  case standstill

  /// The reason, in a sentence.
  public var sentence: String {
    switch self {
    case .pickedWrongTask(let cpu, let task):
      "cpu\(cpu.raw): pickNext returned task \(task.raw), which is not runnable there"
    case .pickedNoTask(let cpu, let waiting):
      "cpu\(cpu.raw): pickNext returned no task while \(waiting) \(waiting == 1 ? "task waits" : "tasks wait")"
    case .pagesNotTakenBack(let frame, let order, let error):
      "the allocator called the block of order \(order) at frame \(frame.raw), which it had handed out, a \(error)"
    case .handedToWrongTask(let mutex, let task):
      "mutex \(mutex.raw) was handed to task \(task.raw), which does not wait for it"
    case .mutexNotTakenBack(let mutex, let error):
      "unlocking mutex \(mutex.raw), for its owner, failed with \(error)"
    case .standstill:
      "tasks call the kernel and switch without end while no time passes"
    }
  }
}

/// How many times in a row a kernel lets tasks continue without time passing before it reports an oops.
public let maximumMachineStandstill = 1_000_000
