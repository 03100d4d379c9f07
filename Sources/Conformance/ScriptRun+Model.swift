import LabKernel

extension ScriptRun {
  /// A machine that the model runs scripts on.
  struct Host: Sendable {
    var cpus: Int
    var instruction: Duration
    var systemCall: Duration
    var quantum: Int
  }

  /// Machines on which the same tasks take turns in different ways: seldom, after each instruction, and side by side.
  static let machines = [
    Host(cpus: 1, instruction: .microseconds(1), systemCall: .microseconds(1), quantum: 100),
    Host(cpus: 1, instruction: .milliseconds(1), systemCall: .zero, quantum: 1),
    Host(cpus: 2, instruction: .microseconds(7), systemCall: .microseconds(90), quantum: 1),
    Host(cpus: 4, instruction: .microseconds(50), systemCall: .microseconds(3), quantum: 2),
  ]

  /// The most events of a run in the model.
  private static let maximumEvents = 200_000
  /// The page frames of the model's machine: room for the stacks of a few hundred tasks.
  private static let frames = 4096

  /// Runs a program in the model.
  init(_ program: Program, on machine: Host, with components: Components) {
    let configuration = Configuration(
      cpus: machine.cpus, quantum: machine.quantum, instructionTime: machine.instruction,
      systemCallTime: machine.systemCall, frames: Self.frames)
    let root = MachineLoad.Job(
      name: "root", program: 0, start: .zero, policy: .normal, realtimePriority: 0, sharesMemory: false)
    var kernel = MachineLoad(
      configuration: configuration, choices: [], programs: [program], jobs: [root], end: nil,
      maximumEvents: Self.maximumEvents
    ).kernel(with: components)
    var observer = Observer()
    var end = End.endless
    for _ in 0..<Self.maximumEvents {
      let goesOn = kernel.step()
      observer.look(at: kernel)
      guard goesOn else {
        end = kernel.oops == nil && kernel.sleepers.isEmpty ? .ended : .hung
        break
      }
    }
    self.init(tasks: observer.tasks, calls: observer.calls, console: kernel.console.bytes, end: end)
  }

  /// Follows the trace of a kernel, and reads the memory of a task whenever one of its calls has ended.
  private struct Observer {
    var tasks: [Creation] = []
    var calls: [Call] = []
    /// The tasks by the pids that the trace has.
    private var indices: [PID: Int] = [:]
    private var children: [Int] = []
    /// The calls that have begun and not ended.
    private var pending: [PID: SystemCallArguments] = [:]
    /// The task that entered clone last, and the flags.
    private var cloning: (pid: PID, flags: Int)?
    /// What the next clone of a task adds to its flags, after unshare.
    private var unshared: [PID: Int] = [:]
    private var seen = 0
    private var entered = 0

    init() {}

    mutating func look(at kernel: Kernel) {
      while seen < kernel.trace.count {
        switch kernel.trace[seen].what {
        case .schedWakeupNew(let pid, _, _): begin(pid)
        case .sysEnter(let pid, let number): enter(pid, number, kernel.trace.arguments(ofCall: entered))
        case .sysExit(let pid, let number, let result): leave(pid, number, result, kernel)
        default: break
        }
        seen += 1
      }
    }

    private mutating func begin(_ pid: PID) {
      indices[pid] = tasks.count
      children.append(0)
      guard let creator = cloning.flatMap({ indices[$0.pid] }) else {
        return tasks.append(Creation(creator: nil, number: 0, pid: Int(pid), opensNamespace: false))
      }
      let opensNamespace = (cloning?.flags ?? 0) & ScriptRun.newNamespace != 0
      tasks.append(
        Creation(creator: creator, number: children[creator], pid: Int(pid), opensNamespace: opensNamespace))
      children[creator] += 1
      if let pid = cloning?.pid { unshared[pid] = nil }
    }

    /// Notes what a task calls the child that it created last.
    private mutating func nameChild(of task: Int, _ pid: Int) {
      guard let index = tasks.lastIndex(where: { $0.creator == task }) else { return }
      tasks[index].pid = pid
    }

    private mutating func enter(_ pid: PID, _ number: SystemCallNumber, _ words: SystemCallArguments) {
      entered += 1
      pending[pid] = words
      if number == "clone" { cloning = (pid, words[0] | (unshared[pid] ?? 0)) }
      // What never returns is a call all the same.
      guard number.isExit, let task = indices[pid] else { return }
      calls.append(Call(task: task, number: number, result: words[0] & 0xFF, outputs: []))
    }

    private mutating func leave(_ pid: PID, _ number: SystemCallNumber, _ result: Int, _ kernel: Kernel) {
      guard let task = indices[pid], let words = pending.removeValue(forKey: pid) else { return }
      if number == "clone", result > 0 { nameChild(of: task, result) }
      if number.name == "unshare", result == 0 { unshared[pid] = words[0] }
      let outputs = CallShape.numbered(number)?.outputs ?? []
      calls.append(
        Call(
          task: task, number: number, result: result,
          outputs: outputs.map { output in
            guard result >= 0, words[output.word] != 0 else { return nil }
            let size = output.size > 0 ? output.size : result
            return kernel.userMemory(of: pid, at: words[output.word], count: size)
          }))
    }
  }
}

extension SystemCallNumber {
  /// Whether the call ends its caller.
  var isExit: Bool { name == "exit" || name == "exit_group" }
}
