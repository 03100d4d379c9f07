import LabHarness
import LabKernel
import ProcessesChecks

// Hidden checks of questions and handles, and of all rules at once.
extension PIDSuite {
  static let questions = check(
    "questions", "questions are answered for every number, every pid and every namespace"
  ) { random in
    // Numbers at the edges of words, and far outside.
    let strange = [Int.min, -64, -1, 0, 1, 62, 63, 64, 65, 127, 128, 192, 255, 256, 299, 300, 301, 319, 320, 1 << 31]
    let plain = [310, 320, 321].map { limit in
      PIDLab.Input.script(limit: limit) { script in
        let name = script.make()
        script.allocate(2)
        script.allocate(130, in: name)
        script.call(.free(3, count: 60), .free(66, count: 62))
        for number in strange + [limit - 1, limit, limit + 1, Int.max, 1 << 32, 1 << 32 + 2] {
          for place in [0, name] { script.call(.find(number, in: place), .findAtOrAbove(number, in: place)) }
        }
      }
    }
    let full = PIDLab.Input.script(limit: 320) { script in
      script.allocate(319)
      script.call(
        .free(1, count: 317), .findAtOrAbove(2, in: 0), .findAtOrAbove(319, in: 0), .findAtOrAbove(320, in: 0))
      script.allocate()
      script.call(.list(0))
    }
    let drawn = (0..<24).map { _ in
      PIDLab.Input.script(limit: random.pick([302, 330, 400])) { script in
        let first = script.make()
        let names = [0, first, script.make(), script.make(in: first), script.make(in: first)]
        script.allocate()
        for name in names.dropFirst() { script.allocate(random.draw(1...90), in: name) }
        let pids = script.pids
        for _ in 0..<3 { script.call(.free(random.draw(1...pids - 1), count: random.draw(1...70))) }
        for _ in 0..<30 {
          let (pid, name) = (random.draw(0...pids - 1), random.pick(names))
          switch random.draw(0...4) {
          case 0: script.call(.number(of: pid, in: name))
          case 1: script.call(.home(pid))
          case 2: script.call(.find(random.draw(0...pids), in: name))
          case 3: script.call(.findAtOrAbove(random.draw(0...pids), in: name))
          default: script.call(.list(name))
          }
        }
      }
    }
    return plain + [full] + drawn
  }

  static let rows = check(
    "rows", "handles are used again, and a new namespace knows nothing of an old one"
  ) { random in
    let plain = [
      // A namespace in a row that had a cursor, numbers, and an end.
      PIDLab.Input.script { script in
        script.allocate()
        for _ in 0..<3 {
          let name = script.make()
          script.allocate(3, in: name)
          script.call(.close(name), .free(script.pids - 3, count: 3), .release(name))
        }
        let name = script.make()
        script.call(.list(name), .find(1, in: name), .place(name))
        script.allocate(2, in: name)
      },
      // A pid in a row that had numbers at more levels, and in another namespace.
      .script { script in
        let (left, right) = (script.make(), script.make())
        let inner = script.make(in: left)
        script.allocate()
        for name in [left, right, inner] { script.allocate(in: name) }
        let deep = script.allocate(3, in: inner)
        script.call(.free(deep, count: 3))
        let flat = script.allocate(3)
        for pid in flat..<flat + 3 { script.call(.number(of: pid, in: inner), .number(of: pid, in: left), .home(pid)) }
        script.call(.free(flat, count: 3))
        let other = script.allocate(3, in: right)
        for pid in other..<other + 3 {
          script.call(.number(of: pid, in: left), .number(of: pid, in: right), .home(pid))
        }
      },
      .script { script in
        script.allocate()
        script.call(.churn(900, in: 0), .churnNamespaces(900, in: 0))
        let name = script.make()
        script.allocate(in: name)
        script.call(.churn(900, in: name), .churnNamespaces(900, in: name), .place(name))
      },
      // Many at once, then few, then many.
      .script { script in
        script.allocate(200)
        let names = (0..<40).map { _ in script.make() }
        script.call(.free(1, count: 198))
        for name in names { script.call(.release(name)) }
        script.allocate(100)
        for _ in 0..<40 { script.allocate(in: script.make()) }
        script.call(.list(0))
      },
    ]
    let drawn = (0..<20).map { _ in population(calls: 60, &random) }
    return plain + drawn
  }

