import Foundation
import LabKernel
import Scenario
import Testing

/// The answers that OSTEP's simulators print, from scenario files.
struct PublishedSchedulesTests {
  @Test func `round robin with a quantum of 2`() throws {
    let run = try Run("ostep/round-robin.yml")
    #expect(run.schedule == "0011220020")
    #expect(run.average(\.response) == "2.00")
    #expect(run.average(\.turnaround) == "7.67")
    #expect(run.average { $0.wait } == "4.33")
  }

  @Test func `shortest job first`() throws {
    let run = try Run("ostep/shortest-job-first.yml")
    #expect(run.schedule == "100222")
    #expect(run.average(\.response) == "133.33")
    #expect(run.average(\.turnaround) == "333.33")
    #expect(run.average { $0.wait } == "133.33")
  }

  @Test func `multi-level feedback queue`() throws {
    let run = try Run("ostep/multilevel-feedback.yml")
    #expect(run.schedule == "000001100110010100")
    #expect(run.milliseconds(\.turnaround) == [18, 13])
    #expect(run.milliseconds(\.response) == [0, 2])
  }

  @Test func `two increments without a lock lose one`() throws {
    #expect(try Run("ostep/lost-update.yml").kernel.console.text == "11")
  }
}

/// A scenario file of the book, run to its end, with the invariants checked after every step.
private struct Run {
  var kernel: Kernel

  init(_ name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("scenarios/\(name)"), encoding: .utf8)
    kernel = try Scenario(yaml: text, file: name).kernel()
    while kernel.step() { #expect(kernel.brokenInvariants().isEmpty) }
  }

  /// The row of CPU 0 in the picture.
  var schedule: String {
    let line = Timeline(kernel).text().first { $0.hasPrefix("cpu0") } ?? ""
    return String(line.dropFirst(8))
  }

  func milliseconds(_ figure: (Accounting) -> LabKernel.Duration?) -> [Int64] {
    kernel.figures.map { (figure($0.accounting)?.nanoseconds ?? -1) / 1_000_000 }
  }

  /// The mean in milliseconds with two decimals, as the simulators print it.
  func average(_ figure: (Accounting) -> LabKernel.Duration?) -> String {
    let values = milliseconds(figure)
    let hundredths = (values.reduce(0, +) * 1000 / Int64(values.count) + 5) / 10
    return "\(hundredths / 100)." + String(100 + hundredths % 100).dropFirst()
  }
}
