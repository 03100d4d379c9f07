import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the pipe lab.
enum PipeSuite {
  /// From the plain to the subtle.
  static let suite = PipeChecks.suite(
    .hidden,
    [
      zeroBytes, nonblocking, ringWraps, comingAndGoing, manySleepers, merging, atomicWrites, largeWrites, slotRelease,
      mixedTraffic,
    ])

  private static func check(
    _ id: String, _ title: String, rule: String, cases: @escaping @Sendable (inout RandomSource) -> [PipeLab.Input]
  ) -> Check<PipeLab> {
    PipeChecks.check(id, title, rule: rule, judge: PipeComparison.judge, cases: cases)
  }

  private static let zeroBytes = check(
    "zero-bytes", "to read or write nothing is done at once, whatever the pipe is like",
    rule: "A read or a write of 0 bytes returns 0: it never sleeps, never fails, and moves nothing."
  ) { random in
    [
      .pair(.read(1, 0)),
      .pair(.write(0, 0)),
      .pair(.read(1, 0, nonblocking: true), .write(0, 0, nonblocking: true)),
      .pair(.close(1, .read), .write(0, 0), .write(0, 1)),
      .pair(.close(0, .write), .read(1, 0)),
      .pair(.write(0, 65_536), .write(0, 0), .write(0, 0, nonblocking: true), .read(1, 0)),
      .pair(.open(2, .read), .read(1, 1), .write(0, 0), .read(2, 0)),
      .pair(.write(0, random.draw(1...99)), .write(0, 0), .read(1, 0), .read(1, 99)),
    ]
  }

  private static let nonblocking = check(
    "nonblocking", "O_NONBLOCK turns sleep into EAGAIN, or into a partial write",
    rule: "A large nonblocking write moves what fits and says how much; if nothing fits it is EAGAIN."
  ) { random in
    let plain = [
      PipeLab.Input.pair(
        .read(1, 10, nonblocking: true), .write(0, 10), .read(1, 10, nonblocking: true), .read(1, 1, nonblocking: true)),
      .pair(.close(0, .write), .read(1, 10, nonblocking: true)),
      .pair(
        .write(0, 65_536), .write(0, 1, nonblocking: true), .write(0, 4096, nonblocking: true),
        .write(0, 4097, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 8192, nonblocking: true), .read(1, 65_536)),
    ]
    let mixed = (0..<8).map { _ in
      PipeLab.Input.pair { script in
        let pages = random.draw(0...1)
        script.write(0, 57_344 + pages * 4096)
        script.write(0, random.draw(8193...12_000), nonblocking: true)
        script.read(1, random.draw(1...4096), 65_536, 100, nonblocking: true)
      }
    }
    return plain + mixed
  }

  private static let ringWraps = check(
    "ring-wraps", "the slots are used again and again",
    rule: "Slot 0 comes after slot 15; a pipe that never holds much can carry any amount."
  ) { random in
    (0..<8).map { index in
      .pair { script in
        let lead = index % 4
        for _ in 0..<lead { script.write(0, 4096) }
        for round in 0..<(20 - lead) {
          script.write(0, index < 4 ? 4096 : random.draw(2049...4096))
          script.read(1, round % 5 == 4 ? 8192 : 4096)
        }
      }
    }
  }

  private static let comingAndGoing = check(
    "coming-and-going", "ends that are open more than once are closed when the last one is",
    rule: "End of file and EPIPE depend on how many open files there are now, not on what was before."
  ) { random in
    let plain = [
      PipeLab.Input.pair(.open(0, .write), .close(0, .write), .read(1, 10), .write(0, 10)),
      .pair(.open(2, .write), .close(0, .write), .read(1, 10), .close(2, .write)),
      .pair(.close(0, .write), .read(1, 10), .open(2, .write), .read(1, 10), .write(2, 10)),
      .pair(.close(1, .read), .write(0, 10), .open(2, .read), .write(0, 10), .read(2, 20)),
      .pair(.write(0, 10), .close(1, .read), .open(2, .read), .read(2, 20)),
      .pair(.open(1, .read), .close(1, .read), .write(0, 10), .read(1, 10)),
      .pair(
        .write(0, 10), .close(0, .write), .open(2, .write), .close(2, .write), .read(1, 4), .read(1, 10), .read(1, 10)),
    ]
    let mixed = (0..<40).map { _ in
      PipeLab.Input.pair { script in
        for _ in 0..<12 {
          let task = random.draw(0...2)
          switch random.draw(0...5) {
          case 0: script.open(task, .read)
          case 1: script.open(task, .write)
          case 2: script.close(task, random.oneIn(2) ? .read : .write)
          case 3: script.write(task, random.draw(1...40))
          default: script.read(task, random.draw(1...40), nonblocking: random.oneIn(2))
          }
        }
      }
    }
    return plain + mixed
  }

