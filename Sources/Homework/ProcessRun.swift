import LabKernel

/// A script of ours on a small machine: how the questions about processes are answered.
enum ProcessRun {
  /// A machine on which a task `A` with this script is about to begin.
  static func machine(_ script: [String], _ configuration: Configuration = Configuration()) -> Kernel {
    var kernel = Kernel(configuration)
    do throws(ProgramError) {
      kernel.spawn(Spawn("A", kernel.load(try ProgramParser.parse(script.joined(separator: "\n")))))
    } catch {
      preconditionFailure("a script of ours cannot be read: \(error)")
    }
    return kernel
  }

  /// The machine after the script has run to its end.
  static func finished(_ script: [String], _ configuration: Configuration = Configuration()) -> Kernel {
    var kernel = machine(script, configuration)
    kernel.run()
    return kernel
  }

  /// The task with a number in the outermost namespace, alive or a zombie; nil for no task.
  static func task(_ pid: PID, in kernel: Kernel) -> LabKernel.Task? {
    kernel.tasks.indices.map { kernel.tasks[TaskID($0)] }.first { $0.pid == pid && $0.state != .dead }
  }
}
