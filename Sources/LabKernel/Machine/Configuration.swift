/// What kind of machine the kernel runs on, and how it is tuned.
public struct Configuration: Sendable, Equatable, Codable {
  /// How many CPUs there are, 1 … ``maximumCPUs``.
  public var cpus: Int
  /// How much time lies between two timer interrupts: Linux's 1/HZ.
  public var tick: Duration
  /// How many ticks an ordinary task may run in one turn.
  public var quantum: Int
  /// How many ticks a SCHED_RR task may run in one turn; Linux's default is 100 ms.
  public var roundRobinTicks: Int
  /// How long an instruction takes that does not say so itself.
  public var instructionTime: Duration
  /// How many page frames of memory there are.
  public var frames: Int
  /// Whether what happens is logged.
  public var tracing: Bool

  /// A machine with one CPU, a tick of 1 ms, turns of 4 ms, and 64 MiB of memory.
  public init(
    cpus: Int = 1, tick: Duration = .milliseconds(1), quantum: Int = 4, roundRobinTicks: Int = 100,
    instructionTime: Duration = .zero, frames: Int = 16_384, tracing: Bool = true
  ) {
    precondition((1...maximumCPUs).contains(cpus), "a machine has 1 to \(maximumCPUs) CPUs")
    precondition(tick > .zero, "time must pass between two ticks")
    precondition(quantum > 0 && roundRobinTicks > 0, "a turn lasts at least one tick")
    self.cpus = cpus
    self.tick = tick
    self.quantum = quantum
    self.roundRobinTicks = roundRobinTicks
    self.instructionTime = instructionTime
    self.frames = frames
    self.tracing = tracing
  }

  /// How many ticks a task of this policy may run in one turn.
  func timeSlice(of policy: SchedulingPolicy) -> Int { policy == .roundRobin ? roundRobinTicks : quantum }
}
