import LabKernel

/// When each job has the CPU: jobs on one CPU under a scheduling class.
struct ScheduleHomework: HomeworkKind {
  let section: String
  private let rules: [Rule]

  init(_ section: String, _ rules: [Rule]) {
    self.section = section
    self.rules = rules
  }

  /// How the next job is chosen.
  enum Rule: Sendable {
    case firstComeFirstServed
    case shortestJobFirst
    case roundRobin
    case multilevelFeedback

    /// The class that does so.
    var schedulingClass: any SchedulingClass.Type {
      switch self {
      case .firstComeFirstServed: FirstComeFirstServed.self
      case .shortestJobFirst: ShortestJobFirst.self
      case .roundRobin: RoundRobin.self
      case .multilevelFeedback: MultilevelFeedback.self
      }
    }

    private var boost: Int { Int(MultilevelFeedback.boostPeriod.nanoseconds / 1_000_000) }

    /// Why a job loses the CPU at an instant although it is not done.
    func reason(_ job: String, at time: Int) -> String {
      guard self == .multilevelFeedback else { return "\(job) has used up its time slice" }
      if time % boost == 0 { return "all jobs go back to the top" }
      return "\(job)'s slice is over, or a job came on a higher level"
    }

    /// What the question says of it.
    func says(quantum: Int) -> String {
      switch self {
      case .firstComeFirstServed: "first come, first served: a job runs until it is done."
      case .shortestJobFirst: "shortest job first: a job runs until it is done; then the shortest waiting job runs."
      case .roundRobin:
        "round robin, with a time slice of \(quantum) ms. A job that arrives just when a slice ends is queued before "
          + "the job whose slice has ended."
      case .multilevelFeedback:
        "with a multi-level feedback queue: \(MultilevelFeedback.levels) levels, round robin in each, with a slice of "
          + "\(quantum) ms; a job starts at the top, goes down a level with each slice that it has used up, and goes "
          + "back to the top with all others at every multiple of \(boost) ms. A job that arrives or wakes up takes "
          + "the CPU from one on a lower level. Whatever takes the CPU from a job, it keeps the rest of its slice."
      }
    }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let rule = random.pick(rules)
    let quantum = random.draw(1...4)
    let jobs = JobMix(count: random.draw(3...4), sleeps: rule == .multilevelFeedback, &random)
    var components = Components()
    components.scheduling.fair = rule.schedulingClass
    let run = JobRun(jobs, Configuration(quantum: quantum), components)
    let question =
      ["One CPU runs these jobs, \(rule.says(quantum: quantum))", ""] + jobs.table + [
        "", "Draw the timeline, one letter per millisecond. What are the turnaround and the response",
        "time of each job, and the average of both?",
      ]
    let steps = run.steps { rule.reason($0, at: $1) }
    return (question, run.timeline + [""] + steps + [""] + run.table)
  }
}

/// What a timeline of two CPUs shows.
struct TimelineHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    let jobs = JobMix(count: random.draw(3...5), sleeps: false, &random)
    let run = JobRun(jobs, Configuration(cpus: 2, quantum: random.draw(1...3)), Components())
    let moment = random.draw(0...max(0, run.ticks - 1))
    let question =
      ["Two CPUs have run some jobs; each letter is a millisecond, a dot is an idle CPU.", ""] + run.timeline + [
        "", "What was each CPU doing at \(moment) ms? How busy was each CPU, as a percentage of the whole run?",
        "How often did each CPU switch from one job to another, not counting idle times?",
      ]
    let answer = run.rows.enumerated().map { cpu, row in
      let letter = row[row.index(row.startIndex, offsetBy: moment)]
      let busy = row.count { $0 != "." }
      let pairs = zip(row, row.dropFirst()).count { $0 != $1 && $0 != "." && $1 != "." }
      return "  CPU \(cpu): at \(moment) ms \(letter == "." ? "idle" : "running \(letter)"); busy "
        + "\(busy) of \(run.ticks) ms, \(Lines.percent(busy, of: run.ticks)); \(pairs) switches between jobs"
    }
    return (question, answer)
  }
}

/// Jobs that compute and do nothing else, with names from A on.
struct JobMix {
  /// A job.
  struct Job {
    /// One letter.
    let name: String
    /// When it arrives, in milliseconds.
    let start: Int
    /// How long it computes at a time, in milliseconds.
    let length: Int
    /// How long it sleeps each time but the last.
    var sleep = 0
    /// How many times it computes.
    var times = 1

    /// What it does, in words.
    var words: String {
      times == 1 ? "\(length) ms" : "\(length) ms, then sleeps \(sleep) ms; \(times) times"
    }

