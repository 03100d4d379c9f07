import Foundation
import Grader
import LabKernel
import Testing

/// The whole program, stopped and killed again and again at moments that a seed draws, while something else keeps all
/// processors busy.
///
/// `make stops` does it as often as promised; `LABS_STOPS` holds the numbers of stops and kills, and the seed.
@Suite(.serialized, .timeLimit(.minutes(120))) struct StopTests {
  /// How often to strike, and the seed of the moments.
  private struct Plan {
    var stops = 8
    var kills = 4
    var seed: UInt64 = 7

    /// What the environment asks for, or a small number of each.
    init() {
      let words = (ProcessInfo.processInfo.environment["LABS_STOPS"] ?? "").split(separator: ":").compactMap { Int($0) }
      if words.count == 3 { (stops, kills, seed) = (words[0], words[1], UInt64(words[2])) }
    }
  }

  @Test func `66: whenever it is stopped or killed, it ends, leaves nothing, and goes on to the same results`() throws {
    let plan = Plan()
    let folder = try Scratch()
    for student in ["ana", "bob", "cat"] {
      try folder.write("in/\(student)/buddy/BuddyAllocator.swift", Mischief(above: "// \(student)").source)
    }
    let load = try Load(processors: ProcessInfo.processInfo.activeProcessorCount)
    defer { load.end() }
    var campaign = try Campaign(folder, seed: plan.seed)
    var signals =
      (0..<plan.stops).map { $0.isMultiple(of: 2) ? SIGINT : SIGTERM } + Array(repeating: SIGKILL, count: plan.kills)
    campaign.shuffle(&signals)
    for signal in signals { try campaign.strike(signal) }
    try campaign.finish()
    print(campaign.tally)
    #expect(campaign.faults == [])
  }
}

/// Something that keeps every processor busy, until it is ended or this process is.
private struct Load {
  private var processes: [Process] = []

  init(processors: Int) throws {
    for _ in 0..<processors {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c", "while [ -d /proc/\(getpid()) ]; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done",
      ]
      // It must not hold the pipes of these tests: code that waits for their end would wait for this.
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      processes.append(process)
    }
  }

  /// Kills them: SIGTERM may be blocked in what a thread of these tests has started.
  func end() {
    for process in processes {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }
}

/// One strike after the other; what is kept after one is where the next run begins, until a run is finished.
private struct Campaign {
  private let folder: Scratch
  private var random: RandomSource
  private let whole: String
  private var round = 0
  private var runs: [GraderRun] = []
  /// How long a whole run takes, in microseconds: after that, nothing can be struck.
  private let span: Int
  private var counts: [String: Int] = [:]
  /// What went wrong, in words.
  private(set) var faults: [String] = []

  /// How often each thing happened.
  var tally: String { counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }

  init(_ folder: Scratch, seed: UInt64) throws {
    self.folder = folder
    random = RandomSource(seed: seed)
    let start = ContinuousClock.now
    try GraderRun(folder, out: "whole").end()
    span = Int(start.duration(to: .now) / .microseconds(1))
    whole = try folder.read("whole/results.json")
  }

  mutating func shuffle(_ signals: inout [Int32]) {
    for index in signals.indices.reversed() where index > 0 { signals.swapAt(index, random.draw(0...index)) }
  }

  mutating func strike(_ signal: Int32) throws {
    let run = try GraderRun(folder, out: "out-\(round)")
    runs.append(run)
    usleep(UInt32(random.draw(0...span)))
    let isInTime = run.isRunning
    do {
      let left = try run.strike(signal)
      if !Relative.areGone(left) { faults.append("signal \(signal) left processes: \(left.map(\.command))") }
    } catch {
      faults.append("signal \(signal): \(error)")
    }
    count(signal, run, isInTime: isInTime)
    if signal != SIGKILL, run.status == 130, run.folders != [] { faults.append("a stop left \(run.folders)") }
    if run.status == 0 { try compare() }
  }

  private mutating func count(_ signal: Int32, _ run: GraderRun, isInTime: Bool) {
    switch run.status {
    case 0: counts["finished before they were struck", default: 0] += 1
    case 130: counts["stopped", default: 0] += 1
    case SIGKILL where signal == SIGKILL: counts["killed", default: 0] += 1
    // The program has not begun to listen to signals yet.
    case signal: counts["struck before they began", default: 0] += 1
    default: faults.append("it ended with \(run.status) \(isInTime ? "in" : "after") time: \(run.said)")
    }
  }

  /// A finished run is compared with one that was never struck; the next one begins again.
  private mutating func compare() throws {
    let (results, files) = (try folder.read("out-\(round)/results.json"), try Self.files("\(folder.path)/out-\(round)"))
    counts["resumed and compared", default: 0] += 1
    if results != whole { faults.append("round \(round) came to other results") }
    if try files != Self.files(folder.path + "/whole") { faults.append("round \(round) left \(files)") }
    round += 1
  }

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  }

  /// One last run, to the end; then nothing of any run may be left.
  mutating func finish() throws {
    let last = try GraderRun(folder, out: "out-\(round)")
    runs.append(last)
    if try last.end() != 0 { faults.append("the last run ended with \(last.status)") }
    try compare()
    let left = runs.flatMap(\.folders)
    if left != [] { faults.append("folders are left: \(left)") }
    let processes = runs.flatMap { Relative.named("labs-grade-\($0.number)-") }
    if !Relative.areGone(processes) { faults.append("processes are left: \(processes.map(\.command))") }
  }
}
