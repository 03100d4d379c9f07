import Judging
import LabKernel

/// The hidden suites, by the name of the lab.
public enum HiddenSuites {
  /// The real-time scheduling class.
  public static var realtime: Suite<RealtimeLab> { RealtimeSuite.suite }
  /// The pipe.
  public static var pipe: Suite<PipeLab> { PipeSuite.suite }
  /// The ticket lock.
  public static var ticketLock: Suite<TicketLockLab> { TicketLockSuite.suite }
  /// The wait queue.
  public static var waitQueue: Suite<WaitQueueLab> { WaitQueueSuite.suite }
  /// The sequence lock.
  public static var seqlock: Suite<SeqlockLab> { SeqlockSuite.suite }
  /// Read-copy-update.
  public static var rcu: Suite<RCULab> { RCUSuite.suite }
  /// The buddy allocator.
  public static var buddy: Suite<BuddyLab> { BuddySuite.suite }
  /// The mutexes with priority inheritance.
  public static var rtMutex: Suite<RtMutexLab> { RtMutexSuite.suite }
}
