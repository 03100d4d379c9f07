import Judging
import LabHarness
import LabKernel
import ProcessesChecks
import Reference

/// The hidden checks of the pids lab.
package enum PIDSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = PIDChecks.suite(
    .hidden,
    [
      cursors, wrapAround, fullLevels, failures, closing, deepNamespaces, questions, rows, lifetimes, mixedWorkload,
      largeTables,
    ])

  /// Makes a check whose numbers are compared with those of the solution: exactly one answer is right.
  static func check(
    _ id: String, _ title: String, cases: @escaping @Sendable (inout RandomSource) -> [PIDLab.Input]
  ) -> Check<PIDLab> {
    Check(
      id: id, title: title, drawing: cases,
      judge: { input, output in
        let right = PIDLab.run(Reference.pids, on: input, calls: SilentCallLog())
        let answers = right.replies.enumerated().map { ($0.offset, $0.element.answer) }
        return PIDJudge.judge(input, output, expecting: Dictionary(uniqueKeysWithValues: answers))
      })
  }

  private static let cursors = check(
    "cursors", "each namespace searches from its own cursor, whatever is given back"
  ) { random in
    let plain = [
      // Word by word, with holes that must not be filled.
      PIDLab.Input.script(limit: 400) { script in
        for size in [1, 62, 1, 1, 63, 64, 1, 65] {
          let first = script.allocate(size)
          if size > 1 { script.call(.free(first, count: size - 1)) }
        }
        script.call(.list(0))
      },
      .script(limit: 310) { script in
        let names = [script.make(), script.make()]
        script.allocate()
        for turn in 0..<8 { script.allocate(in: names[turn % 2]) }
        script.free(2, 4)
        for name in [0] + names { script.allocate(in: name) }
        for name in [0] + names { script.call(.list(name)) }
      },
      // The number given last is given back; then all but the first.
      .script(limit: 310) { script in
        for _ in 0..<3 {
          script.allocate()
          script.free(script.allocate())
        }
        script.call(.churn(70, in: 0))
        script.allocate(2)
      },
    ]
    return plain + (0..<30).map { _ in traffic(limit: random.pick([301, 310, 500]), calls: 30, &random) }
  }

  private static let wrapAround = check(
    "wrap-around", "after the last number, the search goes on at 300, again and again"
  ) { random in
    let limits = [301, 302, 303, 310, 319, 320, 321, 364, 383, 384, 385, 449]
    let plain = limits.map { limit in
      PIDLab.Input.script(limit: limit) { script in
        script.allocate()
        script.call(.churn(limit - 3, in: 0))
        script.allocate(3, in: 0)
        script.call(.churn(2 * (limit - 300), in: 0))
        script.allocate(2)
        script.call(.list(0))
      }
    }
    let holes = (0..<24).map { index in
      let limit = limits[index % limits.count]
      return PIDLab.Input.script(limit: limit) { script in
        let count = random.draw(max(limit - 12, 299)...limit - 1)
        script.allocate(count)
        for _ in 0..<random.draw(1...8) {
          script.free(random.draw(max(1, count - 14)...count - 1))
          if random.oneIn(3) { script.free(random.draw(1...298)) }
          script.allocate(random.draw(1...2))
        }
      }
    }
    // The namespace inside wraps later than the one around it, and by itself.
    let nested = (0..<8).map { _ in
      PIDLab.Input.script(limit: random.pick([302, 310, 320])) { script in
        let name = script.make()
        script.allocate(random.draw(1...9))
        script.allocate(in: name)
        script.call(.churn(random.draw(290...310), in: name))
        script.allocate(2, in: name)
        script.call(.churn(random.draw(1...30), in: 0))
        for place in [name, 0, name] { script.allocate(in: place) }
        script.call(.list(name), .list(0))
      }
    }
    // Behind a long run of numbers in use, across words.
    let runs = (0..<12).map { _ in
      PIDLab.Input.script(limit: random.pick([449, 500, 512, 513])) { script in
        let run = random.draw(1...148)
        script.allocate(448)
        script.call(.churn(80, in: 0), .free(299 + run, count: 200))
        script.allocate(2)
        script.free(random.draw(299...299 + run))
        script.call(.churn(random.draw(100...230), in: 0))
        script.allocate(2)
        script.call(.list(0))
      }
    }
    return plain + holes + runs + nested
  }

  private static let fullLevels = check(
    "full-levels", "allocate throws EAGAIN exactly if a namespace has no number left"
  ) { random in
    let plain = [
      PIDLab.Input.script(limit: 301) { script in
        script.allocate(302)
        script.free(299)
        script.allocate(2)
        script.free(0)
        script.allocate()
      },
      .script(limit: 303) { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.churn(299, in: name))
        script.allocate(4, in: name)
        script.allocate()
        script.call(.list(name), .list(0))
      },
      // Once full, not full forever; and full again.
      .script(limit: 302) { script in
        script.allocate(302)
        for _ in 0..<3 {
          script.free(script.pids - 2 >= 0 ? 299 : 0)
          script.allocate(2)
        }
        script.free(300, 301)
        script.allocate(3)
      },
      // Full, and closed as well.
      .script(limit: 302) { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.close(name))
        script.allocate(299)
        script.allocate(in: name)
        script.free(200)
        script.allocate(in: name)
        script.free(300)
        script.allocate(in: name)
      },
    ]
    let drawn = (0..<24).map { _ in
      PIDLab.Input.script(limit: random.pick([301, 302, 304, 310])) { script in
        let names = [0] + script.nest(random.draw(0...2))
        script.allocate()
        for name in names.dropFirst() { script.allocate(in: name) }
        script.allocate(random.draw(280...310), in: random.pick(names))
        for _ in 0..<8 {
          if random.oneIn(2) { script.free(random.draw(1...309)) }
          script.allocate(random.draw(1...2), in: random.pick(names))
        }
      }
    }
    return plain + drawn + (0..<10).map { _ in stuck(&random) }
  }
}

extension PIDSuite {
  /// Fills a namespace with the cursor amid the numbers, fails, and frees numbers on both sides of the cursor.
  static func stuck(_ random: inout RandomSource) -> PIDLab.Input {
    let limit = random.draw(310...340)
    return .script(limit: limit) { script in
      let name = script.make()
      script.allocate()
      script.allocate(in: name)
      script.allocate(limit - 3)
      for _ in 0..<3 {
        // Pid p has number p + 1 until its number is given again.
        script.free(random.draw(299...limit - 2))
        script.allocate()
        script.allocate()
        script.allocate(in: name)
        for _ in 0..<3 { script.free(random.draw(299...limit - 2)) }
        script.allocate()
        if random.oneIn(2) { script.allocate(in: name) }
        script.allocate(4)
      }
    }
  }

  /// Allocates and frees at random in a few namespaces, some inside others.
  static func traffic(limit: Int, calls: Int, _ random: inout RandomSource) -> PIDLab.Input {
    .script(limit: limit) { script in
      var names = [0]
      script.allocate()
      for _ in 0..<calls {
        switch random.draw(0...9) {
        case 0: names.append(script.make(in: random.pick(names)))
        case 1...4: script.allocate(random.draw(1...3), in: random.pick(names))
        case 5...7: script.free(random.draw(1...max(1, script.pids - 1)))
        case 8: script.call(.churn(random.draw(1...70), in: random.pick(names)))
        default: script.call(.list(random.pick(names)))
        }
      }
      for name in names { script.call(.list(name)) }
    }
  }
}
