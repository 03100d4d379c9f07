/// What one run of a submission may use.
package struct Limits: Sendable, Codable, Equatable {
  /// Processor time for the cases of one check, in seconds: this is the limit that decides.
  package var cpuSeconds: Int
  /// Memory, in MiB.
  package var memoryMiB: Int
  /// What it may print, in KiB, in one process.
  package var outputKiB: Int
  /// How large its answer to one case may be, in KiB: larger than any right answer, but bounded, because the judge
  /// reads it all.
  package var answerKiB: Int

  /// The limits of a lab that names none.
  package static let usual = Limits(cpuSeconds: 10, memoryMiB: 512, outputKiB: 256)

  /// Limits.
  package init(cpuSeconds: Int, memoryMiB: Int, outputKiB: Int, answerKiB: Int = 1024) {
    self.cpuSeconds = cpuSeconds
    self.memoryMiB = memoryMiB
    self.outputKiB = outputKiB
    self.answerKiB = answerKiB
  }

  /// The largest answer to one case, in bytes.
  var answer: Int { answerKiB << 10 }
  /// The largest size of the answers to all cases of one check together, in bytes; answers to simpler cases after a
  /// failure are counted separately.
  var answersOfCheck: Int { 4 * answer }

  /// How long it may sleep in the cases of one check, in seconds: no component has anything to wait for.
  package var sleepSeconds: Int { 2 * cpuSeconds }
}

/// What `setrlimit` is told inside the sandbox.
package struct ResourceLimits: Sendable {
  var cpuSoft: Int
  var cpuHard: Int
  var addressSpace: Int
  var data: Int
  var processes: Int
  var files: Int
  var fileSize: Int

  private static let mebibyte = 1 << 20
  /// More seconds than any submission gets; ``Watch`` ends it earlier.
  private static let day = 86_400

  /// For a submission.
  ///
  /// Libraries and thread stacks count as address space, so it gets more of that than of data. One process serves check
  /// after check, each with its own time: the runner sets the soft limit again each time, so the hard limit must be out
  /// of reach.
  init(_ limits: Limits) {
    cpuSoft = limits.cpuSeconds
    cpuHard = Self.day
    addressSpace = (limits.memoryMiB + 512) * Self.mebibyte
    data = limits.memoryMiB * Self.mebibyte
    processes = 64
    files = 64
    fileSize = 16 * Self.mebibyte
  }

  /// For the compiler.
  ///
  /// Each of its processes gets `cpuSeconds`.
  init(compilerSeconds cpuSeconds: Int, memoryMiB: Int) {
    cpuSoft = cpuSeconds
    cpuHard = cpuSeconds + 1
    addressSpace = (memoryMiB + 1024) * Self.mebibyte
    data = memoryMiB * Self.mebibyte
    processes = 128
    files = 256
    fileSize = 128 * Self.mebibyte
  }

  /// For the interpreter of scripts, whose tasks may open as many files as those of the model.
  ///
  /// - Parameter files: how many descriptors a task may have.
  init(scriptSeconds cpuSeconds: Int, files: Int) {
    cpuSoft = cpuSeconds
    cpuHard = cpuSeconds + 1
    addressSpace = 512 * Self.mebibyte
    data = 128 * Self.mebibyte
    processes = 512
    self.files = files
    fileSize = 16 * Self.mebibyte
  }

  /// The limits in the order in which `sandbox-shim` takes them.
  func arguments(countsProcesses: Bool) -> [String] {
    [cpuSoft, cpuHard, addressSpace, data, countsProcesses ? processes : 1 << 20, files, fileSize].map(String.init)
  }
}
