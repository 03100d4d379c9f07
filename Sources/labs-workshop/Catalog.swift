import Desk
import Foundation
import Grader
import Judging
import LabKernel
import VisibleChecks

#if SOLUTIONS
  import HiddenSuites
#endif

/// What this program knows to grade.
enum Catalog {
  /// The labs of the book with all checks that this program has; in a handout, the visible ones.
  ///
  /// - Parameter folder: the folder that holds a folder a lab.
  /// - Throws: `ManifestError` where a `lab.yml` is wrong or does not fit its suites.
  static func labs(in folder: String) throws -> [GradedLab] {
    [
      try graded(RealtimeLab.self, RealtimeChecks.suite, hidden: Hidden.realtime, in: folder),
      try graded(PipeLab.self, PipeChecks.suite, hidden: Hidden.pipe, in: folder),
      try graded(TicketLockLab.self, TicketLockChecks.suite, hidden: Hidden.ticketLock, in: folder),
      try graded(WaitQueueLab.self, WaitQueueChecks.suite, hidden: Hidden.waitQueue, in: folder),
      try graded(SeqlockLab.self, SeqlockChecks.suite, hidden: Hidden.seqlock, in: folder),
      try graded(RCULab.self, RCUChecks.suite, hidden: Hidden.rcu, in: folder),
      try graded(BuddyLab.self, BuddyChecks.suite, hidden: Hidden.buddy, in: folder),
      try graded(RtMutexLab.self, RtMutexChecks.suite, hidden: Hidden.rtMutex, in: folder),
    ]
  }
}

extension Catalog {
  /// One of them, which the book has.
  ///
  /// - Throws: `Refusal` where this program does not know it, or a `lab.yml` is wrong.
  static func lab(_ slug: String, in folder: String) throws -> GradedLab {
    do {
      if let known = try labs(in: folder).first(where: { $0.manifest.slug == slug }) { return known }
    } catch let error as ManifestError {
      throw Refusal(error.description, .configuration)
    }
    throw Refusal("the lab \(slug) has a folder, but this program does not know it: run make", .configuration)
  }
}

/// The hidden suites, where they are.
private enum Hidden {
  #if SOLUTIONS
    static var realtime: Suite<RealtimeLab>? { HiddenSuites.realtime }
    static var pipe: Suite<PipeLab>? { HiddenSuites.pipe }
    static var ticketLock: Suite<TicketLockLab>? { HiddenSuites.ticketLock }
    static var waitQueue: Suite<WaitQueueLab>? { HiddenSuites.waitQueue }
    static var seqlock: Suite<SeqlockLab>? { HiddenSuites.seqlock }
    static var rcu: Suite<RCULab>? { HiddenSuites.rcu }
    static var buddy: Suite<BuddyLab>? { HiddenSuites.buddy }
    static var rtMutex: Suite<RtMutexLab>? { HiddenSuites.rtMutex }
  #else
    static var realtime: Suite<RealtimeLab>? { nil }
    static var pipe: Suite<PipeLab>? { nil }
    static var ticketLock: Suite<TicketLockLab>? { nil }
    static var waitQueue: Suite<WaitQueueLab>? { nil }
    static var seqlock: Suite<SeqlockLab>? { nil }
    static var rcu: Suite<RCULab>? { nil }
    static var buddy: Suite<BuddyLab>? { nil }
    static var rtMutex: Suite<RtMutexLab>? { nil }
  #endif
}

private func graded<L: Lab & SendableMetatype>(
  _ lab: L.Type, _ visible: Suite<L>, hidden: Suite<L>?, in folder: String
) throws -> GradedLab {
  let manifest = try LabManifest(folder: folder + "/" + lab.slug)
  return try GradedLab(
    lab, manifest: manifest, suites: [visible] + (hidden.map { [$0] } ?? []), isComplete: hidden != nil)
}
