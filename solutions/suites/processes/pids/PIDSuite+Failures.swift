import LabHarness
import LabKernel
import ProcessesChecks

// Hidden checks of calls that fail, and of namespaces that close.
extension PIDSuite {
  static let failures = check(
    "failures", "a call that throws keeps nothing but the places of the cursors"
  ) { random in
    let plain = [
      // A namespace without pids begins again each time; one with a pid moves on each time.
      PIDLab.Input.script(limit: 302) { script in
        let (empty, used) = (script.make(), script.make())
        script.allocate()
        script.allocate(in: used)
        script.allocate(299)
        for name in [empty, used, empty, used] { script.allocate(in: name) }
        script.free(299, 300)
        for name in [used, empty] { script.allocate(in: name) }
        for name in [0, empty, used] { script.call(.list(name)) }
      },
      // Only the innermost begins again, and only if it is open.
      .script(limit: 302) { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate(301)
        script.allocate(in: inner)
        script.allocate(in: inner)
        let empty = script.make(in: outer)
        for name in [empty, empty, outer] { script.allocate(in: name) }
        script.free(298, 299, 300)
        for name in [outer, inner, empty] { script.allocate(in: name) }
        script.call(.list(outer), .list(inner))
      },
      .script(limit: 302) { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate(301)
        for _ in 0..<2 { script.allocate(in: inner) }
        script.free(299, 300)
        script.allocate(2, in: inner)
        script.call(.list(outer), .list(inner))
      },
      .script(limit: 302) { script in
        let name = script.make()
        let inner = script.make(in: name)
        script.allocate()
        script.call(.close(name))
        script.allocate(in: name)
        script.allocate(in: inner)
        script.allocate(in: name)
        script.allocate(in: inner)
        script.allocate()
        script.call(.list(name), .list(inner))
      },
      // A failure that wraps: the cursor of the closed namespace and of those around it.
      .script(limit: 310) { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.churn(300, in: 0), .close(name))
        for _ in 0..<12 { script.allocate(in: name) }
        script.allocate(2)
      },
      .script(limit: 310) { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.churn(300, in: name), .close(name))
        for _ in 0..<22 { script.allocate(in: name) }
        script.allocate(2)
      },
      // A handle that was not given.
      .script(limit: 301) { script in
        let name = script.make()
        script.allocate(300)
        for _ in 0..<3 { script.allocate(in: name) }
        script.free(5)
        script.allocate(in: name)
        script.free(299)
        script.allocate(in: name)
        script.call(.list(0))
      },
    ]
    let drawn = (0..<30).map { _ in
      PIDLab.Input.script(limit: random.pick([301, 302, 303])) { script in
        let names = script.nest(random.draw(1...3))
        script.allocate()
        for name in names where random.oneIn(2) { script.allocate(in: name) }
        script.allocate(305)
        for _ in 0..<6 {
          switch random.draw(0...3) {
          case 0: script.call(.close(random.pick(names)))
          case 1: script.free(random.draw(290...300))
          default: script.allocate(in: random.pick(names))
          }
        }
        script.free(298, 299, 300)
        for name in names { script.allocate(in: name) }
        for name in [0] + names { script.call(.list(name)) }
      }
    }
    return plain + drawn
  }

  static let closing = check(
    "closing", "a namespace is closed by close or with its last number, and no other is"
  ) { random in
    let plain = [
      // The last number of an outer namespace belongs to a pid inside.
      PIDLab.Input.script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate()
        script.allocate(in: inner)
        script.free(1)
        for name in [outer, inner, 0] { script.allocate(in: name) }
        script.free(4)
        script.allocate()
      },
      .script { script in
        let outer = script.make()
        let inner = script.make(in: outer)
        script.allocate()
        script.allocate(in: outer)
        script.allocate(in: inner)
        script.free(2)
        script.allocate(in: inner)
        script.allocate(in: outer)
        script.free(1)
        script.allocate(in: outer)
      },
      // Closed before its first pid; its first pid is not its last.
      .script { script in
        let (early, late) = (script.make(), script.make())
        script.allocate()
        script.call(.close(early))
        script.allocate(in: early)
        script.allocate(2, in: late)
        script.free(3)
        script.allocate(2, in: late)
        script.call(.list(late))
      },
      // The outermost.
      .script { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.close(0))
        script.allocate()
        script.allocate(in: name)
        script.free(0, 1, 3)
        script.allocate(in: name)
      },
      .script { script in
        script.call(.churn(2, in: 0))
        script.allocate()
      },
      // The last number is a high one.
      .script { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.churn(300, in: name))
        script.allocate(2, in: name)
        script.free(1, 2, 3)
        script.allocate(in: name)
      },
      // A user more or less opens and closes nothing.
      .script { script in
        let name = script.make()
        script.allocate()
        script.allocate(in: name)
        script.call(.retain(name), .release(name))
        script.allocate(in: name)
        script.call(.close(name), .retain(name))
        script.allocate(in: name)
        script.call(.release(name), .release(name))
        script.allocate(in: name)
      },
    ]
    let drawn = (0..<40).map { _ in
      PIDLab.Input.script { script in
        var names = [0]
        script.allocate()
        for _ in 0..<24 {
          switch random.draw(0...9) {
          case 0...1: names.append(script.make(in: random.pick(names)))
          case 2:
            script.call(.close(random.pick(names.count > 1 && !random.oneIn(8) ? Array(names.dropFirst()) : names)))
          case 3...6: script.allocate(in: random.pick(names))
          default: script.free(random.draw(random.oneIn(9) ? 0...0 : 1...max(1, script.pids - 1)))
          }
        }
        for name in names { script.allocate(in: name) }
      }
    }
    return plain + drawn
  }

  static let deepNamespaces = check(
    "deep-namespaces", "what holds in one namespace holds at every level, down to level 32"
  ) { random in
    let plain = [1, 2, 31, 32].flatMap { depth in [deepTraffic(depth), deepFailures(depth)] }
    let drawn = (0..<12).map { _ in
      PIDLab.Input.script(limit: 310) { script in
        let names = [0] + script.nest(random.draw(3...32))
        script.allocate()
        for _ in 0..<12 {
          switch random.draw(0...5) {
          case 0: script.free(random.draw(1...max(1, script.pids - 1)))
          case 1: script.make(in: random.pick(names))
          case 2: script.call(.number(of: random.draw(0...script.pids - 1), in: random.pick(names)))
          default: script.allocate(in: random.pick(names))
          }
        }
        for _ in 0..<6 { script.call(.list(random.pick(names)), .number(of: 2, in: random.pick(names))) }
      }
    }
    return plain + drawn
  }
  /// Cursors, a wrap and three ends, all in namespaces of one level.
  private static func deepTraffic(_ depth: Int) -> PIDLab.Input {
    .script(limit: 310) { script in
      let around = script.nest(depth - 1).last ?? 0
      let (deep, closed, empty) = (script.make(in: around), script.make(in: around), script.make(in: around))
      script.allocate()
      script.allocate(3, in: deep)
      script.free(2)
      script.allocate(in: deep)
      script.make(in: deep)
      script.call(.number(of: 1, in: deep), .number(of: 1, in: around), .home(1), .find(3, in: deep), .list(deep))
      script.call(.churn(305, in: deep))
      script.allocate(2, in: deep)
      script.allocate(in: closed)
      script.call(.close(closed))
      script.allocate(2, in: empty)
      script.free(script.pids - 1, script.pids - 2)
      for name in [closed, empty, deep, around] { script.allocate(in: name) }
      for name in [closed, empty, deep, around] { script.call(.list(name), .place(name)) }
    }
  }

  /// Failures of a namespace without pids and of one with pids, and no number that stays in use.
  private static func deepFailures(_ depth: Int) -> PIDLab.Input {
    .script(limit: 302) { script in
      let names = script.nest(depth)
      let other = script.make(in: depth > 1 ? names[depth - 2] : 0)
      script.allocate()
      script.allocate(2, in: other)
      script.allocate(298)
      for name in [names[depth - 1], other, names[depth - 1], other] { script.allocate(in: name) }
      script.free(298, 299, 300)
      for name in [names[depth - 1], other] { script.allocate(in: name) }
      script.free(1, 2)
      script.allocate(2, in: names[depth / 2])
      for name in names { script.call(.list(name), .place(name)) }
    }
  }
}
