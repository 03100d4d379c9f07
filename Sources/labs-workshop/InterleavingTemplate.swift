/// The template of a component that counts what several CPUs add.
struct InterleavingTemplate: LabTemplateParts {
  let names: LabNames

  var contract: String? {
    """
    internal import Interleave

    /// A counter for several CPUs at once.
    public protocol \(names.contract) {
      /// A counter that begins at 0.
      init()

      /// Adds one.
      func add()

      /// How often `add` was called, on all CPUs, as far as this CPU can know.
      var total: Int { get }
    }

    /// The simplest counter, which works as long as no two CPUs add at once.
    public struct Simple\(names.type): \(names.contract) {
      private let count = Atomic(0)

      /// A counter that begins at 0.
      public init() {}

      /// Loads, then stores.
      public func add() { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }

      /// The count.
      public var total: Int { count.load(ordering: .acquiring) }
    }

    """
  }

  var contractName: String { names.contract }
  var baseline: String { "Simple\(names.type)" }

  var slot: String? { nil }

  var lab: String {
    """
    public import Interleave
    public import LabKernel

    /// The \(names.slug) lab: several CPUs that count.
    public enum \(names.type)Lab: InterleavingLab {
      /// Any conforming type.
      public typealias Component = any \(names.contract).Type

      /// How often each CPU adds.
      public struct Scene: Codable, Sendable, Equatable {
        /// The number of additions of each CPU.
        public var cpus: [Int]

        /// A scene with one CPU for each number.
        public init(_ cpus: [Int]) { self.cpus = cpus }
      }

      /// Lets each CPU add, then look at the total.
      public static func setUp(_ component: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp {
        { scenario in
          calls.willCall("init()")
          let counter = scenario.subject(component, calls: calls) { component, _ in component.init() }
          for times in scene.cpus {
            scenario.cpu {
              for _ in 0..<times { counter.call("add()") { $0.add() } }
              observe("total", counter.call("total") { $0.total })
            }
          }
        }
      }

      /// The CPU that adds last sees all that was added.
      public static func complaint(about outcome: Outcome, in scene: Scene) -> String? {
        let seen = outcome.observations.map(\\.value)
        guard seen.count == scene.cpus.count, let most = seen.max() else { return nil }
        let added = scene.cpus.reduce(0, +)
        return most == added ? nil : "\\(added) were added, but no CPU sees more than \\(most)"
      }
    }

    """
  }

  var rule: String { "counted" }

  var says: String { "What any CPU adds is counted, whatever the others do." }

  var firstCheck: String { "two-cpus" }

  var secondCheck: String { "three-cpus" }

  var checkImports: String { "import Interleave\nimport Judging\nimport LabHarness\nimport LabKernel" }

  var checks: String {
    """
    /// A suite of the lab with these checks.
    package static func suite(_ visibility: Visibility, _ checks: [Check<\(names.type)Lab>]) -> Suite<\(names.type)Lab> {
      Suite(
        \(names.type)Lab.self, visibility: visibility, unit: "additions",
        shrinks: { input in
          input.scene.cpus.withoutRuns().filter { !$0.isEmpty }.map { cpus in
            var simpler = input
            simpler.scene.cpus = cpus
            return simpler
          }
        },
        show: { Picture.rows("additions", $0.scene.cpus.map(String.init)) }, size: { $0.scene.cpus.reduce(0, +) },
        checks: checks)
    }

    /// A check of scenes, under every memory model.
    package static func check(_ id: String, _ title: String, _ scenes: [[Int]]) -> Check<\(names.type)Lab> {
      Check(id: id, title: title, scenes: scenes.map(\(names.type)Lab.Scene.init))
    }
    """
  }

  var visibleCheck: String { "check(\"two-cpus\", \"two CPUs add, and both are counted\", [[1, 1]])" }

  var hiddenCheck: String {
    "\(names.type)Checks.check(\"three-cpus\", \"three CPUs add, and all are counted\", [[1, 1, 1], [2, 1]])"
  }

  var solution: String {
    """
    import Interleave
    import LabKernel

    /// One atomic step for each addition.
    struct \(names.component): \(names.contract) {
      private let count = Atomic(0)

      func add() {
        // lab:begin add one, so that no other CPU can get in between
        count.fetchAdd(1, ordering: .relaxed)
        // lab:end
      }

      var total: Int {
        // lab:begin return the count
        return count.load(ordering: .acquiring)
        // lab:end
      }
    }

    """
  }

  var misconception: String { "no other CPU gets in between a load and the store after it." }

  var mutantName: String { "ReadsThenWrites" }

  var mutant: String {
    """
    import Interleave
    import LabKernel

    struct \(names.component): \(names.contract) {
      private let count = Atomic(0)
      func add() { count.store(count.load(ordering: .relaxed) + 1, ordering: .relaxed) }
      var total: Int { count.load(ordering: .acquiring) }
    }

    """
  }

  var testImports: String { "import Interleave\nimport LabHarness\nimport LabKernel\nimport Testing" }

  var test: String {
    """
    @Test func `the baseline loses an addition, and the explorer finds it`() {
      let scene = \(names.type)Lab.Scene([1, 1])
      let input = \(names.type)Lab.Input(scene, Plan(.sequential))
      let unfolding = \(names.type)Lab.run(Simple\(names.type).self, on: input, calls: SilentCallLog())
      let report = investigate(unfolding, input.plan) { \(names.type)Lab.complaint(about: $0, in: scene) }
      #expect(report.counterexample != nil)
    }
    """
  }
}
