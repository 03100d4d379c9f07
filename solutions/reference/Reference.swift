import LabKernel

/// The solutions, by the name of the lab.
public enum Reference {
  /// The pipe.
  public static var pipe: any Pipe.Type { RingPipe.self }
  /// The ticket lock.
  public static var ticketLock: any SpinLock.Type { TicketLock.self }
  /// The wait queue.
  public static var waitQueue: any WaitQueue.Type { ListWaitQueue.self }
  /// The sequence lock.
  public static var seqlock: any SequenceLock.Type { Seqlock.self }
  /// Read-copy-update.
  public static var rcu: any ReadCopyUpdate.Type { SmallRCU.self }
  /// The buddy allocator.
  public static var buddy: any PageAllocator.Type { BuddyAllocator.self }
  /// The real-time scheduling class.
  public static var realtime: any SchedulingClass.Type { RealtimeScheduler.self }
  /// The mutexes with priority inheritance.
  public static var rtMutex: any MutexProtocol.Type { PriorityInheritance.self }
}
