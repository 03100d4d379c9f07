// Made from the manifests of the labs by `labs-cli dev derive`.

import IPCSuites
import Judging
import LabHarness
import Labs
import MemorySuites
import ProcessesSuites
import Reference
import SchedulingSuites
import SynchronizationSuites

/// The labs of the book with their solutions and hidden checks.
public enum Answers {
  /// Pids and namespaces.
  public static var pids: LabEntry<PIDLab> {
    Labs.pids.answered(by: Reference.pids, hidden: PIDSuite.suite)
  }

  /// The image of a new program.
  public static var execImage: LabEntry<ExecImageLab> {
    Labs.execImage.answered(by: Reference.execImage, hidden: ExecImageSuite.suite)
  }

  /// Real-time scheduling.
  public static var realtime: LabEntry<RealtimeLab> {
    Labs.realtime.answered(by: Reference.realtime, hidden: RealtimeSuite.suite)
  }

  /// The ticket lock.
  public static var ticketLock: LabEntry<TicketLockLab> {
    Labs.ticketLock.answered(by: Reference.ticketLock, hidden: TicketLockSuite.suite)
  }

  /// The wait queue.
  public static var waitQueue: LabEntry<WaitQueueLab> {
    Labs.waitQueue.answered(by: Reference.waitQueue, hidden: WaitQueueSuite.suite)
  }

  /// The sequence lock.
  public static var seqlock: LabEntry<SeqlockLab> {
    Labs.seqlock.answered(by: Reference.seqlock, hidden: SeqlockSuite.suite)
  }

  /// Read-copy-update.
  public static var rcu: LabEntry<RCULab> {
    Labs.rcu.answered(by: Reference.rcu, hidden: RCUSuite.suite)
  }

  /// Priority inheritance.
  public static var rtMutex: LabEntry<RtMutexLab> {
    Labs.rtMutex.answered(by: Reference.rtMutex, hidden: RtMutexSuite.suite)
  }

  /// The buddy allocator.
  public static var buddy: LabEntry<BuddyLab> {
    Labs.buddy.answered(by: Reference.buddy, hidden: BuddySuite.suite)
  }

  /// The pipe.
  public static var pipe: LabEntry<PipeLab> {
    Labs.pipe.answered(by: Reference.pipe, hidden: PipeSuite.suite)
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
