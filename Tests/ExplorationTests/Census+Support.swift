import Exploration
import Foundation
import LabKernel
import Scenario

extension Scenario {
  /// The scenario in a file under `scenarios/`.
  static func file(_ name: String) throws -> Scenario {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("scenarios/\(name)"), encoding: .utf8)
    return try Scenario(yaml: text, file: name)
  }
}

extension Census {
  /// The census of programs; those that share memory agree on the addresses.
  static func of(
    _ sources: [String], sharing: Bool = true, timed: Bool = false,
    _ change: (inout Exploration.Limits) -> Void = { _ in }
  ) throws -> Census {
    var limits = Exploration.Limits()
    change(&limits)
    var exploration = Exploration(try .of(sources, sharing: sharing), isTimed: timed, limits: limits)
    return exploration.census()
  }

  /// Each outcome as one line, in alphabetical order.
  var lines: [String] {
    outcomes.map { outcome in
      let ends = outcome.ends.map { "\($0.task) \($0.how)" }.joined(separator: ", ")
      let variables = outcome.variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return ([outcome.console, ends] + variables).joined(separator: " | ").replacing("\n", with: "/")
    }.sorted()
  }
}

extension MachineLoad {
  /// Tasks A, B, … with these programs.
  static func of(_ sources: [String], sharing: Bool) throws -> MachineLoad {
    var data = DataSegment()
    let programs = try sources.map { source in
      let program = try ProgramParser.parse(source, data: sharing ? data : DataSegment())
      data = program.data
      return program
    }
    let jobs = sources.indices.map { index in
      Job(
        name: String(UnicodeScalar(UInt8(65 + index))), program: index, start: .zero, policy: .normal,
        realtimePriority: 0, sharesMemory: sharing)
    }
    return MachineLoad(
      configuration: Configuration(), choices: [], programs: programs, jobs: jobs, end: nil, maximumEvents: 1000)
  }
}
