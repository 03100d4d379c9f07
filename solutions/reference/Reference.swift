// Made from the manifests of the labs by `labs-cli dev derive`.

public import LabHarness
public import LabKernel

/// The solutions.
public enum Reference {
  /// Pids and namespaces.
  public static var pids: PIDLab.Component { BitmapPIDs.self }
  /// The image of a new program.
  public static var execImage: ExecImageLab.Component { ExecImage.self }
  /// Real-time scheduling.
  public static var realtime: RealtimeLab.Component { RealtimeScheduler.self }
  /// The ticket lock.
  public static var ticketLock: TicketLockLab.Component { TicketLock.self }
  /// The wait queue.
  public static var waitQueue: WaitQueueLab.Component { ListWaitQueue.self }
  /// The sequence lock.
  public static var seqlock: SeqlockLab.Component { Seqlock.self }
  /// Read-copy-update.
  public static var rcu: RCULab.Component { SmallRCU.self }
  /// Priority inheritance.
  public static var rtMutex: RtMutexLab.Component { PriorityInheritance.self }
  /// The buddy allocator.
  public static var buddy: BuddyLab.Component { BuddyAllocator.self }
  /// The pipe.
  public static var pipe: PipeLab.Component { RingPipe.self }

  /// The kernel's components, with a solution in each slot that a lab is about.
  public static var components: Components {
    var components = Components.baseline
    components.processes.pids = pids
    components.processes.execLoader = execImage
    components.scheduling.realtime = realtime
    components.synchronization.mutex = rtMutex
    components.memory.pageAllocator = buddy
    components.ipc.pipe = pipe
    return components
  }
}