  private static let manySleepers = check(
    "many-sleepers", "every sleeper is woken that can go on, in the order of their sleep",
    rule: "A wake-up reaches all that sleep at that end; each tries again."
  ) { random in
    let readers = (0..<12).map { _ in
      PipeLab.Input.pair { script in
        script.open(2, .read, .write)
        script.open(3, .read)
        for task in random.shuffled([1, 2, 3]) { script.read(task, random.draw(1...20)) }
        for _ in 0..<4 { script.write(0, random.draw(1...30)) }
        if random.oneIn(2) { script.close(0, .write) }
      }
    }
    let writers = (0..<5).map { index in
      PipeLab.Input.pair { script in
        script.open(2, .write)
        script.open(3, .write)
        script.write(0, 65_536)
        for task in random.shuffled([2, 3, 0]) { script.write(task, 4096) }
        script.read(1, 4096 * (index + 1))
        if index % 2 == 0 { script.close(1, .read) } else { script.read(1, 65_536) }
      }
    }
    return readers + writers
  }

  private static let merging = check(
    "merging", "small writes share a page, as long as they fit behind what is there",
    rule: "Bytes beyond whole pages go into the last slot if there is room for all of them, else into a new slot."
  ) { random in
    let plain = [
      // 2049 and 2049 do not fit into one page: sixteen of them fill the pipe with half of its bytes.
      PipeLab.Input.pair { script in for _ in 0..<17 { script.write(0, 2049, nonblocking: true) } },
      // 2048 and 2048 do.
      .pair { script in for _ in 0..<18 { script.write(0, 2048, nonblocking: true) } },
      // The last page keeps its room when its beginning has been read, and not more than that.
      .pair(
        .write(0, 61_440), .write(0, 4000), .read(1, 61_440 + 3999), .write(0, 97), .write(0, 61_440),
        .write(0, 1, nonblocking: true)),
      // An empty pipe has no last page.
      .pair(
        .write(0, 10), .read(1, 10), .write(0, 10), .write(0, 61_440), .write(0, 4096),
        .write(0, 4086, nonblocking: true)),
    ]
    let mixed = (0..<12).map { _ in
      PipeLab.Input.pair { script in
        // Two pages are left, and bytes by chance that may or may not fit into them.
        script.write(0, 57_344)
        for _ in 0..<6 { script.write(0, random.draw(700...2600), nonblocking: true) }
      }
    }
    return plain + mixed
  }

  private static let atomicWrites = check(
    "atomic-writes", "a write of up to 4096 bytes is never torn apart",
    rule: "Where it does not fit as a whole, no byte of it is moved: it sleeps, or fails with EAGAIN."
  ) { random in
    let plain = [
      PipeLab.Input.pair(
        .write(0, 61_440), .write(0, 1000), .write(0, 4096, nonblocking: true), .write(0, 3096, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 1000), .write(0, 3097), .read(1, 4096), .read(1, 65_536)),
      .pair(
        .open(2, .write), .write(0, 61_440), .write(0, 96), .write(0, 4096), .write(2, 4000), .read(1, 4096),
        .read(1, 65_536)),
      // Room in two places is not room for one write.
      .pair(.write(0, 61_440), .write(0, 1000), .read(1, 100), .write(0, 3097, nonblocking: true)),
    ]
    let mixed = (0..<10).map { _ in
      PipeLab.Input.pair { script in
        script.open(2, .write)
        script.write(0, 61_440 + random.draw(1...4095))
        for _ in 0..<3 { script.write(random.pick([0, 2]), random.draw(1...4096), nonblocking: random.oneIn(2)) }
        script.read(1, random.draw(1...8192), 65_536)
      }
    }
    return plain + mixed
  }

