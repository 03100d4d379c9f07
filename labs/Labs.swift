// Made from the manifests of the labs by `labs-cli dev derive`.

import IPCChecks
import Judging
import LabHarness
import LabKernel
import MemoryChecks
import ProcessesChecks
import SchedulingChecks
import SynchronizationChecks

/// The labs of the book as students have them.
public enum Labs {
  /// Pids and namespaces.
  public static var pids: LabEntry<PIDLab> {
    LabEntry(PIDLab.self, "pids", baseline: CountingPIDs.self, visible: PIDChecks.suite)
  }

  /// The image of a new program.
  public static var execImage: LabEntry<ExecImageLab> {
    LabEntry(ExecImageLab.self, "exec-image", baseline: PlainLoader.self, visible: ExecImageChecks.suite)
  }

  /// Real-time scheduling.
  public static var realtime: LabEntry<RealtimeLab> {
    LabEntry(RealtimeLab.self, "realtime", baseline: RoundRobin.self, visible: RealtimeChecks.suite)
  }

  /// The ticket lock.
  public static var ticketLock: LabEntry<TicketLockLab> {
    LabEntry(TicketLockLab.self, "ticket-lock", baseline: TestAndSetLock.self, visible: TicketLockChecks.suite)
  }

  /// The wait queue.
  public static var waitQueue: LabEntry<WaitQueueLab> {
    LabEntry(WaitQueueLab.self, "wait-queue", baseline: WakeEveryone.self, visible: WaitQueueChecks.suite)
  }

  /// The sequence lock.
  public static var seqlock: LabEntry<SeqlockLab> {
    LabEntry(SeqlockLab.self, "seqlock", baseline: LockedReaders.self, visible: SeqlockChecks.suite)
  }

  /// Read-copy-update.
  public static var rcu: LabEntry<RCULab> {
    LabEntry(RCULab.self, "rcu", baseline: CountingRCU.self, visible: RCUChecks.suite)
  }

  /// Priority inheritance.
  public static var rtMutex: LabEntry<RtMutexLab> {
    LabEntry(RtMutexLab.self, "rt-mutex", baseline: PlainMutex.self, visible: RtMutexChecks.suite)
  }

  /// The buddy allocator.
  public static var buddy: LabEntry<BuddyLab> {
    LabEntry(BuddyLab.self, "buddy", baseline: FirstFit.self, visible: BuddyChecks.suite)
  }

  /// The pipe.
  public static var pipe: LabEntry<PipeLab> {
    LabEntry(PipeLab.self, "pipe", baseline: SimplePipe.self, visible: PipeChecks.suite)
  }

  /// Shows all of them to `visitor`, in the order of learning.
  public static func visit(_ visitor: inout some LabVisitor) throws {
    try visitor.visit(pids)
    try visitor.visit(execImage)
    try visitor.visit(realtime)
    try visitor.visit(ticketLock)
    try visitor.visit(waitQueue)
    try visitor.visit(seqlock)
    try visitor.visit(rcu)
    try visitor.visit(rtMutex)
    try visitor.visit(buddy)
    try visitor.visit(pipe)
  }
}
