import Judging
import LabHarness
import LabKernel
import Testing

/// A lab whose component adds numbers up.
private enum SumLab: Lab {
  static func run(_ component: ([Int]) -> Int, on input: [Int], calls: any CallLog) -> Int { component(input) }
}

private func check(_ cases: [[Int]]) -> Check<SumLab> {
  Check(
    id: "sums", title: "sums are right", cases: { _ in cases },
    judge: { input, output in
      let expected = input.reduce(0, +)
      return output == expected
        ? nil : Finding("the sum is wrong", picture: Picture(expected: "\(expected)", actual: "\(output)"))
    })
}

private let suite = Suite(
  SumLab.self, visibility: .hidden, unit: "numbers",
  shrinks: { input in input.withoutRuns() + input.simplifyingEach { $0.smaller() } },
  show: { [Picture.Row("numbers", $0.map(String.init).joined(separator: " "))] }, size: \.count, checks: [])

/// Counts how often inputs were sent to the component, and answers for it.
private final class Component {
  /// How many times inputs were sent.
  private(set) var runs = 0
  private let answer: ([Int]) -> Outcome<Int>

  init(_ answer: @escaping ([Int]) -> Outcome<Int>) { self.answer = answer }

  func run(_ inputs: [[Int]]) -> [Outcome<Int>] {
    runs += 1
    return inputs.map(answer)
  }
}

struct DecideTests {
  @Test func `a case that is not explored under memory models stays as it is`() {
    #expect(check([[1, 2], [3]]).under(.releaseAcquire).cases(1) == [[1, 2], [3]])
  }

  @Test func `a check passes when every case is right`() async throws {
    let verdict = try await suite.decide(check([[1], [2, 3]]), seed: 7) { $0.map { .finished($0.reduce(0, +)) } }
    #expect(verdict == Verdict(status: .passed, seed: 7, cases: 2))
  }

  @Test func `the first wrong case is shrunk to the smallest that is wrong`() async throws {
    // Numbers above 9 are treated as 9.
    let verdict = try await suite.decide(check([[1, 2], [3, 40, 5, 60], [70]]), seed: 7) { inputs in
      inputs.map { .finished($0.reduce(0) { $0 + min($1, 9) }) }
    }
    #expect(verdict.status == .failed)
    #expect(verdict.cases == 2)
    let failure = try #require(verdict.failure)
    #expect(failure.input == [Picture.Row("numbers", "10")])
    #expect(failure.shrunk == "4 -> 1 numbers")
    #expect(failure.finding.picture.rows.map(\.text) == ["10", "9"])
  }

  @Test func `a crash is shrunk to a crash, and names its call`() async throws {
    let component = Component { input in
      if input.contains(13) { return .died(Death(.crashed, message: "index out of range", call: "add(13)")) }
      return .finished(-1)
    }
    let verdict = try await suite.decide(check([[1, 13, 2]]), seed: 7) { component.run($0) }
    #expect(verdict.status == .crashed)
    #expect(verdict.failure?.input == [Picture.Row("numbers", "13")])
    #expect(verdict.failure?.call == "add(13)")
    #expect(verdict.failure?.finding.what == "index out of range")
  }

  @Test(arguments: [Death.Cause.timedOut, .memory, .outputLimit, .forbidden, .notImplemented, .internal])
  func `a death that costs a whole limit is reported as it is`(cause: Death.Cause) async throws {
    let component = Component { _ in .died(Death(cause, message: "gone")) }
    let verdict = try await suite.decide(check([[1, 2, 3]]), seed: 7) { component.run($0) }
    #expect(verdict.status == Status(cause))
    #expect(verdict.failure?.shrunk == "")
    #expect(component.runs == 1)
  }

  @Test func `an answer that is not an output fails the check`() async throws {
    let component = Component { _ in .died(Death(.malformed, message: "not an output of this lab")) }
    let verdict = try await suite.decide(check([[1]]), seed: 7) { component.run($0) }
    #expect(verdict.status == .failed)
  }

  @Test func `cases that were left out are the grader's fault`() async throws {
    let verdict = try await suite.decide(check([[1], [2]]), seed: 7) { $0.prefix(1).map { .finished($0.reduce(0, +)) } }
    #expect(verdict.status == .internal)
  }

  @Test func `shrinking ends even if everything fails`() async throws {
    let component = Component { _ in .finished(-1) }
    let verdict = try await suite.decide(check([Array(repeating: 1_000_000, count: 300)]), seed: 7) {
      component.run($0)
    }
    #expect(verdict.status == .failed)
    #expect(component.runs <= 401)
  }

  @Test func `the worst status weighs most`() {
    #expect([Status.failed, .crashed, .passed, .timedOut].max() == .timedOut)
    #expect(Status.passed < .failed)
  }

  @Test func `a case that fails only after others is reported so, and not shrunk`() async throws {
    let verdict = try await Leaky.decide(check([[1], [2, 3], [4, 5]])) { seen in seen.count < 3 ? 0 : 1 }
    #expect(verdict.status == .failed)
    #expect(verdict.cases == 3)
    #expect(
      verdict.failure?.finding.what
        == "the sum is wrong; it fails only after the cases before it and passes alone: something is kept in a static "
        + "or global variable")
    #expect(verdict.failure?.input == [Picture.Row("numbers", "4 5")])
  }

  @Test func `a crash after others keeps its status`() async throws {
    let verdict = try await Leaky.decide(check([[1], [2, 3]])) { seen in seen.count < 2 ? 0 : nil }
    #expect(verdict.status == .crashed)
    #expect(verdict.failure?.finding.what.hasPrefix("trap; it fails only after the cases before it") == true)
  }

  @Test func `a case that fails once and never again differs from run to run`() async throws {
    var runs = 0
    let verdict = try await Leaky.decide(check([[1], [2, 3]])) { _ in
      runs += 1
      return runs == 2 ? 1 : 0
    }
    #expect(verdict.status == .nondeterministic)
    #expect(
      verdict.failure?.finding.what.hasPrefix("the same cases fail in one run and pass in the next") == true)
  }

  @Test func `a simpler case that fails only among others does not count`() async throws {
    // Alone it is wrong for more than one number; after others it is always wrong.
    let verdict = try await Leaky.decide(check([[1], [2, 3]])) { seen in
      seen.count > 1 || (seen.last ?? []).count > 1 ? 1 : 0
    }
    #expect(verdict.failure?.input == [Picture.Row("numbers", "2 3")])
    #expect(verdict.failure?.finding.what == "the sum is wrong")
  }
}

/// A component whose error depends on all cases that its process has seen.
private enum Leaky {
  /// - Parameter error: what is added to the right sum; nil for a crash, after which a new process begins.
  static func decide(_ check: Check<SumLab>, error: @escaping ([[Int]]) -> Int?) async throws -> Verdict {
    var seen: [[Int]] = []
    func run(_ inputs: [[Int]]) -> [Outcome<Int>] {
      var outcomes: [Outcome<Int>] = []
      for input in inputs {
        seen.append(input)
        guard let error = error(seen) else {
          seen = []
          return outcomes + [.died(Death(.crashed, message: "trap"))]
        }
        outcomes.append(.finished(input.reduce(0, +) + error))
      }
      return outcomes
    }
    return try await suite.decide(check, seed: 7) {
      run($0)
    } runAfresh: { inputs in
      seen = []
      return run(inputs)
    }
  }
}
