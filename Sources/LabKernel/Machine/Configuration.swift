/// What kind of machine the kernel runs on, and how it is tuned.
public struct Configuration: Sendable, Equatable, Codable {
  /// How many CPUs there are, 1 … ``maximumCPUs``.
  public var cpus: Int
  /// The time between two timer interrupts: Linux's 1/HZ.
  public var tick: Duration
  /// The time slice of an ordinary task, in ticks.
  public var quantum: Int
  /// The time slice of a SCHED_RR task, in ticks; Linux's default is 100 ms.
  public var roundRobinTicks: Int
  /// How long an instruction takes if it names no time of its own.
  public var instructionTime: Duration
  /// How much longer a system call takes, to enter the kernel and return.
  public var systemCallTime: Duration
  /// How long a CPU needs to switch from one task to another; less than a tick.
  ///
  /// - Simplified: this includes the cost of cold caches; going idle takes no time.
  public var switchTime: Duration
  /// How many page frames of memory there are.
  public var frames: Int
  /// The limit of pids: each is less than this.
  ///
  /// - Source: Linux, `/proc/sys/kernel/pid_max`.
  public var pidLimit: Int
  /// Whether the kernel logs what happens.
  public var tracing: Bool

  /// A machine with one CPU, a tick of 1 ms, time slices of 4 ms, and 64 MiB of memory.
  public init(
    cpus: Int = 1, tick: Duration = .milliseconds(1), quantum: Int = 4, roundRobinTicks: Int = 100,
    instructionTime: Duration = .zero, systemCallTime: Duration = .zero, switchTime: Duration = .zero,
    frames: Int = 16_384, pidLimit: Int = defaultPIDLimit, tracing: Bool = true
  ) {
    precondition((1...maximumCPUs).contains(cpus), "a machine has 1 to \(maximumCPUs) CPUs")
    precondition(tick > .zero, "time must pass between two ticks")
    precondition(switchTime < tick, "a task that is switched to gets somewhere before the next tick")
    precondition(quantum > 0 && roundRobinTicks > 0, "a turn lasts at least one tick")
    precondition((reservedPIDs + 1...maximumPIDLimit).contains(pidLimit), "there are some pids that are not reserved")
    self.cpus = cpus
    self.tick = tick
    self.quantum = quantum
    self.roundRobinTicks = roundRobinTicks
    self.instructionTime = instructionTime
    self.systemCallTime = systemCallTime
    self.switchTime = switchTime
    self.frames = frames
    self.pidLimit = pidLimit
    self.tracing = tracing
  }

  /// How long the instructions of a script take.
  var instructionTimes: InstructionTimes {
    InstructionTimes(systemCall: instructionTime + systemCallTime, other: instructionTime)
  }

  /// The time slice of a task of this policy, in ticks.
  func timeSlice(of policy: SchedulingPolicy) -> Int { policy == .roundRobin ? roundRobinTicks : quantum }
}
