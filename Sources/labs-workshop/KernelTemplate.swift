/// The template of a scheduling class that runs ordinary tasks in order of arrival.
struct KernelTemplate: LabTemplateParts {
  let names: LabNames

  var contract: String? { nil }

  var contractName: String { "SchedulingClass" }
  var baseline: String { "RoundRobin" }

  var slot: String? { "fair" }

  var lab: String {
    """
    public import LabKernel

    /// The \(names.slug) lab: ordinary tasks on a small machine, and a scheduling class that decides which of them runs.
    public enum \(names.type)Lab: KernelLab {
      /// Any scheduling class.
      public typealias Component = any SchedulingClass.Type

      /// The class of ordinary tasks.
      public static var slot: WritableKeyPath<Components, any SchedulingClass.Type> { \\.scheduling.fair }
    }

    """
  }

  var rule: String { "order" }

  var says: String { "A task runs to its end before any task that arrived later." }

  var firstCheck: String { "two-tasks" }

  var secondCheck: String { "many-tasks" }

  var checkImports: String { "import Judging\nimport LabHarness\nimport LabKernel" }

  var checks: String {
    """
    /// A suite of the lab with these checks.
    package static func suite(_ visibility: Visibility, _ checks: [Check<\(names.type)Lab>]) -> Suite<\(names.type)Lab> {
      Suite(\(names.type)Lab.self, visibility: visibility, checks: checks)
    }

    /// A check with `count` tasks that compute for a drawn time, all from the start.
    package static func check(_ id: String, _ title: String, count: Int) -> Check<\(names.type)Lab> {
      Check(
        id: id, title: title,
        drawing: { random in
          (0..<20).map { _ in
            Workload((0..<count).map { _ in
              Workload.Plan(start: 0, policy: .normal, priority: 0, steps: [.compute(random.draw(3...9))])
            })
          }
        },
        judge: { input, output in
          var expected = ""
          for (task, plan) in input.tasks.enumerated() {
            if case .compute(let ticks)? = plan.steps.first {
              expected += String(repeating: TaskLetter.of(task), count: ticks)
            }
          }
          let actual = output.timelines.first ?? ""
          if !output.trouble.isEmpty { return Finding(output.trouble) }
          if actual == expected { return nil }
          return Finding("the tasks ran out of order", picture: Picture(expected: expected, actual: actual))
        })
    }
    """
  }

  var visibleCheck: String { "check(\"two-tasks\", \"the first of two tasks runs to its end\", count: 2)" }

  var hiddenCheck: String { "\(names.type)Checks.check(\"many-tasks\", \"each task runs to its end\", count: 6)" }

  var solution: String {
    """
    import LabKernel

    /// First come, first served.
    struct \(names.component): SchedulingClass {
      private var queue: [TaskID] = []

      mutating func enqueue(
        _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
      ) {
        // lab:begin put the task at that end of the queue
        switch end {
        case .head: queue.insert(task, at: 0)
        case .tail: queue.append(task)
        }
        // lab:end
      }

      mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) {
        // lab:begin take the task out of the queue
        queue.removeAll { $0 == task }
        // lab:end
      }

      mutating func pickNext(in context: inout SchedulingContext) -> TaskID? {
        // lab:begin return the task that arrived first
        return queue.first
        // lab:end
      }

      mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {
        // lab:begin put the task at the tail of the queue
        queue.removeAll { $0 == task }
        queue.append(task)
        // lab:end
      }

      mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool {
        // lab:begin return whether another task should run
        return false
        // lab:end
      }

      func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool {
        // lab:begin return whether the task preempts the running one
        return false
        // lab:end
      }
    }

    """
  }

  var misconception: String { "the task that arrived last has waited for the shortest time, and so runs first." }

  var mutantName: String { "LastComeFirstServed" }

  var mutant: String {
    """
    import LabKernel

    struct \(names.component): SchedulingClass {
      private var queue: [TaskID] = []
      mutating func enqueue(
        _ task: TaskID, _ why: EnqueueReason, at end: QueueEnd, in context: inout SchedulingContext
      ) { queue.append(task) }
      mutating func dequeue(_ task: TaskID, in context: inout SchedulingContext) { queue.removeAll { $0 == task } }
      mutating func pickNext(in context: inout SchedulingContext) -> TaskID? { queue.last }
      mutating func yield(_ task: TaskID, in context: inout SchedulingContext) {}
      mutating func tick(_ task: TaskID, in context: inout SchedulingContext) -> Bool { false }
      func preempts(_ task: TaskID, _ running: TaskID, in context: SchedulingContext) -> Bool { false }
    }

    """
  }

  var testImports: String { "import LabHarness\nimport LabKernel\nimport Testing" }

  var test: String {
    """
    @Test func `the baseline lets ordinary tasks take turns`() {
      let plan = Workload.Plan(start: 0, policy: .normal, priority: 0, steps: [.compute(4)])
      let output = \(names.type)Lab.run(RoundRobin.self, on: Workload([plan, plan]), calls: SilentCallLog())
      #expect(output.timelines[0].contains("BA"))
    }
    """
  }
}
