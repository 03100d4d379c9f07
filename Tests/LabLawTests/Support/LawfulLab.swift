import Answers
import Grader
import Judging
import LabHarness

/// One lab with its reference and its suites, with the types erased: everything that the laws need of it.
struct LawfulLab {
  /// The lab's name.
  let slug: String
  /// The ids of all checks, visible ones first.
  let checkIDs: [String]
  /// Returns the number of cases of each check for a seed.
  let cases: (_ seed: UInt64) -> [Int]
  /// Returns what the judges find wrong with the reference, each as "check: finding".
  let complaints: (_ seed: UInt64) -> [String]
  /// Returns all inputs and outputs of the reference for a seed, encoded: equal bytes, equal runs.
  let trace: (_ seed: UInt64) throws -> [UInt8]
  /// Returns outputs that are not the same after being encoded and decoded.
  let lost: (_ seed: UInt64) throws -> [String]
  /// The shape of its harness.
  let shape: LabShape
  /// Has the judges examine damaged outputs of the reference; returns how many could be read at all.
  let judgesDamage: (_ seed: UInt64) throws -> Int
  /// Returns the ids of the checks that a baseline fails.
  let baselineFails: (_ seed: UInt64) -> [String]

  /// A lab and its answer.
  init<L: Lab>(_ entry: LabEntry<L>, _ answer: LabEntry<L>.Answer) {
    let (reference, baseline) = (answer.reference, entry.baseline)
    let checks = entry.suites.flatMap(\.checks)
    func run(_ component: L.Component, _ input: L.Input) -> L.Output {
      L.run(component, on: L.question(input), calls: SilentCallLog())
    }
    func fault(_ component: L.Component, _ check: Check<L>, _ seed: UInt64) -> String? {
      check.cases(seed).lazy.compactMap { check.judge($0, run(component, $0)) }.first
        .map { "\(check.id): \($0.what)" }
    }
    slug = entry.slug
    shape = Self.shape(of: L.self)
    checkIDs = checks.map(\.id)
    cases = { seed in checks.map { $0.cases(seed).count } }
    complaints = { seed in checks.compactMap { fault(reference, $0, seed) } }
    trace = { seed in
      let inputs = checks.flatMap { $0.cases(seed) }
      return try WireEncoder().encode(inputs) + WireEncoder().encode(inputs.map { run(reference, $0) })
    }
    lost = { seed in
      try checks.compactMap { check in
        let inputs = check.cases(seed)
        let outputs = inputs.map { run(reference, $0) }
        let isSame =
          try WireDecoder().decode([L.Input].self, from: WireEncoder().encode(inputs)) == inputs
          && WireDecoder().decode([L.Output].self, from: WireEncoder().encode(outputs)) == outputs
        return isSame ? nil : check.id
      }
    }
    judgesDamage = { seed in
      var damage = Damage(seed: seed)
      let cases = checks.flatMap { check in check.cases(seed).map { (check, $0) } }
      let honest = try cases.map { String(decoding: try WireEncoder().encode(run(reference, $1)), as: UTF8.self) }
      var judged = 0
      // If only few cases are run, each is damaged several times.
      for _ in 0..<Self.damageRounds where judged < Self.enoughDamage {
        for (one, text) in zip(cases, honest) {
          let line = Array(damage.damaged(text).utf8)
          // An output that cannot be read is refused before a judge sees it.
          guard let output = try? WireDecoder().decode(L.Output.self, from: line) else { continue }
          _ = one.0.judge(one.1, output)
          judged += 1
        }
      }
      return judged
    }
    baselineFails = { seed in checks.filter { fault(baseline, $0, seed) != nil }.map(\.id) }
  }

  private static func shape<L: Lab>(of lab: L.Type) -> LabShape {
    if lab is any InterleavingLab.Type { return .interleaving }
    return lab is any KernelLab.Type ? .kernel : .call
  }

  /// The number of damaged outputs that is enough.
  static var enoughDamage: Int { 50 }
  private static var damageRounds: Int { 40 }

  /// Every lab of the answer key.
  static var all: [LawfulLab] {
    var collector = Collector()
    do {
      try Answers.visit(&collector)
    } catch {
      fatalError("\(error)")
    }
    return collector.labs
  }

  private struct Collector: LabVisitor {
    var labs: [LawfulLab] = []

    mutating func visit<L: Lab & SendableMetatype>(_ entry: LabEntry<L>) {
      if let answer = entry.answer { labs.append(LawfulLab(entry, answer)) }
    }
  }

  /// The names of the labs that the laws cover, as arguments of tests.
  static var slugs: [String] { all.map(\.slug).filter(Asked.about) }

  /// Returns the lab of that name.
  static func named(_ slug: String) throws -> LawfulLab {
    guard let lab = all.first(where: { $0.slug == slug }) else { throw NoSuchLab(slug: slug) }
    return lab
  }

  private struct NoSuchLab: Error {
    let slug: String
  }
}
