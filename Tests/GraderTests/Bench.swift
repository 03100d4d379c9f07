import Foundation
import Grader
import Judging
import LabKernel
import VisibleChecks

/// What the tests build and run submissions with: one workshop for all of them.
enum Bench {
  /// Short limits, so that a program that does not come back costs a test one second.
  static let limits = Limits(cpuSeconds: 1, memoryMiB: 128, outputKiB: 64)

  /// The workshop, with the C modules made.
  static let workshop = Task {
    let workshop = try Workshop(
      kit: .besideExecutable(), toolchain: .find(), tier: .bubblewrap)
    try await ModuleCache.ofUser(workshop).prepare(workshop)
    return workshop
  }

  /// The buddy lab with its visible checks, ten points each.
  static let buddy = Task {
    let suite = BuddyChecks.suite
    let manifest = LabManifest(
      slug: "buddy", title: "The buddy allocator", area: "memory", section: "5#buddy-allocator",
      component: "BuddyAllocator", lab: "BuddyLab",
      points: Dictionary(uniqueKeysWithValues: suite.checks.map { ($0.id, 10) }), limits: limits)
    return try GradedLab(BuddyLab.self, manifest: manifest, suites: [suite])
  }
}
