import Judging
import LabHarness
import LabKernel

/// Collects the steps of one case.
package struct PipeScript {
  private var steps: [PipeLab.Step] = []

  /// A case without steps so far.
  package init() {}

  /// Lets a task open an end.
  package mutating func open(_ task: Int, _ ends: PipeEnd...) { steps += ends.map { PipeLab.Step(task, .open($0)) } }

  /// Lets a task close an end.
  package mutating func close(_ task: Int, _ end: PipeEnd) { steps.append(PipeLab.Step(task, .close(end))) }

  /// Lets a task read, once for each of the counts.
  package mutating func read(_ task: Int, _ counts: Int..., nonblocking: Bool = false) {
    steps += counts.map { PipeLab.Step(task, .read($0, nonblocking: nonblocking)) }
  }

  /// Lets a task write, once for each of the counts.
  package mutating func write(_ task: Int, _ counts: Int..., nonblocking: Bool = false) {
    steps += counts.map { PipeLab.Step(task, .write($0, nonblocking: nonblocking)) }
  }

  /// The case so far.
  package var input: PipeLab.Input { PipeLab.Input(steps) }
}

extension PipeLab.Step {
  /// A task opens an end.
  package static func open(_ task: Int, _ end: PipeEnd) -> Self { Self(task, .open(end)) }
  /// A task closes an end.
  package static func close(_ task: Int, _ end: PipeEnd) -> Self { Self(task, .close(end)) }
  /// A task reads.
  package static func read(_ task: Int, _ count: Int, nonblocking: Bool = false) -> Self {
    Self(task, .read(count, nonblocking: nonblocking))
  }
  /// A task writes.
  package static func write(_ task: Int, _ count: Int, nonblocking: Bool = false) -> Self {
    Self(task, .write(count, nonblocking: nonblocking))
  }
}

extension PipeLab.Input {
  /// A pipe between a writer, task 0, and a reader, task 1, and what happens to it.
  package static func pair(_ steps: PipeLab.Step...) -> PipeLab.Input {
    PipeLab.Input([.open(0, .write), .open(1, .read)] + steps)
  }

  /// Makes a case of the steps that `write` adds.
  package static func script(_ write: (inout PipeScript) -> Void) -> PipeLab.Input {
    var script = PipeScript()
    write(&script)
    return script.input
  }

  /// Makes a case that begins with a pipe between a writer, task 0, and a reader, task 1.
  package static func pair(_ write: (inout PipeScript) -> Void) -> PipeLab.Input {
    script { script in
      script.open(0, .write)
      script.open(1, .read)
      write(&script)
    }
  }
}

extension PipeLab: SimplerCases {
  /// Fewer bytes.
  package static func simplerCalls(than step: Step) -> [Step] {
    switch step.operation {
    case .open, .close: []
    case .read(let count, let nonblocking): smaller(count).map { .read(step.task, $0, nonblocking: nonblocking) }
    case .write(let count, let nonblocking): smaller(count).map { .write(step.task, $0, nonblocking: nonblocking) }
    }
  }

  /// Returns smaller counts, round numbers first; whole pages are round enough, and are only halved.
  private static func smaller(_ count: Int) -> [Int] {
    let next = count.isMultiple(of: pageSize) ? [] : [count - 1]
    return [0, 1, 100, pageSize, pageSize + 1, pipeSlots * pageSize].filter { $0 < count }
      + ([count / 2] + next).filter { $0 > 0 }
  }
}
