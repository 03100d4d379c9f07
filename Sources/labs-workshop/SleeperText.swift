import LabKernel

/// Who sleeps for ever at the end of a run, and for whom: nothing where the run might have gone on.
struct SleeperText {
  /// The heading, and a line a sleeper.
  let lines: [String]

  /// How many sleepers are told of.
  private static let maximumSleepers = 20
  /// How many are named that one sleeper waits for.
  private static let maximumWakers = 2

  init(_ record: RunRecord) {
    let sleepers = record.sleepers
    let told = sleepers.prefix(SleeperText.maximumSleepers).map { "  " + SleeperText.sentence($0, record) }
    let hidden = sleepers.count - told.count
    let more = hidden > 0 ? ["  … and \(hidden) more: --json prints them all"] : []
    lines = sleepers.isEmpty ? [] : ["", "asleep for ever:"] + told + more
  }

  /// "W (3) in read, until W (3) writes to the pipe".
  private static func sentence(_ sleeper: Sleeper, _ record: RunRecord) -> String {
    let name = SleeperText.name(sleeper.pid, record)
    switch sleeper.reason {
    case .timer: return "\(name), and its timer never rings"
    case .childExit: return "\(name) in wait, until \(wakers(of: sleeper, record)) ends"
    case .pipe(_, .read): return "\(name) in read, until \(wakers(of: sleeper, record)) writes to the pipe"
    case .pipe(_, .write): return "\(name) in write, until \(wakers(of: sleeper, record)) reads from the pipe"
    case .mutex(let mutex):
      return "\(name) in lock, until \(wakers(of: sleeper, record)) unlocks \(record.name(of: mutex))"
    }
  }

  private static func wakers(of sleeper: Sleeper, _ record: RunRecord) -> String {
    let names = sleeper.wakers.prefix(maximumWakers).map { name($0, record) }
    let others = sleeper.wakers.count - names.count
    let all = others > 0 ? names + ["one of \(others) more"] : names
    return all.isEmpty ? "somebody" : all.joined(separator: " or ")
  }

  private static func name(_ pid: PID, _ record: RunRecord) -> String { "\(record.name(of: pid)) (\(pid))" }
}
