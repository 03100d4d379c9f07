import LabKernel

/// How much slower a round trip may be beside a hundred thousand tasks than beside ten.
let maximumSlowdown = 2.0

/// How many times a parent forks a child, which ends at once, and waits for it.
private let roundTrips = 50_000

/// A machine on which one task makes all round trips, beside `live` tasks that sleep.
private func machine(live: Int) throws -> Kernel {
  let frames = (live + 8) << kernelStackOrder
  var kernel = Kernel(Configuration(frames: frames, pidLimit: maximumPIDLimit, tracing: false))
  let sleeper = kernel.load(try ProgramParser.parse("sleep 1000s"))
  for _ in 0..<live { kernel.spawn(Spawn("sleeper", sleeper)) }
  let forks = """
    again: fork
    if r0 == 0 goto child
    wait
    compute 1us
    add r5 1
    if r5 < \(roundTrips) goto again
    exit
    child: exit 3
    """
  kernel.spawn(Spawn("forks", kernel.load(try ProgramParser.parse(forks)), start: .zero + .milliseconds(1)))
  kernel.run(until: .zero + .microseconds(999))
  return kernel
}

/// Measures fork, exit and wait beside few tasks and many.
func measureForks(_ report: inout Report) throws {
  var rates: [Double] = []
  for live in [10, 1000, 100_000] {
    let before = try machine(live: live)
    let best = (0..<3).map { _ in
      // The first steps copy the tables, which the snapshot shares.
      var kernel = before
      kernel.run(until: .zero + .microseconds(1999))
      let elapsed = seconds { kernel.run(until: .zero + .seconds(1)) }
      precondition(kernel.obituaries.count == roundTrips + 1, "every child comes to its end")
      return elapsed
    }
    rates.append(Double(roundTrips - 1000) / (best.min() ?? 1))
    print(
      "       fork, exit and wait beside \(live) tasks: \(format(rates[rates.count - 1] / 1000, 0)) thousand a second")
  }
  let slowdown = (rates.max() ?? 0) / (rates.min() ?? 1)
  report.add(
    "fork, exit and wait beside 10 to 100000 tasks", "\(format(slowdown, 2)) times from the best to the worst",
    isWithin: slowdown <= maximumSlowdown, bound: "\(format(maximumSlowdown, 1)) times")
}