  private static let largeWrites = check(
    "large-writes", "a write of more than a pipe holds goes on as the reader makes room",
    rule: "It moves what fits, sleeps, and goes on with the rest in new slots, which others may write between."
  ) { random in
    let plain = [
      PipeLab.Input.pair(.write(0, 70_000), .read(1, 8192), .read(1, 65_536)),
      .pair(.write(0, 10), .write(0, 70_000), .read(1, 5000), .read(1, 5000), .read(1, 65_536)),
      .pair(.open(2, .write), .write(0, 70_000), .write(2, 100), .read(1, 4096), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 69_732), .read(1, 4096), .close(1, .read)),
      // A reader that sleeps must hear of a write that is not over yet.
      .pair(.read(1, 100), .write(0, 70_000), .read(1, 65_536), .read(1, 65_536)),
      restOpensSlot,
    ]
    let mixed = (0..<8).map { _ in
      PipeLab.Input.pair { script in
        script.open(2, .write)
        script.write(0, random.draw(1...5000), 65_536 + random.draw(1...9000))
        script.write(2, random.draw(1...3000))
        for _ in 0..<4 { script.read(1, random.draw(3000...20_000)) }
      }
    }
    return plain + mixed
  }

  /// The rest of a write opens a slot, although it would fit behind what another task has written in the meantime.
  private static let restOpensSlot = PipeLab.Input.pair { script in
    script.open(2, .read, .write)
    script.read(2, 8192)
    // Task 2 sleeps, and comes to this when task 0 has filled the pipe; so its write is before the rest of task 0's.
    script.write(2, 50)
    script.write(0, 65_636)
    script.write(0, 4096, nonblocking: true)
  }

  private static let slotRelease = check(
    "slot-release", "room for writers comes with each slot that is emptied, and only then",
    rule: "Full means that all sixteen slots are in use, however few bytes they hold."
  ) { random in
    let plain: [[PipeLab.Step]] = [
      [.write(0, 4096), .read(1, 2099), .read(1, 1)],
      [.write(0, 2100, nonblocking: true), .read(1, 2100), .write(0, 2100, nonblocking: true)],
      [.write(0, 9000), .read(1, 2100), .read(1, 2100), .read(1, 2100)],
      [.write(0, 4096), .read(1, 33_600)],
    ]
    let mixed = (0..<8).map { _ in
      [.write(0, random.draw(2000...6000)), .write(0, random.draw(2000...6000))]
        + (0..<5).map { _ in PipeLab.Step.read(1, random.draw(700...2900)) }
    }
    // Each of them comes after sixteen slots that are half empty.
    return (plain + mixed).map { steps in
      let halfPages = Array(repeating: PipeLab.Step.write(0, 2100), count: pipeSlots)
      return PipeLab.Input([.open(0, .write), .open(1, .read)] + halfPages + steps)
    }
  }

  private static let mixedTraffic = check(
    "mixed-traffic", "every rule holds at once, with several tasks at both ends",
    rule: "The whole contract, as the task sheet states it."
  ) { random in
    let plain = [
      restOpensSlot,
      wholeLife,
      .pair(.write(0, 57_344), .write(0, 9000, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 4096), .read(1, 4096)),
      .pair { script in for _ in 0..<17 { script.write(0, 2049, nonblocking: true) } },
      .pair(.write(0, 0), .read(1, 0), .write(0, 65_536), .write(0, 4096), .close(1, .read), .write(0, 0)),
    ]
    let mixed = (0..<30).map { index in
      PipeLab.Input.pair { script in
        script.open(2, .read, .write)
        if index % 3 == 0 { script.write(0, 53_248) }
        for _ in 0..<14 {
          let size = random.pick([0, 1, random.draw(1...300), random.draw(1...4200), 4096, random.draw(4097...20_000)])
          switch random.draw(0...9) {
          case 0: script.open(random.draw(0...2), random.oneIn(2) ? .read : .write)
          case 1: script.close(random.draw(0...2), random.oneIn(2) ? .read : .write)
          case 2...5: script.read(random.pick([1, 1, 2]), size, nonblocking: random.oneIn(2))
          default: script.write(random.pick([0, 0, 2]), size, nonblocking: random.oneIn(3))
          }
        }
      }
    }
    return plain + mixed
  }

  /// Two tasks that go through all that can happen to them.
  private static let wholeLife = PipeLab.Input.pair { script in
    script.read(1, 10, 10)
    script.write(0, 4, 6)
    // Full, and then a last page that has one byte left to read and no room for more than 96.
    script.write(0, 61_440, 4000)
    script.read(1, 65_439)
    script.write(0, 97, 57_344)
    script.write(0, 1, 9000, nonblocking: true)
    script.read(1, 1, 8192)
    script.write(0, 9000, nonblocking: true)
    script.read(1, 65_536, 10)
    // The end of the file comes after the data, and is not for ever.
    script.write(0, 10, 20)
    script.close(0, .write)
    script.read(1, 10, 10, 10)
    script.open(2, .write)
    script.write(2, 69_632)
    script.close(1, .read)
    script.write(2, 10)
    script.open(1, .read)
    script.read(1, 65_536)
    script.close(1, .read)
    script.write(2, 10)
  }
}
