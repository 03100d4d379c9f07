/// What is left of the time that one submission gets for all its checks.
///
/// The first check that does not come back costs the whole time of a check. A program that loops usually loops in every
/// check, and then each of the others would cost as much again, so from then on, a check gets a tenth. That is far more
/// than a component needs, and a check that passes can still be told from one that does not. The total time of all
/// checks is bounded, too.
package struct TimeBudget: Sendable {
  private let limits: Limits
  private var isShort = false
  /// What the cases of all checks have taken.
  private var spent = Duration.zero
  /// What looking for simpler cases has taken, in the current check and in all of them.
  private var sought = (check: Duration.zero, all: Duration.zero)
  /// How many of the simpler cases did not come back, in the current check and in all of them.
  private var lost = (check: 0, all: 0)

  /// After a check that did not come back, each check gets its time divided by this.
  private static let share = 10
  /// The processor time for all checks together, as a multiple of one check's.
  private static let checks = 8
  /// The time for looking for simpler cases, for all checks together, as a multiple of one check's.
  private static let searches = 4
  /// How many simpler cases may fail to come back, in a check and in all of them; this is what ends a search, because a
  /// number of cases is the same each time, and the time above ends one that is slow for other reasons.
  private static let losses = (check: 2, all: 4)

  /// The whole time for checks with these limits.
  package init(_ limits: Limits) { self.limits = limits }

  /// What the cases of the next check may use.
  package var next: Limits { isShort ? short : limits }

  /// What a simpler case may use: one that takes as long as all cases of a check together is not simpler.
  package var short: Limits {
    var short = limits
    short.cpuSeconds = max(1, limits.cpuSeconds / Self.share)
    return short
  }

  /// What to say about a check that used up its time, if that was less than usual; empty otherwise.
  package var excuse: String { isShort ? ", which is what a check gets after one that did not come back" : "" }

  /// Why no more cases of a check are run; nil if they are.
  package var refusal: String? {
    let all = Self.checks * limits.cpuSeconds
    return spent > .seconds(all) ? "not run: the checks before it took more than \(all) s together" : nil
  }

  /// Whether simpler cases may still be looked for.
  package var hasTimeToSearch: Bool {
    lost.check < Self.losses.check && lost.all < Self.losses.all && sought.check <= .seconds(limits.cpuSeconds)
      && sought.all <= .seconds(Self.searches * limits.cpuSeconds)
  }

  /// Begins a check: there is a whole check's time to look for simpler cases.
  package mutating func beginCheck() { (sought.check, lost.check) = (.zero, 0) }

  /// Counts what the cases of a check have taken, and whether they came back.
  package mutating func spend(_ time: Duration, cameBack: Bool) {
    spent += time
    if !cameBack { isShort = true }
  }

  /// Counts what a simpler case has taken, and whether it came back.
  package mutating func search(_ time: Duration, cameBack: Bool) {
    sought = (sought.check + time, sought.all + time)
    if !cameBack { lost = (lost.check + 1, lost.all + 1) }
  }
}