    /// What it does, as a program.
    var program: Program {
      let script = Array(repeating: "compute \(length)ms", count: times).joined(separator: "\nsleep \(sleep)ms\n")
      do throws(ProgramError) {
        return try ProgramParser.parse(script)
      } catch {
        preconditionFailure("a script of ours cannot be read: \(error)")
      }
    }
  }

  /// In the order in which they arrive.
  let jobs: [Job]

  /// Draws jobs.
  ///
  /// - Parameter sleeps: whether the last of them sleeps between pieces of work, and the others are long.
  init(count: Int, sleeps: Bool, _ random: inout RandomSource) {
    var start = 0
    jobs = (0..<count).map { number in
      if number > 0 { start += random.draw(0...3) }
      let name = Lines.letter(number)
      guard sleeps, number == count - 1 else {
        return Job(name: name, start: start, length: random.draw(sleeps ? 4...12 : 1...8))
      }
      return Job(
        name: name, start: start, length: random.draw(1...2), sleep: random.draw(2...5), times: random.draw(2...4))
    }
  }

  /// A line for each.
  var table: [String] {
    ["    job  arrives  computes"] + jobs.map { "    " + $0.name.filled(5) + "\($0.start) ms".filled(9) + $0.words }
  }
}

/// How the kernel has run some jobs.
struct JobRun {
  private let kernel: Kernel
  private let names: [PID: String]

  init(_ mix: JobMix, _ configuration: Configuration, _ components: Components) {
    var kernel = Kernel(configuration, components: components)
    for job in mix.jobs {
      kernel.spawn(Spawn(job.name, kernel.load(job.program), start: .zero + .milliseconds(job.start)))
    }
    kernel.run()
    self.kernel = kernel
    names = Dictionary(uniqueKeysWithValues: kernel.figures.map { ($0.pid, $0.name) })
  }

  /// How many milliseconds it took.
  var ticks: Int { Self.milliseconds(kernel.now - .zero) }

  /// For each CPU, one letter per millisecond, a dot where it was idle.
  var rows: [String] {
    (0..<kernel.configuration.cpus).map { cpu in
      let switches = arrivals(on: CPUID(cpu))
      return String(
        (0..<ticks).map { tick in
          let pid = switches.last { $0.time <= .zero + .milliseconds(tick) }?.next ?? 0
          return names[pid]?.first ?? "."
        })
    }
  }

  /// The rows with the numbers of their CPUs, and a scale.
  var timeline: [String] {
    return ["    ms     " + Lines.scale(ticks)] + rows.enumerated().map { "    CPU \($0.offset)  \($0.element)" }
  }

  /// Why each switch came.
  ///
  /// - Parameter reason: why a job lost the CPU at a millisecond although it was not done.
  func steps(_ reason: (_ job: String, _ time: Int) -> String) -> [String] {
    var lines: [String] = []
    for event in kernel.trace.events {
      guard case .schedSwitch(let previous, let state, let next) = event.what else { continue }
      let (before, after) = (names[previous], names[next])
      let time = Self.milliseconds(event.time - .zero)
      let why =
        before.map { job in
          switch state {
          case .runnable: reason(job, time)
          case .sleeping, .uninterruptible, .stopped: "\(job) sleeps"
          case .ended: "\(job) is done"
          }
        } ?? "the CPU was idle"
      lines.append("  " + "\(time) ms".filled(7) + why + (after.map { "; \($0) is next" } ?? "; no job is ready"))
    }
    return lines
  }

  /// The times of each job, and their averages.
  var table: [String] {
    let figures = kernel.figures
    let turnarounds = figures.map { Self.milliseconds($0.accounting.turnaround ?? .zero) }
    let responses = figures.map { Self.milliseconds($0.accounting.response ?? .zero) }
    let rows = figures.indices.map { row in
      "    " + figures[row].name.filled(9) + "\(turnarounds[row]) ms".filled(12) + "\(responses[row]) ms"
    }
    let averages = [turnarounds, responses].map { Self.average($0) + " ms" }
    return ["    job      turnaround  response"] + rows + ["    average  " + averages[0].filled(12) + averages[1]]
  }

  private func arrivals(on cpu: CPUID) -> [(time: Instant, next: PID)] {
    kernel.trace.events.compactMap { event in
      guard event.cpu == cpu, case .schedSwitch(_, _, let next) = event.what else { return nil }
      return (event.time, next)
    }
  }

  private static func milliseconds(_ duration: Duration) -> Int { Int(duration.nanoseconds / 1_000_000) }

  /// To a tenth, rounded half up.
  private static func average(_ values: [Int]) -> String {
    let tenths = (values.reduce(0, +) * 20 + values.count) / (2 * values.count)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
