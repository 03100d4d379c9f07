public import LabKernel

/// A whole kernel with components of the program's own in its slots: a lab without a task to solve.
///
/// `labs-cli sim FILE --mine` runs students' components in this way, in the sandbox and like a submission.
public enum SimLab: Lab {
  /// The components that the program has for the slots.
  public typealias Component = any ComponentChoice.Type

  /// What remains of the run.
  public typealias Output = RunRecord

  /// A workload, and the slots that get a component of the program's own.
  public struct Input: Codable, Sendable, Equatable {
    /// What runs.
    public var workload: MachineLoad
    /// The slots; all others hold the baseline.
    public var slots: [Slot]

    /// A run.
    public init(_ workload: MachineLoad, slots: [Slot]) {
      self.workload = workload
      self.slots = slots
    }
  }

  /// Runs the workload to its end.
  ///
  /// No call is announced: the kernel makes the calls, and a trap is reported with its place.
  public static func run(_ component: Component, on input: Input, calls: any CallLog) -> RunRecord {
    var components = Components.baseline
    for slot in input.slots { component.fill(slot, of: &components) }
    return input.workload.run(with: components)
  }
}
