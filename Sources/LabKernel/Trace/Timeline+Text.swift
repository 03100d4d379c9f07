extension Timeline {
  /// The picture as lines of at most `width` ASCII characters: one row per CPU with the tasks' letters, and one row per
  /// task with the digit of the CPU on which it ran.
  ///
  /// ```
  ///           0         10
  /// cpu0      AABBCCAACA
  /// A         00....00.0
  /// ```
  /// Below them, one row per mutex has the letter of its owner. One column is 1, 2 or 5 times a power of ten; if
  /// several tasks share a column, the task that was there longest is shown, and the hidden switches are counted. What
  /// does not fit is folded into bands.
  public func text(width: Int = 80, maximumBands: Int = 6) -> [String] {
    guard start < end else { return ["no time passed"] }
    let names = rows.map(\.name.count) + mutexes.map { $0.name.count + 2 }
    let label = max(6, min(16, names.max() ?? 0)) + 2
    let columns = max(20, (width - label) / 10 * 10)
    let step = scale(columns: columns * maximumBands)
    let total = Int(((end - start).nanoseconds + step.nanoseconds - 1) / step.nanoseconds)
    let heading = "\(header)  1 col = \(step)"
    let legend = "0-9 on that cpu  . runnable  ~ blocked" + rarerStates
    var lines = heading.count + 2 + legend.count <= width ? [heading + "  " + legend] : [heading, legend]
    for first in stride(from: 0, to: total, by: columns) {
      if first > 0 { lines.append("") }
      lines += band(first..<min(first + columns, total), step: step, label: label)
    }
    let hidden = hiddenSwitches(step)
    if hidden > 0 { lines.append("! \(hidden) \(hidden == 1 ? "switch" : "switches") hidden at this scale") }
    return lines
  }

  /// What the letters of the states that few pictures show mean, if this one shows them.
  private var rarerStates: String {
    let shown = rows.flatMap(\.intervals).map(\.activity)
    return (shown.contains(.uninterruptible) ? "  D not even for a signal" : "")
      + (shown.contains(.stopped) ? "  T stopped" : "")
  }

  private var header: String { "\(cpus) \(cpus == 1 ? "CPU" : "CPUs")  \(start) to \(end)" }

  /// The coarsest scale at which every switch can be seen, if that needs no more than `columns`; else the finest that
  /// fits.
  private func scale(columns: Int) -> Duration {
    let span = (end - start).nanoseconds
    let boundaries = rows.flatMap(\.intervals).flatMap { [$0.start, $0.end] }
    let unit = boundaries.reduce(into: span) { $0 = greatestCommonDivisor($0, ($1 - start).nanoseconds) }
    var fitting: Int64 = 1
    var seeing: Int64 = 1
    var decade: Int64 = 1
    while decade <= span {
      for step in [decade, 2 * decade, 5 * decade] {
        if unit % step == 0 { seeing = step }
        if fitting * Int64(columns) < span { fitting = step }
      }
      decade *= 10
    }
    return Duration(nanoseconds: max(fitting, seeing))
  }

  private func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }

  private func band(_ columns: Range<Int>, step: Duration, label: Int) -> [String] {
    let from = start + step * columns.lowerBound
    var lines = [String(repeating: " ", count: label) + ruler(columns, step: step)]
    for cpu in 0..<cpus {
      let parts = slices(of: CPUID(cpu)).map { ($0.interval, rows[$0.row].letter) }
      lines.append(pad("cpu\(cpu)", label) + draw(parts, from: from, columns: columns.count, step: step, empty: "."))
    }
    for row in rows {
      let parts = row.intervals.map { ($0, $0.activity.symbol) }
      let drawn = draw(parts, from: from, columns: columns.count, step: step, empty: " ")
      let name = String(row.name).first == row.letter && row.name.count == 1 ? row.name : "\(row.letter) \(row.name)"
      if drawn.contains(where: { $0 != " " }) { lines.append(pad(String(name.prefix(label - 1)), label) + drawn) }
    }
    for mutex in mutexes {
      let parts = mutex.ownerships.map {
        (Interval(start: $0.start, end: $0.end, activity: .blocked), rows[$0.row].letter)
      }
      let drawn = draw(parts, from: from, columns: columns.count, step: step, empty: " ")
      guard drawn.contains(where: { $0 != " " }) else { continue }
      lines.append(pad(String("(\(mutex.name))".prefix(label - 1)), label) + drawn)
    }
    return lines.map(trimmed)
  }

  /// The time at every tenth column, in the largest unit in which the scale is a whole number.
  private func ruler(_ columns: Range<Int>, step: Duration) -> String {
    let unit = step.unit
    var line = ""
    for column in columns where column % 10 == 0 {
      line += String(repeating: " ", count: max(0, column - columns.lowerBound - line.count))
      line += String((start.nanoseconds + step.nanoseconds * Int64(column)) / unit)
    }
    return line
  }

  /// One row: in each column the character that fills most of it.
  private func draw(
    _ parts: [(interval: Interval, symbol: Character)], from: Instant, columns: Int, step: Duration, empty: Character
  ) -> String {
    var shown = Array(repeating: empty, count: columns)
    var longest = Array(repeating: Int64(0), count: columns)
    for part in parts {
      let first = max(0, (part.interval.start - from).nanoseconds / step.nanoseconds)
      let last = min(Int64(columns), ((part.interval.end - from).nanoseconds - 1) / step.nanoseconds + 1)
      guard first < last, part.interval.end > from else { continue }
      for column in Int(first)..<Int(last) {
        let left = from + step * column
        let covered = min(part.interval.end, left + step) - max(part.interval.start, left)
        if covered.nanoseconds > longest[column] {
          longest[column] = covered.nanoseconds
          shown[column] = part.symbol
        }
      }
    }
    return String(shown)
  }

  /// How many switches lie within a column, so that they cannot be seen.
  private func hiddenSwitches(_ step: Duration) -> Int {
    (0..<cpus).reduce(0) { count, cpu in
      count + slices(of: CPUID(cpu)).filter { ($0.interval.start - start).nanoseconds % step.nanoseconds != 0 }.count
    }
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }
}

extension Timeline.Activity {
  /// The character that stands for it in a task's row.
  fileprivate var symbol: Character {
    switch self {
    case .running(let cpu): cpu.raw < 10 ? Character(String(cpu.raw)) : "+"
    case .runnable: "."
    case .blocked: "~"
    case .uninterruptible: "D"
    case .stopped: "T"
    }
  }
}

extension Duration {
  /// The number of nanoseconds in the largest unit in which this is a whole number.
  fileprivate var unit: Int64 {
    [1_000_000_000, 1_000_000, 1000].first { nanoseconds % $0 == 0 } ?? 1
  }
}
