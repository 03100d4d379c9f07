public import LabKernel

/// The realtime lab: tasks on a small machine, and a scheduling class that decides which of the real-time tasks runs.
public enum RealtimeLab: KernelLab {
  /// Any scheduling class.
  public typealias Component = any SchedulingClass.Type
  /// What one task is, and does.
  public typealias Plan = Workload.Plan
  /// One thing that a task does.
  public typealias Step = Workload.Step
  /// Something that happened to a task and that the order of the queue may depend on.
  public typealias Event = Recording.Event

  /// The real-time class of every CPU.
  public static var slot: WritableKeyPath<Components, any SchedulingClass.Type> { \.scheduling.realtime }

  /// Has the real-time classes of all CPUs watched.
  public static func prepare(_ kernel: inout Kernel, for input: Workload, calls: any CallLog) {
    kernel.watchRealtime(calls, letters: input.lettersByBeginning)
  }

  /// Says what the watched classes did that a class may not do.
  public static func trespass(in kernel: Kernel) -> String { kernel.realtimeTrespass }
}
