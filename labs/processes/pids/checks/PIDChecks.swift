import Judging
import LabHarness
import LabKernel

/// The visible checks of the pids lab, and the parts that its hidden checks are built from.
public enum PIDChecks {
  /// Run by `labs-cli test pids`.
  public static let suite = suite(
    .visible,
    [
      inOrder, givenBack, wrapToReserved, noneLeft, nestedNumbers, closedNamespaces, failedCalls, lookUps, depthAndRows,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<PIDLab>]) -> Suite<PIDLab> {
    Suite(PIDLab.self, visibility: visibility, show: \.picture, checks: checks)
  }

  /// Makes a check of cases whose numbers were written down by hand.
  static func check(_ id: String, _ title: String, _ examples: [PIDScript]) -> Check<PIDLab> {
    Check(
      id: id, title: title, cases: { _ in examples.map(\.input) },
      judge: { input, output in
        let known = examples.first { $0.input == input }?.expected ?? [:]
        return PIDJudge.judge(input, output, expecting: known)
      })
  }

  private static let inOrder = check(
    "in-order", "numbers are given in order, from 1 on",
    [
      .script { $0.allocate(gives: [[1]]) },
      .script { script in
        script.allocate(2, gives: [[1, 2]])
        script.call(.number(of: 1, in: 0), .find(1, in: 0), .find(3, in: 0), .find(0, in: 0), .list(0))
      },
      .script { $0.allocate(309, gives: [Array(1...309)]) },
      .script(limit: 400) { script in
        script.allocate(gives: [[1]])
        script.call(.churn(62, in: 0))
        script.allocate(3, gives: [[64, 65, 66]])
      },
    ])

  private static let givenBack = check(
    "given-back", "a number that was given back is not in use, and the search goes on behind the last number",
    [
      .script { script in
        script.allocate(3, gives: [[1, 2, 3]])
        script.free(1)
        script.call(.find(2, in: 0), .findAtOrAbove(2, in: 0), .list(0))
        script.allocate(gives: [[4]])
      },
      .script { script in
        script.allocate(3, gives: [[1, 2, 3]])
        script.free(2)
        script.allocate(gives: [[4]])
        script.free(0)
        script.allocate(gives: [[5]])
        script.call(.list(0))
      },
      .script { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(2, in: name, gives: [[1, 2], [2, 3]])
        script.free(1)
        script.call(.find(1, in: name), .find(2, in: 0), .number(of: 2, in: name), .list(0), .list(name))
        script.allocate(in: name, gives: [[3], [4]])
      },
    ])

  private static let wrapToReserved = check(
    "wrap-to-reserved", "after the last number, the search goes on at 300",
    [
      .script(limit: 302) { script in
        script.allocate(301, gives: [Array(1...301)])
        script.free(4, 299)
        script.allocate(gives: [[300]])
      },
      .script(limit: 310) { script in
        script.allocate(gives: [[1]])
        script.call(.churn(308, in: 0))
        script.allocate(10, gives: [Array(300...309)])
      },
      .script(limit: 310) { script in
        script.allocate(305, gives: [Array(1...305)])
        script.call(.free(299, count: 3))
        script.allocate(7, gives: [[306, 307, 308, 309, 300, 301, 302]])
      },
      // Twice around.
      .script(limit: 310) { script in
        script.allocate(gives: [[1]])
        script.call(.churn(308 + 10, in: 0))
        script.allocate(gives: [[300]])
      },
      .script(limit: 310) { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(in: name, gives: [[1], [2]])
        script.call(.churn(308, in: name))
        script.allocate(in: name, gives: [[300], [301]])
      },
    ])

  private static let noneLeft = check(
    "none-left", "allocate throws EAGAIN if no number is left, and in no other case",
    [
      .script(limit: 301) { script in
        script.allocate(301, gives: [Array(1...300)], then: .EAGAIN)
      },
      .script(limit: 302) { script in
        script.allocate(302, gives: [Array(1...301)], then: .EAGAIN)
        script.free(300)
        script.allocate(2, gives: [[301]], then: .EAGAIN)
      },
      // Numbers below 300 are not given again.
      .script(limit: 302) { script in
        script.allocate(301, gives: [Array(1...301)])
        script.free(1, 2, 3)
        script.allocate(gives: [[]], then: .EAGAIN)
      },
      .script(limit: 302) { script in
        let name = script.make()
        script.allocate(301, gives: [Array(1...301)])
        script.allocate(in: name, gives: [[], []], then: .EAGAIN)
        script.call(.list(name), .list(0))
      },
    ])
}
