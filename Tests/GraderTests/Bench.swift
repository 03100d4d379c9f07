import Foundation
import Grader
import Judging
import LabHarness
import LabKernel
import MemoryChecks
import SynchronizationChecks

/// What the tests build and run submissions with.
enum Bench {
  /// Short limits, so that a program that does not come back costs a test one second.
  static let limits = Limits(cpuSeconds: 1, memoryMiB: 128, outputKiB: 64)

  /// One workshop for all tests.
  static let workshop = _Concurrency.Task {
    let workshop = try Workshop(kit: .besideExecutable(), toolchain: .find(), tier: .bubblewrap)
    try await ModuleCache.ofUser(workshop).prepare(workshop)
    return workshop
  }

  /// The buddy lab with its visible checks, ten points each.
  static func buddy(_ limits: Limits = limits) throws -> GradedLab {
    let suite = BuddyChecks.suite
    let manifest = LabManifest(
      slug: "buddy", title: "The buddy allocator", area: "memory", section: "5#buddy-allocator",
      component: "BuddyAllocator", lab: "BuddyLab",
      points: Dictionary(uniqueKeysWithValues: suite.checks.map { ($0.id, 10) }), hints: ["a", "b", "c"], limits: limits
    )
    return try GradedLab(BuddyLab.self, manifest: manifest, suites: [suite])
  }

  /// The ticket-lock lab with its visible checks.
  static func ticketLock() throws -> GradedLab {
    let suite = TicketLockChecks.suite
    let manifest = LabManifest(
      slug: "ticket-lock", title: "The ticket lock", area: "synchronization", section: "4#spin-locks",
      component: "TicketLock", lab: "TicketLockLab",
      points: Dictionary(uniqueKeysWithValues: suite.checks.map { ($0.id, 10) }), hints: ["a", "b", "c"], limits: limits
    )
    return try GradedLab(TicketLockLab.self, manifest: manifest, suites: [suite])
  }

  /// Grades one file with all checks, or with one of them; keeps nothing.
  static func grade(
    _ source: String, check: String? = nil, budget: Builder.Budget = Builder.Budget(), limits: Limits = limits
  ) async throws -> JobDocument {
    try await grade([SourceFile(name: "BuddyAllocator.swift", bytes: Array(source.utf8))], check, budget, limits)
  }

  /// The same for several files.
  static func grade(
    _ files: [SourceFile], _ check: String? = nil, _ budget: Builder.Budget = Builder.Budget(),
    _ limits: Limits = limits
  ) async throws -> JobDocument {
    let lab = try buddy(limits)
    return try await grade(files, for: check.map { id in lab.only { $0.id == id } } ?? lab, budget)
  }

  /// The same for any lab.
  static func grade(
    _ files: [SourceFile], for lab: GradedLab, _ budget: Builder.Budget = Builder.Budget()
  ) async throws -> JobDocument {
    let workshop = try await workshop.value
    let grader = try SubmissionGrader(
      workshop: workshop, modules: .ofUser(workshop), store: nil, seed: 1, budget: budget)
    return try await grader.grade(files, for: lab)
  }
}

/// A submission that compiles and does nothing right, with room for mischief.
struct Mischief {
  /// The code above the component.
  var above = ""
  /// What happens in `init`.
  var initially = ""
  /// What happens in `allocate`.
  var allocate = ""

  /// The file.
  var source: String {
    """
    import LabKernel
    \(above)
    struct BuddyAllocator: PageAllocator {
      init(frames: Int) { \(initially) }
      mutating func allocate(order: Int) -> FrameNumber? {
        \(allocate)
        return nil
      }
      mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) { throw .foreignFree }
      var freeBlocks: [Int] { [] }
    }
    """
  }

  /// The statuses of all checks, each once.
  func statuses(check: String? = "sound-blocks") async throws -> Set<Status> {
    Set(try await graded(check: check).checks.map(\.verdict.status))
  }

  /// Grades it with one check that calls `allocate`.
  func graded(
    check: String? = "sound-blocks", budget: Builder.Budget = Builder.Budget(), limits: Limits = Bench.limits
  ) async throws -> JobDocument {
    try await Bench.grade(source, check: check, budget: budget, limits: limits)
  }
}
