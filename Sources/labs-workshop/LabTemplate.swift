/// The texts of a new lab: a component that adds numbers up, until its author puts something better in its place.
///
/// They are as short as a lab can be and still be built, graded and judged. Where the laws ask for more (mutants,
/// cases, a section), the texts say nothing, so that the laws do.
struct LabTemplate {
  /// What all is called.
  let names: LabNames

  /// The texts for these names.
  init(_ names: LabNames) { self.names = names }

  /// What goes in and comes out, and the baseline.
  var contract: String {
    """
    /// Adds numbers up.
    public protocol \(names.contract): Sendable {
      /// One that has been given nothing yet.
      init()

      /// Takes a number; returns the sum of all that it was given so far.
      mutating func add(_ number: Int) -> Int
    }

    /// The simplest thing that works: it knows the last number only.
    public struct Simple\(names.type): \(names.contract) {
      /// One that has been given nothing yet.
      public init() {}

      /// The number itself.
      public mutating func add(_ number: Int) -> Int { number }
    }

    """
  }

  /// The lab in the kernel's module.
  var lab: String {
    """
    /// The \(names.slug) lab: numbers, one after the other.
    public enum \(names.type)Lab: Lab {
      /// Any conforming type.
      public typealias Component = any \(names.contract).Type

      /// The name of the lab.
      public static let slug = "\(names.slug)"

      /// The numbers to add up.
      public struct Input: Codable, Sendable, Equatable {
        /// In the order in which they are given.
        public var numbers: [Int]

        /// These numbers.
        public init(_ numbers: [Int]) { self.numbers = numbers }
      }

      /// All that the component answered.
      public struct Output: Codable, Sendable, Equatable {
        /// One answer a number.
        public var sums: [Int]

        /// These answers.
        public init(_ sums: [Int]) { self.sums = sums }
      }

      /// Gives the numbers, one after the other.
      public static func run(_ component: any \(names.contract).Type, on input: Input, calls: any CallLog) -> Output {
        calls.willCall("init()")
        var component = component.init()
        return Output(
          input.numbers.map { number in
            calls.willCall("add(\\(number))")
            return component.add(number)
          })
      }
    }

    """
  }

  /// `lab.yml`.
  var manifest: String {
    """
    title: \(names.type)
    area: none
    section: \(names.section)
    component: \(names.component)
    lab: \(names.type)Lab
    prerequisites: []
    difficulty: 1
    hours: 1
    points:
      first-number: 50
      running-sum: 50
    hints:
      - A gentle hint.
      - A closer one.
      - One that tells.
    limits: {cpu-seconds: 10, memory-mib: 512, output-kib: 256}

    """
  }

  /// The task sheet.
  var sheet: String {
    """
    # \(names.type)

    One sentence: what is to be written.

    ## What it is in Linux

    Where it stands, and how to look at it.

    ## What to write

    `\(names.component).swift` in this folder: a type `\(names.component)` that conforms to `\(names.contract)`
    (`Sources/LabKernel/Labs/\(names.contract).swift`).

    1. `add` returns the sum of all numbers that were given so far.

    ## What is judged

    What must be true of each answer, and what is not judged.

    ## How to try it

        labs-cli start \(names.slug)
        labs-cli test \(names.slug)
        labs-cli hint \(names.slug)
        labs-cli read \(names.section)

    ## A stretch goal

    What Linux does beyond that.

    """
  }

  /// The visible checks.
  var checks: String {
    """
    import Judging
    import LabKernel

    /// The visible checks of the \(names.slug) lab, and what its hidden ones are built from.
    public enum \(names.type)Checks {
      /// Run by `labs-cli test \(names.slug)`.
      public static let suite = suite(
        .visible,
        [
          check(
            "first-number", "the first sum is the first number", rule: "A sum of one number is that number.",
            cases: { random in (0..<20).map { _ in \(names.type)Lab.Input([random.draw(0...99)]) } })
        ])

      /// A suite of the lab with these checks.
      package static func suite(
        _ visibility: Visibility, _ checks: [Check<\(names.type)Lab>]
      ) -> Suite<\(names.type)Lab> {
        Suite(
          \(names.type)Lab.self, visibility: visibility, unit: "numbers",
          shrinks: { input in
            let shorter = input.numbers.withoutRuns() + input.numbers.simplifyingEach { $0.smaller() }
            return shorter.map(\(names.type)Lab.Input.init)
          },
          show: { [Picture.Row("numbers", $0.numbers.map(String.init).joined(separator: " "))] },
          size: \\.numbers.count, checks: checks)
      }

      /// A check that compares with the sums.
      package static func check(
        _ id: String, _ title: String, rule: String,
        cases: @escaping @Sendable (inout RandomSource) -> [\(names.type)Lab.Input]
      ) -> Check<\(names.type)Lab> {
        Check(
          id: id, title: title, rule: rule, section: "\(names.section)",
          cases: { seed in
            var random = RandomSource(seed: seed)
            return cases(&random)
          },
          judge: { input, output in
            let sums = input.numbers.indices.map { input.numbers[...$0].reduce(0, +) }
            if output.sums == sums { return nil }
            let picture = Picture(expected: "\\(sums)", actual: "\\(output.sums)")
            return Finding("the sums are wrong", picture: picture)
          })
      }
    }

    """
  }

  /// The solution, with the markers that the stub is made by.
  var solution: String {
    """
    import LabKernel

    /// The sum of all that it was given.
    struct \(names.component): \(names.contract) {
      private var sum = 0

      mutating func add(_ number: Int) -> Int {
        // lab:begin take the number in, and return the sum
        sum += number
        return sum
        // lab:end
      }
    }

    """
  }

  /// The hidden suite.
  var suite: String {
    """
    import Judging
    import LabKernel
    import VisibleChecks

    /// The hidden checks of the \(names.slug) lab.
    enum \(names.type)Suite {
      /// From the plain to the subtle.
      static let suite = \(names.type)Checks.suite(.hidden, [runningSum])

      private static let runningSum = \(names.type)Checks.check(
        "running-sum", "each sum counts all numbers so far", rule: "No number is forgotten.",
        cases: { random in
          (0..<40).map { _ in \(names.type)Lab.Input((0..<5).map { _ in random.draw(0...99) }) }
        })
    }

    """
  }

  /// The first mutant.
  var mutant: String {
    """
    // Misconception: only the last number counts.
    // Killed by: running-sum
    import LabKernel

    struct \(names.component): \(names.contract) {
      mutating func add(_ number: Int) -> Int { number }
    }

    """
  }
}
