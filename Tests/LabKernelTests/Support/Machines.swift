import LabKernel

/// A machine with the tasks of a table, started in order: their names, and their programs as text.
func machine(
  cpus: Int = 1, quantum: Int = 1, frames: Int = 4096, components: Components = .baseline, tracing: Bool = true,
  _ tasks: KeyValuePairs<String, String>
) throws -> Kernel {
  let configuration = Configuration(cpus: cpus, quantum: quantum, frames: frames, tracing: tracing)
  var kernel = Kernel(configuration, components: components)
  for (name, source) in tasks {
    let program = kernel.load(try ProgramParser.parse(source))
    kernel.spawn(Spawn(name, program))
  }
  return kernel
}

extension Kernel {
  /// Starts one more task.
  mutating func start(
    _ name: String, _ source: String, at milliseconds: Int = 0, policy: SchedulingPolicy = .normal, priority: Int = 0
  ) throws {
    let program = load(try ProgramParser.parse(source))
    let start = Instant.zero + .milliseconds(milliseconds)
    spawn(Spawn(name, program, start: start, policy: policy, realtimePriority: priority))
  }

  /// Steps to the end and checks the invariants after every step.
  ///
  /// - Returns: what was broken, and after which step; nothing if all was well.
  mutating func runChecked(maximumSteps: Int = 100_000) -> [String] {
    for number in 1...maximumSteps {
      let goesOn = step()
      let broken = brokenInvariants()
      if !broken.isEmpty { return broken.map { "after step \(number): \($0)" } }
      if !goesOn { return oops.map { [$0.sentence] } ?? [] }
    }
    return ["it goes on after \(maximumSteps) steps"]
  }

  /// Which task ran when: a row per CPU, a letter per tick, the first of the task's name, or a dot for none.
  var schedule: [String] {
    let tick = configuration.tick.nanoseconds
    let ticks = Int((now.nanoseconds + tick - 1) / tick)
    return (0..<configuration.cpus).map { cpu in
      let switches = trace.events.compactMap { $0.arrival(on: CPUID(cpu)) }
      return String(
        (0..<ticks).map { column -> Character in
          let pid = switches.last { $0.time.nanoseconds <= Int64(column) * tick }?.pid ?? 0
          return pid == 0 ? "." : name(of: pid).first ?? "?"
        })
    }
  }
}

extension TraceEvent {
  /// The task that got `cpu`, and when, if that is what happened.
  fileprivate func arrival(on cpu: CPUID) -> (time: Instant, pid: PID)? {
    guard self.cpu == cpu, case .schedSwitch(_, _, let next) = what else { return nil }
    return (time, next)
  }
}
