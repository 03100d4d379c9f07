import LabKernel

extension Conformer {
  /// How many rounds of leaving something out a search takes at most.
  private static let maximumRounds = 60
  /// How many smaller scripts a round tries.
  private static let maximumCandidates = 120

  /// Makes a drawn script that differs as small as possible.
  ///
  /// - Returns: the smallest script that was found and still differs, with its difference.
  /// - Throws: `SandboxFault`, `StorageError`, `CancellationError`.
  public func smallest(seed: UInt64) async throws -> (script: ConformanceScript, difference: Difference)? {
    var draft = Generator.draft(seed: seed)
    guard var best = try await differing([draft], seed: seed, like: nil) else { return nil }
    let kind = best.difference.call == 0 ? nil : best.difference.kind
    for _ in 0..<Self.maximumRounds {
      let candidates = Statement.smaller(draft.body).map { Generator.Draft(body: $0, ending: draft.ending) }
      let shorter = draft.ending == "exit 0" ? [] : [Generator.Draft(body: draft.body, ending: "exit 0")]
      let drafts = Array((candidates + shorter).prefix(Self.maximumCandidates))
      guard let next = try await differing(drafts, seed: seed, like: kind) else { break }
      (draft, best) = (next.draft, next)
    }
    return (best.script, best.difference)
  }

  private struct Found {
    var draft: Generator.Draft
    var script: ConformanceScript
    var difference: Difference
  }

  /// The first of some drafts that differs; if `kind` is given, in the same call with the same results.
  private func differing(_ drafts: [Generator.Draft], seed: UInt64, like kind: String?) async throws -> Found? {
    let scripts = drafts.compactMap { draft in Generator.script(of: draft, seed: seed).map { (draft, $0) } }
    let verdicts = try await verdicts(of: scripts.map(\.1))
    for ((draft, script), verdict) in zip(scripts, verdicts) {
      if case .differs(let difference) = verdict, kind == nil || difference.kind == kind {
        return Found(draft: draft, script: script, difference: difference)
      }
    }
    return nil
  }
}

extension Difference {
  /// The call and its results on both sides, without what is in memory.
  fileprivate var kind: String { [model, host].map { $0.prefix { $0 != "(" } }.joined(separator: "/") }
}
