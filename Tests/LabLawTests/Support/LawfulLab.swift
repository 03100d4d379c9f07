import Foundation
import HiddenSuites
import Judging
import LabKernel
import Reference
import VisibleChecks

/// One lab with its reference and its suites, the types forgotten: all that the laws ask of it.
struct LawfulLab {
  /// The lab's name.
  let slug: String
  /// The ids of all checks, visible ones first.
  let checkIDs: [String]
  /// How many cases each check has for a seed.
  let cases: (_ seed: UInt64) -> [Int]
  /// What the judges find wrong with the reference, each as "check: finding".
  let complaints: (_ seed: UInt64) -> [String]
  /// All inputs and outputs of the reference for a seed, encoded: equal bytes, equal runs.
  let trace: (_ seed: UInt64) throws -> Data
  /// Outputs that are not the same after being encoded and decoded.
  let lost: (_ seed: UInt64) throws -> [String]
  /// Whether a case is a scene, of which every interleaving is looked at.
  let isInterleaving: Bool
  /// Lets the judges look at damaged outputs of the reference; says how many could be read at all.
  let judgesDamage: (_ seed: UInt64) throws -> Int
  /// The ids of the checks that a baseline fails.
  let baselineFails: (_ seed: UInt64) -> [String]

  /// The lab with its components.
  init<L: Lab>(_ lab: L.Type, reference: L.Component, baseline: L.Component, suites: Suite<L>...) {
    let checks = suites.flatMap(\.checks)
    func run(_ component: L.Component, _ input: L.Input) -> L.Output {
      L.run(component, on: L.question(input), calls: SilentCallLog())
    }
    func fault(_ component: L.Component, _ check: Check<L>, _ seed: UInt64) -> String? {
      check.cases(seed).lazy.compactMap { check.judge($0, run(component, $0)) }.first
        .map { "\(check.id): \($0.what)" }
    }
    slug = L.slug
    isInterleaving = L.self is any InterleavingLab.Type
    checkIDs = checks.map(\.id)
    cases = { seed in checks.map { $0.cases(seed).count } }
    complaints = { seed in checks.compactMap { fault(reference, $0, seed) } }
    trace = { seed in
      let inputs = checks.flatMap { $0.cases(seed) }
      // With sorted keys: the order of an unsorted dictionary differs from encoding to encoding.
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(inputs) + encoder.encode(inputs.map { run(reference, $0) })
    }
    lost = { seed in
      try checks.compactMap { check in
        let inputs = check.cases(seed)
        let outputs = inputs.map { run(reference, $0) }
        let isSame =
          try JSONDecoder().decode([L.Input].self, from: JSONEncoder().encode(inputs)) == inputs
          && JSONDecoder().decode([L.Output].self, from: JSONEncoder().encode(outputs)) == outputs
        return isSame ? nil : check.id
      }
    }
    judgesDamage = { seed in
      var damage = Damage(seed: seed)
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let cases = checks.flatMap { check in check.cases(seed).map { (check, $0) } }
      let honest = try cases.map { String(decoding: try encoder.encode(run(reference, $1)), as: UTF8.self) }
      var judged = 0
      // Where few cases are run, each is damaged several times.
      for _ in 0..<Self.damageRounds where judged < Self.enoughDamage {
        for (one, text) in zip(cases, honest) {
          let data = Data(damage.damaged(text).utf8)
          // What cannot be read is refused before a judge sees it.
          guard let output = try? JSONDecoder().decode(L.Output.self, from: data) else { continue }
          _ = one.0.judge(one.1, output)
          judged += 1
        }
      }
      return judged
    }
    baselineFails = { seed in checks.filter { fault(baseline, $0, seed) != nil }.map(\.id) }
  }

  /// How many damaged outputs are enough.
  static var enoughDamage: Int { 50 }
  private static var damageRounds: Int { 40 }

  /// Every lab; a new one joins with one line.
  static var all: [LawfulLab] {
    [
      LawfulLab(
        RealtimeLab.self, reference: Reference.realtime, baseline: RoundRobin.self, suites: RealtimeChecks.suite,
        HiddenSuites.realtime),
      LawfulLab(
        PipeLab.self, reference: Reference.pipe, baseline: SimplePipe.self, suites: PipeChecks.suite, HiddenSuites.pipe),
      LawfulLab(
        TicketLockLab.self, reference: Reference.ticketLock, baseline: TestAndSetLock.self,
        suites: TicketLockChecks.suite, HiddenSuites.ticketLock),
      LawfulLab(
        WaitQueueLab.self, reference: Reference.waitQueue, baseline: WakeEveryone.self, suites: WaitQueueChecks.suite,
        HiddenSuites.waitQueue),
      LawfulLab(
        SeqlockLab.self, reference: Reference.seqlock, baseline: LockedReaders.self, suites: SeqlockChecks.suite,
        HiddenSuites.seqlock),
      LawfulLab(
        RCULab.self, reference: Reference.rcu, baseline: CountingRCU.self, suites: RCUChecks.suite, HiddenSuites.rcu),
      LawfulLab(
        BuddyLab.self, reference: Reference.buddy, baseline: FirstFit.self, suites: BuddyChecks.suite,
        HiddenSuites.buddy),
      LawfulLab(
        RtMutexLab.self, reference: Reference.rtMutex, baseline: PlainMutex.self, suites: RtMutexChecks.suite,
        HiddenSuites.rtMutex),
    ]
  }

  /// The names of the labs that the laws are asked about, as arguments of tests.
  static var slugs: [String] { all.map(\.slug).filter(Asked.about) }

  /// The lab of that name.
  static func named(_ slug: String) throws -> LawfulLab {
    guard let lab = all.first(where: { $0.slug == slug }) else { throw NoSuchLab(slug: slug) }
    return lab
  }

  private struct NoSuchLab: Error {
    let slug: String
  }
}
