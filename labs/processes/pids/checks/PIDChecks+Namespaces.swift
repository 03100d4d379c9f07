import Judging
import LabHarness
import LabKernel

// Visible checks of namespaces, and of questions.
extension PIDChecks {
  static let nestedNumbers = check(
    "nested-numbers", "a pid has a number in its namespace, and one in each namespace around it",
    [
      .script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate(gives: [[1]])
        script.allocate(in: outer, gives: [[1], [2]])
        script.allocate(in: inner, gives: [[1], [2], [3]])
        for pid in 0...2 {
          script.call(.number(of: pid, in: 0), .number(of: pid, in: outer), .number(of: pid, in: inner))
        }
        script.call(.home(0), .home(1), .home(2), .place(0), .place(outer), .place(inner))
      },
      // Siblings do not see each other.
      .script { script in
        let (left, right) = (script.make(), script.make())
        script.allocate(gives: [[1]])
        let pid = script.allocate(in: left, gives: [[1], [2]])
        script.allocate(in: right, gives: [[1], [3]])
        script.allocate(in: right, gives: [[2], [4]])
        script.call(
          .number(of: pid, in: right), .find(1, in: left), .find(1, in: right), .find(2, in: left), .list(right))
      },
      // Level 32 is the last.
      .script { script in
        let names = script.nest(32)
        script.allocate(gives: [[1]])
        script.allocate(in: names[31], gives: Array(repeating: [1], count: 32) + [[2]])
        script.allocate(in: names[15], gives: [[2]] + Array(repeating: [2], count: 15) + [[3]])
        script.call(.number(of: 1, in: names[31]), .number(of: 2, in: names[16]), .find(2, in: names[15]))
      },
    ])

  static let closedNamespaces = check(
    "closed-namespaces", "a closed namespace takes no pids, and a namespace without pids is closed",
    [
      .script { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(in: name, gives: [[1], [2]])
        script.call(.close(name))
        script.allocate(in: name, gives: [[], []], then: .ENOMEM)
        script.call(.number(of: 1, in: name), .find(1, in: name), .list(0))
        script.free(1)
        script.allocate(in: name, gives: [[], []], then: .ENOMEM)
      },
      // What is around or inside is not closed.
      .script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate()
        script.allocate(in: outer)
        script.call(.close(outer), .close(outer))
        script.allocate(in: inner, gives: [[1], [2], [3]])
        script.allocate(gives: [[4]])
        script.allocate(in: outer, gives: [[], []], then: .ENOMEM)
      },
      // The last number closes.
      .script { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(2, in: name, gives: [[1, 2], [2, 3]])
        script.free(1)
        script.allocate(in: name, gives: [[3], [4]])
        script.free(2, 3)
        script.allocate(in: name, gives: [[], []], then: .ENOMEM)
      },
      .script { script in
        script.allocate(gives: [[1]])
        script.free(0)
        script.allocate(gives: [[]], then: .ENOMEM)
      },
    ])

  static let failedCalls = check(
    "failed-calls", "a call that throws keeps no number, and moves cursors",
    [
      // The namespace inside has moved on.
      .script(limit: 302) { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(in: name, gives: [[1], [2]])
        script.allocate(299, gives: [Array(3...301)])
        script.allocate(in: name, gives: [[], []], then: .EAGAIN)
        script.call(.list(name))
        script.free(300)
        script.allocate(in: name, gives: [[3], [301]])
      },
      // A namespace that has no pid begins again.
      .script(limit: 302) { script in
        let name = script.make()
        script.allocate(301, gives: [Array(1...301)])
        script.allocate(in: name, gives: [[], []], then: .EAGAIN)
        script.free(299)
        script.allocate(in: name, gives: [[1], [300]])
      },
      // The namespaces around a closed one have moved on.
      .script { script in
        let name = script.make()
        script.allocate(gives: [[1]])
        script.allocate(in: name, gives: [[1], [2]])
        script.call(.close(name))
        script.allocate(in: name, gives: [[], []], then: .ENOMEM)
        script.allocate(gives: [[4]])
      },
    ])

  static let lookUps = check(
    "look-ups", "a pid is found by its number, and any number may be asked for",
    [
      .script(limit: 310) { script in
        script.allocate(309)
        script.call(.free(50, count: 40), .free(120, count: 100))
        for number in [-1, 0, 1, 50, 51, 90, 91, 121, 220, 221, 309, 310, Int.max, Int.min] {
          script.call(.find(number, in: 0), .findAtOrAbove(number, in: 0))
        }
        script.call(.list(0))
      },
      .script { script in
        let name = script.make()
        script.allocate()
        script.call(.find(1, in: name), .findAtOrAbove(0, in: name), .list(name))
        script.allocate(in: name)
        script.call(.find(1, in: name), .findAtOrAbove(0, in: name), .findAtOrAbove(2, in: name), .list(name))
        script.free(1)
        script.call(.find(1, in: name), .findAtOrAbove(0, in: name), .findAtOrAbove(2, in: 0))
      },
    ])

  static let depthAndRows = check(
    "depth-and-rows", "there are 33 levels, and handles that were given back are used again",
    [
      .script { script in
        let names = script.nest(32)
        script.make(in: names[31])
        script.make(in: names[30])
        script.call(.place(names[31]), .place(names[30]))
      },
      .script { script in
        script.allocate(4)
        script.free(1, 2)
        script.allocate(2)
        script.call(.list(0), .churn(20, in: 0))
      },
      // What nothing uses is given back, with what was around it; and the next is new.
      .script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate()
        script.allocate(2, in: inner)
        script.call(.close(inner), .release(outer), .release(inner))
        script.free(1, 2)
        let next = script.nest(2)
        script.call(.place(next[1]), .list(next[1]), .churnNamespaces(5, in: next[1]))
        script.allocate(in: next[1], gives: [[1], [1], [4]])
      },
      // A user is enough, or a pid, or a namespace inside.
      .script { script in
        let name = script.make()
        script.allocate()
        script.call(.retain(name), .release(name))
        script.allocate(in: name)
        script.call(.release(name))
        let other = script.make()
        script.allocate(in: other)
        let inner = script.make(in: other)
        script.call(.release(other))
        script.free(2)
        script.make()
        script.call(.place(inner), .place(name), .list(name))
      },
    ])
}
