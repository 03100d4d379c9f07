/// What is left of the time that one submission gets for all its checks.
///
/// The first check that does not come back costs all the time of a check. A program that loops most often loops in every
/// check, and then each of the others would cost as much again: so from there on a check gets a tenth. That is far more than a
/// component needs, and a check that passes is still told from one that does not. What all checks may take together is
/// bounded, too.
package struct TimeBudget: Sendable {
  private let limits: Limits
  private var isShort = false
  /// What the cases of all checks have taken.
  private var spent = Duration.zero
  /// What looking for simpler cases has taken, in the current check and in all of them.
  private var sought = (check: Duration.zero, all: Duration.zero)
  /// How many of the simpler cases did not come back, in the current check and in all of them.
  private var lost = (check: 0, all: 0)

  /// After a check that did not come back, each gets this part of its time.
  private static let share = 10
  /// All checks together get so many times the processor time of one.
  private static let checks = 8
  /// Looking for simpler cases may take so many times as much, for all checks together.
  private static let searches = 4
  /// So many simpler cases may fail to come back, in a check and in all of them: this ends a search, and the time above
  /// one that is slow for other reasons, because numbers of cases are the same each time.
  private static let losses = (check: 2, all: 4)

  /// The whole time for checks with these limits.
  package init(_ limits: Limits) { self.limits = limits }

  /// What the cases of the next check may use.
  package var next: Limits { isShort ? short : limits }

  /// What a simpler case may use: one that takes as long as all cases of a check together is none.
  package var short: Limits {
    var short = limits
    short.cpuSeconds = max(1, limits.cpuSeconds / Self.share)
    return short
  }

  /// What is to be said of a check that used up its time, where that was less than usual; empty where it was not.
  package var excuse: String { isShort ? ", which is what a check gets after one that did not come back" : "" }

  /// Why no case of a check is run any more; nil where one is.
  package var refusal: String? {
    let all = Self.checks * limits.cpuSeconds
    return spent > .seconds(all) ? "not run: the checks before it took more than \(all) s together" : nil
  }

  /// Whether simpler cases may still be looked for.
  package var hasTimeToSearch: Bool {
    lost.check < Self.losses.check && lost.all < Self.losses.all && sought.check <= .seconds(limits.cpuSeconds)
      && sought.all <= .seconds(Self.searches * limits.cpuSeconds)
  }

  /// Begins a check: there is all the time of a check to look for simpler cases.
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
