extension Timeline {
  /// The timeline in Chrome's trace format, which Perfetto and chrome://tracing open.
  ///
  /// One process "CPUs" with one thread per CPU, one process "Tasks" with one thread per task, and, if there are any
  /// mutexes, one process "Mutexes" with one thread per mutex that shows its owners. Times are in microseconds, written
  /// with three decimals, so that no nanosecond is lost.
  /// - Source: the Trace Event Format document of the Chromium project.
  public var chromeJSON: String {
    var events = names(of: 1, "CPUs", (0..<cpus).map { ($0 + 1, "cpu\($0)") })
    events += names(of: 2, "Tasks", rows.map { (Int($0.pid), "\($0.name) (\($0.pid))") })
    for cpu in 0..<cpus {
      events += slices(of: CPUID(cpu)).map {
        slice(process: 1, thread: cpu + 1, $0.interval, rows[$0.row].name, category: "run")
      }
    }
    for row in rows {
      events += row.intervals.map {
        slice(process: 2, thread: Int(row.pid), $0, $0.activity.title, category: "state")
      }
    }
    if !mutexes.isEmpty {
      events += names(of: 3, "Mutexes", mutexes.enumerated().map { ($0.offset + 1, $0.element.name) })
    }
    for (index, mutex) in mutexes.enumerated() {
      events += mutex.ownerships.map { ownership in
        let interval = Interval(start: ownership.start, end: ownership.end, activity: .blocked)
        return slice(process: 3, thread: index + 1, interval, rows[ownership.row].name, category: "lock")
      }
    }
    return "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n" + events.joined(separator: ",\n") + "\n]}\n"
  }

  private func names(of process: Int, _ name: String, _ threads: [(id: Int, name: String)]) -> [String] {
    let meta = { (kind: String, thread: Int?, args: String) in
      let thread = thread.map { "\"tid\":\($0)," } ?? ""
      return "{\"ph\":\"M\",\"pid\":\(process),\(thread)\"name\":\"\(kind)\",\"args\":{\(args)}}"
    }
    let head = [
      meta("process_name", nil, "\"name\":\"\(name)\""), meta("process_sort_index", nil, "\"sort_index\":\(process)"),
    ]
    return threads.enumerated().reduce(into: head) { events, entry in
      let thread = entry.element
      events.append(meta("thread_name", thread.id, "\"name\":\"\(escaped(thread.name))\""))
      events.append(meta("thread_sort_index", thread.id, "\"sort_index\":\(entry.offset)"))
    }
  }

  private func slice(
    process: Int, thread: Int, _ interval: Interval, _ name: String, category: String
  ) -> String {
    let times = "\"ts\":\(microseconds(interval.start - .zero)),\"dur\":\(microseconds(interval.length))"
    return
      "{\"ph\":\"X\",\"pid\":\(process),\"tid\":\(thread),\(times),\"cat\":\"\(category)\",\"name\":\"\(escaped(name))\"}"
  }

  private func microseconds(_ duration: Duration) -> String {
    let rest = String(duration.nanoseconds % 1000)
    return "\(duration.nanoseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Timeline.Activity {
  /// Its title in a viewer.
  fileprivate var title: String {
    switch self {
    case .running(let cpu): "Running on cpu\(cpu.raw)"
    case .runnable: "Runnable"
    case .blocked: "Blocked"
    case .uninterruptible: "Uninterruptible"
    case .stopped: "Stopped"
    }
  }
}
