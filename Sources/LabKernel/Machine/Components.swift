/// What is plugged into the kernel's slots, grouped by subsystem.
///
/// ```swift
/// var components = Components()                           // the baseline in every slot
/// components.scheduling.realtime = RealtimeScheduler.self
/// ```
/// Each slot is declared here, once, with its baseline: the simplest thing that works. A lab replaces one of them. The
/// subsystems have the names of the lab folders.
public struct Components: Sendable {
  /// What tasks are called, and how they begin.
  public var processes = Processes()
  /// The scheduling classes.
  public var scheduling = Scheduling()
  /// How processes communicate.
  public var ipc = IPC()
  /// How tasks take turns using what they share.
  public var synchronization = Synchronization()
  /// The page frames.
  public var memory = Memory()

  /// The slots of processes.
  public struct Processes: Sendable {
    /// Gives each task its numbers.
    public var pids: any PIDAllocator.Type = CountingPIDs.self
    /// Makes a new program's stack from a file and strings.
    public var execLoader: any ExecLoader.Type = PlainLoader.self
  }

  /// The slots of scheduling.
  public struct Scheduling: Sendable {
    /// Serves SCHED_FIFO and SCHED_RR.
    public var realtime: any SchedulingClass.Type = RoundRobin.self
    /// Serves all other tasks.
    public var fair: any SchedulingClass.Type = RoundRobin.self

    /// The class of a rank.
    subscript(_ rank: SchedulingRank) -> any SchedulingClass.Type {
      switch rank {
      case .realtime: realtime
      case .fair: fair
      }
    }
  }

  /// The slots of inter-process communication.
  public struct IPC: Sendable {
    /// What pipe2(2) makes.
    public var pipe: any Pipe.Type = SimplePipe.self
  }

  /// The slots of synchronization.
  public struct Synchronization: Sendable {
    /// The protocol of all mutexes.
    public var mutex: any MutexProtocol.Type = PlainMutex.self
  }

  /// The slots of memory.
  public struct Memory: Sendable {
    /// Hands out page frames.
    public var pageAllocator: any PageAllocator.Type = FirstFit.self
  }

  /// The baseline in every slot.
  public init() {}

  /// The baseline in every slot.
  public static let baseline = Components()
}
