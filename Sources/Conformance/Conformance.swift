// Conformance: the same script in the model and on the kernel of this machine.
//
// A script runs in the model, and the instructions that it is compiled to are carried out by `conform-host`, which
// issues its system calls for real. What each task calls, with which results, errors and data, must be the same on both
// sides, and so must what is printed, once process ids are renamed by how their tasks came to be: `root.0.1` is the
// second child of the first child of the first task.
//
// Invariant: what is compared does not depend on the order in which tasks happen to run. The model runs each script on
// several machines; a script that behaves differently on two of them is refused, and so is one that never ends.
//
// Read this file, then `ScriptFile.swift` (scripts as they are written down), `CallShape.swift` (what of a call is
// compared), `ScriptRun.swift` (what a run leaves behind) with `ScriptRun+Model.swift` and `HostReport.swift`,
// `Batch.swift` (scripts on their way to the host), `Behavior.swift` (a run without process ids), `Verdict.swift` (two
// behaviours compared) and `Conformer.swift`, which does all of it. `Phrases.swift`, `Statement.swift` and
// `Generator.swift` draw scripts that are deterministic by construction; `Conformer+Shrinking.swift` makes one smaller.

import LabKernel

/// One script, to be run on both sides.
public struct ConformanceScript: Sendable, Equatable {
  /// What it shows: a sentence without a full stop.
  public var title: String
  /// Where else the same is asserted, if it is.
  public var source: String?
  /// Why the two sides differ; nil if they must agree.
  public var difference: String?
  /// Whether it is about what an ordinary user may not do.
  public var isOrdinary: Bool
  /// Its first program.
  public var text: String
  /// The program as the machine reads it.
  public var program: Program

  /// A script.
  ///
  /// - Throws: `ProgramError` for a mistake in the program.
  public init(
    _ title: String, source: String? = nil, difference: String? = nil, isOrdinary: Bool = false,
    _ text: String
  ) throws(ProgramError) {
    self.title = title
    self.source = source
    self.difference = difference
    self.isOrdinary = isOrdinary
    self.text = text
    program = try ProgramParser.parse(text)
    // The memory of a task is looked at when a call has ended; after the last call, the task must still be there.
    program.append(.set(.r0, .literal(0)))
  }
}
