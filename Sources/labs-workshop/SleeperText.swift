import LabKernel

/// Which tasks sleep forever at the end of a run, and for which others: nothing if the run might have gone on.
struct SleeperText {
  /// The heading, and one line per sleeper.
  let lines: [String]

  /// How many sleepers are listed.
  private static let maximumSleepers = 20
  /// How many tasks that one sleeper waits for are named.
  private static let maximumWakers = 2

  init(_ record: RunRecord) {
    let sleepers = record.sleepers
    let told = sleepers.prefix(SleeperText.maximumSleepers).map { "  " + SleeperText.sentence($0, record) }
    let hidden = sleepers.count - told.count
    let more = hidden > 0 ? ["  … and \(hidden) more: --json prints them all"] : []
    lines = sleepers.isEmpty ? [] : ["", "asleep forever:"] + told + more
  }

  /// "W (3) in read, until W (3) writes to the pipe".
  private static func sentence(_ sleeper: Sleeper, _ record: RunRecord) -> String {
    let name = SleeperText.name(sleeper.pid, record)
    if sleeper.remedy.isEmpty { return "\(name), and its timer never fires" }
    return "\(name) in \(sleeper.call), until \(wakers(of: sleeper, record)) \(sleeper.remedy)"
  }

  private static func wakers(of sleeper: Sleeper, _ record: RunRecord) -> String {
    let names = sleeper.wakers.prefix(maximumWakers).map { name($0, record) }
    let others = sleeper.wakers.count - names.count
    let all = others > 0 ? names + ["one of \(others) more"] : names
    return all.isEmpty ? "another task" : all.joined(separator: " or ")
  }

  private static func name(_ pid: PID, _ record: RunRecord) -> String { "\(record.name(of: pid)) (\(pid))" }
}