  static let lifetimes = check(
    "lifetimes", "a namespace is in use as long as it has a user, a number in use, or a namespace inside"
  ) { random in
    let ends: [[PIDLab.Operation]] = [
      [.release(1), .free(1), .release(2), .free(2)], [.release(2), .free(2), .release(1), .free(1)],
      [.free(1), .free(2), .release(1), .release(2)], [.retain(1), .release(1), .free(2), .free(1), .release(2)],
      [.retain(2), .retain(2), .release(2), .release(1), .free(1), .free(2), .release(2)],
      [.close(1), .close(2), .free(2), .free(1), .release(2), .release(1)],
    ]
    let plain = ends.map { calls in
      PIDLab.Input.script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate()
        script.allocate(in: outer)
        script.allocate(in: inner)
        for call in calls {
          script.call(call)
          // What is in use must not be given to another, which is closed and goes again.
          let other = script.make()
          script.call(.place(inner), .place(outer), .close(other), .release(other))
          script.allocate(in: outer)
        }
      }
    }
    let chains = [3, 32].map { depth in
      PIDLab.Input.script { script in
        let names = script.nest(depth)
        script.allocate()
        for name in names { script.call(.release(name)) }
        let others = script.nest(depth)
        script.allocate(in: others[depth - 1])
        for name in others { script.call(.release(name)) }
        script.make()
        script.call(.list(others[depth - 1]), .place(others[0]))
        script.free(1)
        script.call(.place(script.nest(depth)[depth - 1]))
      }
    }
    // The last user goes while pids are there, which then go.
    let emptied = PIDLab.Input.script { script in
      script.allocate()
      for _ in 0..<12 {
        let name = script.make()
        let pid = script.allocate(2, in: name)
        script.call(.release(name))
        script.free(pid)
        script.allocate(in: name)
        script.free(pid + 1, pid + 2)
      }
      script.call(.place(script.make()))
    }
    return plain + chains + [emptied] + (0..<20).map { _ in population(calls: 50, &random) }
  }

  static let mixedWorkload = check(
    "mixed-workload", "every rule holds at once, in long and mixed sequences of calls"
  ) { random in
    (0..<40).map { index in
      var input = population(limit: [301, 302, 306, 340][index % 4], calls: 50, &random)
      let crowd = PIDLab.Operation.allocate(10_000, count: random.draw(200...310), in: 0)
      input.calls.insert(crowd, at: random.draw(1...10))
      for _ in 0..<6 {
        input.calls.insert(.free(10_000 + random.draw(0...309)), at: random.draw(12...input.calls.count))
      }
      return input
    }
  }

  static let largeTables = check(
    "large-tables", "there may be as many numbers as the limit allows"
  ) { random in
    [1000, 4097].map { limit in
      PIDLab.Input.script(limit: limit) { script in
        script.allocate(limit)
        for _ in 0..<4 { script.call(.free(random.draw(290...limit - 70), count: random.draw(1...65))) }
        script.allocate(20)
        script.call(.list(0), .findAtOrAbove(limit - 1, in: 0))
      }
    } + [
      .script(limit: defaultPIDLimit) { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.churn(32_700, in: name))
        script.allocate(100, in: name)
        script.call(.list(name), .findAtOrAbove(400, in: 0), .find(32_767, in: 0), .find(32_768, in: 0))
      },
      .script(limit: 70_000) { script in
        script.allocate()
        script.call(.churn(65_533, in: 0))
        script.allocate(4)
        script.call(
          .list(0), .find(1, in: 0), .find(65_537, in: 0), .number(of: 3, in: 0), .findAtOrAbove(65_536, in: 0))
      },
    ]
  }

  /// Pids and namespaces that come and go at random.
  static func population(limit: Int = 310, calls: Int, _ random: inout RandomSource) -> PIDLab.Input {
    .script(limit: limit) { script in
      var names = [0]
      script.allocate()
      for _ in 0..<calls {
        let name = random.pick(Array(names.suffix(6)))
        switch random.draw(0...14) {
        case 0...2: names.append(script.make(in: name))
        case 3...6: script.allocate(random.draw(1...2), in: name)
        case 7...8: script.free(random.draw(1...max(1, script.pids - 1)))
        case 9: script.call(.free(max(1, script.pids - 8), count: 7))
        case 10: script.call(.release(name))
        case 11: script.call(.close(name == 0 ? names[names.count - 1] : name))
        case 12: script.call(.retain(name))
        case 13: script.call(.number(of: random.draw(0...script.pids), in: name), .home(script.pids - 1))
        default: script.call(.list(name), .place(name))
        }
      }
      for name in names.suffix(8) { script.call(.place(name), .list(name)) }
    }
  }
}
