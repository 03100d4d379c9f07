/// What is plugged into the kernel's slots.
///
/// Each slot is declared here, once, with its baseline: the simplest thing that works. A lab replaces one of them.
public struct Components: Sendable {
  /// Serves SCHED_FIFO and SCHED_RR.
  public var realtime: any SchedulingClass.Type = RoundRobin.self
  /// Serves all other tasks.
  public var fair: any SchedulingClass.Type = RoundRobin.self
  /// What pipe2(2) makes.
  public var pipe: any Pipe.Type = SimplePipe.self
  /// Hands out page frames.
  public var pageAllocator: any PageAllocator.Type = FirstFit.self
  /// The protocol of all mutexes.
  public var mutex: any MutexProtocol.Type = PlainMutex.self

  /// The baseline in every slot.
  public init() {}

  /// The class of a rank.
  subscript(_ rank: SchedulingRank) -> any SchedulingClass.Type {
    switch rank {
    case .realtime: realtime
    case .fair: fair
    }
  }

  /// The baseline in every slot.
  public static let baseline = Components()
}
