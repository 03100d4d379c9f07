/// The template of a component that adds up numbers, call by call.
struct CallTemplate: LabTemplateParts {
  let names: LabNames

  var contract: String? {
    """
    /// Adds up numbers.
    public protocol \(names.contract): Sendable {
      /// A component that has been given no number yet.
      init()

      /// Takes a number; returns the sum of all numbers given so far.
      mutating func add(_ number: Int) -> Int
    }

    /// The simplest component: it knows only the last number.
    public struct Simple\(names.type): \(names.contract) {
      /// A component that has been given no number yet.
      public init() {}

      /// Returns the number itself.
      public mutating func add(_ number: Int) -> Int { number }
    }

    """
  }

  var contractName: String { names.contract }
  var baseline: String { "Simple\(names.type)" }

  var slot: String? { nil }

  var lab: String {
    """
    public import LabKernel

    /// The \(names.slug) lab: numbers, one after the other.
    public enum \(names.type)Lab: CallLab {
      /// Any conforming type.
      public typealias Component = any \(names.contract).Type
      /// The numbers to add up, in the order in which they are given.
      public typealias Input = Calls<Nothing, Int>
      /// The sum after each number.
      public typealias Output = Replies<Nothing, Int>

      /// A component at work.
      public struct Session: CallSession {
        private var component: any \(names.contract)
        private let log: any CallLog

        /// A fresh component.
        public init(_ component: Component, _ input: Input, _ log: any CallLog) {
          log.willCall("init()")
          self.component = component.init()
          self.log = log
        }

        /// Passes a number to the component.
        public mutating func take(_ number: Int, at place: Int) -> [Int] {
          log.willCall("add(\\(number))")
          return [component.add(number)]
        }
      }
    }

    """
  }

  var rule: String { "sum" }

  var says: String { "Each sum includes all numbers given so far." }

  var firstCheck: String { "two-numbers" }

  var secondCheck: String { "running-sum" }

  var checkImports: String { "import Judging\nimport LabHarness\nimport LabKernel" }

  var checks: String {
    """
    /// A suite of the lab with these checks.
    package static func suite(_ visibility: Visibility, _ checks: [Check<\(names.type)Lab>]) -> Suite<\(names.type)Lab> {
      Suite(
        \(names.type)Lab.self, visibility: visibility, unit: "numbers",
        show: { Picture.rows("numbers", $0.calls.map(String.init)) }, checks: checks)
    }

    /// A check of the sums of `count` drawn numbers.
    package static func check(_ id: String, _ title: String, count: Int) -> Check<\(names.type)Lab> {
      Check(
        id: id, title: title,
        drawing: { random in
          (0..<20).map { _ in \(names.type)Lab.Input((0..<count).map { _ in random.draw(1...99) }) }
        },
        judge: { input, output in
          let sums = input.calls.indices.map { input.calls[...$0].reduce(0, +) }
          if output.replies == sums { return nil }
          return Finding("the sums are wrong", picture: Picture(expected: "\\(sums)", actual: "\\(output.replies)"))
        })
    }
    """
  }

  var simpler: String {
    """

    extension \(names.type)Lab: SimplerCases {
      /// Smaller numbers.
      package static func simplerCalls(than number: Int) -> [Int] { number.smaller() }
    }

    """
  }

  var visibleCheck: String { "check(\"two-numbers\", \"the second sum includes both numbers\", count: 2)" }

  var hiddenCheck: String {
    "\(names.type)Checks.check(\"running-sum\", \"each sum includes all numbers so far\", count: 5)"
  }

  var solution: String {
    """
    import LabKernel

    /// The sum of all numbers given so far.
    struct \(names.component): \(names.contract) {
      private var sum = 0

      mutating func add(_ number: Int) -> Int {
        // lab:begin add the number, and return the sum
        sum += number
        return sum
        // lab:end
      }
    }

    """
  }

  var misconception: String { "only the last number counts." }

  var mutantName: String { "ForgetsThePast" }

  var mutant: String {
    """
    import LabKernel

    struct \(names.component): \(names.contract) {
      mutating func add(_ number: Int) -> Int { number }
    }

    """
  }

  var testImports: String { "import LabHarness\nimport LabKernel\nimport Testing" }

  var test: String {
    """
    @Test func `each number is answered in turn`() {
      let input = \(names.type)Lab.Input([3, 4])
      #expect(\(names.type)Lab.run(Simple\(names.type).self, on: input, calls: SilentCallLog()).replies == [3, 4])
    }
    """
  }
}
