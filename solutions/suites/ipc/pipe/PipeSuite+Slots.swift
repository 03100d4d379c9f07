import IPCChecks
import Judging
import LabHarness
import LabKernel

// Hidden checks of what fits into the slots, and of all rules at once.
extension PipeSuite {
  static let merging = check(
    "merging", "small writes share a page as long as they fit behind its last byte"
  ) { random in
    let plain = [
      // 2049 and 2049 do not fit into one page: sixteen of them fill the pipe with half of its bytes.
      PipeLab.Input.pair { script in for _ in 0..<17 { script.write(0, 2049, nonblocking: true) } },
      // 2048 and 2048 do.
      .pair { script in for _ in 0..<18 { script.write(0, 2048, nonblocking: true) } },
      // The last page keeps its room when its beginning has been read, but gains none.
      .pair(
        .write(0, 61_440), .write(0, 4000), .read(1, 61_440 + 3999), .write(0, 97), .write(0, 61_440),
        .write(0, 1, nonblocking: true)),
      // An empty pipe has no last page.
      .pair(
        .write(0, 10), .read(1, 10), .write(0, 10), .write(0, 61_440), .write(0, 4096),
        .write(0, 4086, nonblocking: true)),
      .pair { script in
        script.write(0, 100)
        script.read(1, 100)
        script.write(0, 100)
        for size in [3990] + Array(repeating: 4096, count: 15) { script.write(0, size, nonblocking: true) }
      },
      .pair(.write(0, 4095), .write(0, 1), .write(0, 61_440), .write(0, 1, nonblocking: true)),
      .pair(.write(0, 1), .write(0, 4095), .write(0, 61_440), .write(0, 1, nonblocking: true)),
      .pair(
        .write(0, 2), .write(0, 4095), .write(0, 57_344), .write(0, 1, nonblocking: true),
        .write(0, 1, nonblocking: true)),
      // The odd bytes of a large write come first, and all of them or none.
      .pair(.write(0, 100), .write(0, 8292), .write(0, 53_248), .write(0, 1, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 4000), .write(0, 8292), .write(0, 49_152), .write(0, 1, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 4096), .write(0, 100), .write(0, 65_436), .read(1, 4096), .read(1, 65_536)),
      // Into a page that is being read, whose first bytes are gone.
      .pair(
        .write(0, 100), .read(1, 60), .write(0, 3996), .read(1, 50), .write(0, 1), .write(0, 57_344),
        .write(0, 4095, nonblocking: true), .write(0, 1, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 4000), .read(1, 3000), .write(0, 96), .write(0, 61_440), .write(0, 1, nonblocking: true)),
      .pair(.write(0, 4000), .read(1, 3000), .write(0, 97), .write(0, 57_344), .write(0, 1, nonblocking: true)),
      // The first slot is not the last slot: what is after it decides.
      .pair(.write(0, 10), .write(0, 4090), .write(0, 10), .write(0, 57_344), .write(0, 1, nonblocking: true)),
      // Sixteen slots are in use, and the last has room.
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 100), .write(0, 3896), .write(0, 1, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 100), .read(1, 50), .write(0, 100, nonblocking: true), .read(1, 65_536)),
      // Writers that slept without progress begin again: the second is merged behind the first.
      .pair(.open(2, .write), .write(0, 65_536), .write(0, 50), .write(2, 100), .read(1, 4096), .read(1, 65_536)),
      .pair(.open(2, .write), .write(0, 65_536), .write(0, 50), .write(2, 4196), .read(1, 4096), .read(1, 65_536)),
      // A pipe that was emptied and filled again.
      .pair(
        .write(0, 65_536), .read(1, 65_536), .write(0, 9), .write(0, 9), .write(0, 61_440),
        .write(0, 1, nonblocking: true)),
      .pair(
        .open(2, .write), .write(0, 1), .write(2, 1), .write(0, 1), .write(2, 61_440),
        .write(2, 4093, nonblocking: true)),
      // A read that ends in the page behind the one in which it began.
      .pair { script in
        script.write(0, 4000)
        script.write(0, 200)
        script.read(1, 4100)
        script.write(0, 50)
        for _ in 0..<15 { script.write(0, 4096, nonblocking: true) }
      },
      // The last writer closes, and another opens.
      .pair { script in
        script.write(0, 100)
        script.close(0, .write)
        script.open(0, .write)
        script.write(0, 100)
        for _ in 0..<15 { script.write(0, 4096, nonblocking: true) }
      },
      .pair(
        .write(0, 9), .close(1, .read), .write(0, 9), .open(1, .read), .write(0, 9), .write(0, 61_440), .write(0, 4079)),
    ]
    let mixed = (0..<12).map { _ in
      PipeLab.Input.pair { script in
        // Two pages are left, and random numbers of bytes that may or may not fit into them.
        script.write(0, 57_344)
        for _ in 0..<6 { script.write(0, random.draw(700...2600), nonblocking: true) }
      }
    }
    return plain + mixed
  }

  static let atomicWrites = check(
    "atomic-writes", "a write of up to 4096 bytes is moved as a whole or not at all"
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
      .pair(.write(0, 61_440), .write(0, 4095), .write(0, 2, nonblocking: true), .write(0, 1, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 4095), .write(0, 4096), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 61_440), .write(0, 1), .write(0, 4096, nonblocking: true), .write(0, 4095, nonblocking: true)),
      // The last slot is being read, and the room before its first unread byte is not used again.
      .pair(.write(0, 4000), .read(1, 3900), .write(0, 61_440), .write(0, 97, nonblocking: true), .read(1, 65_536)),
      // A write that was tried in vain, and is tried again in vain.
      .pair(.write(0, 61_440), .write(0, 1000), .write(0, 3097), .read(1, 4095), .read(1, 1), .read(1, 65_536)),
      // Two small writes sleep, and one slot is emptied: the first takes it, and the second does not fit behind it.
      .pair(.open(2, .write), .write(0, 65_536), .write(0, 3000), .write(2, 3000), .read(1, 4096), .read(1, 4096)),
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

  static let largeWrites = check(
    "large-writes", "a write of more than a pipe can hold goes on as the reader makes room"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.write(0, 70_000), .read(1, 8192), .read(1, 65_536)),
      // One slot is free, and the odd bytes need none.
      .pair(.write(0, 57_344), .write(0, 100), .write(0, 4146), .write(0, 1, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 10), .write(0, 70_000), .read(1, 5000), .read(1, 5000), .read(1, 65_536)),
      .pair(.open(2, .write), .write(0, 70_000), .write(2, 100), .read(1, 4096), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 69_732), .read(1, 4096), .close(1, .read)),
      // A sleeping reader must be woken by a write that is not over yet.
      .pair(.read(1, 100), .write(0, 70_000), .read(1, 65_536), .read(1, 65_536)),
      // The reader is at its next read when the writer is tried again: each part that comes into an empty pipe wakes.
      .pair(.read(1, 65_536), .read(1, 100), .write(0, 70_000)),
      .pair(
        .read(1, 65_536), .read(1, 65_536), .read(1, 65_536), .read(1, 9), .write(0, 200_000)),
      // Odd bytes are merged before the write sleeps, and are part of its progress.
      .pair(.write(0, 57_344), .write(0, 100), .write(0, 12_488), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 8392), .read(1, 4096), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 4097), .read(1, 4096), .read(1, 65_536)),
      // Limits: what fits exactly, and one byte more.
      .pair(.write(0, 65_536), .read(1, 65_536), .write(0, 65_537), .read(1, 4095), .read(1, 1)),
      .pair(.write(0, 61_440), .write(0, 4097), .read(1, 4095), .read(1, 1)),
      .pair(.write(0, 65_536), .write(0, 4097), .read(1, 4096), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 262_144), .read(1, 65_536), .read(1, 65_536), .read(1, 65_536), .read(1, 65_536)),
      // Its last reader closes when it has made progress, or none.
      .pair(.write(0, 65_536), .write(0, 9000), .close(1, .read)),
      .pair(.open(2, .read), .write(0, 90_000), .read(1, 9000), .close(1, .read), .read(2, 9000), .close(2, .read)),
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
    return plain + restsStayApart + mixed
  }

  /// The rest of a write takes a new slot, although it would fit behind what another task has written in the meantime.
  private static let restOpensSlot = PipeLab.Input.pair { script in
    script.open(2, .read, .write)
    script.read(2, 8192)
    // Task 2 sleeps, and takes this step once task 0 has filled the pipe: before the rest of task 0's write.
    script.write(2, 50)
    script.write(0, 65_636)
    script.write(0, 4096, nonblocking: true)
  }

  /// The same with a rest of whole pages and odd bytes, and with a first slot that is being read.
  private static let restsStayApart = [(12_288, 69_732), (12_288, 65_637), (8000, 65_636), (10_000, 65_636)].map {
    (read, written) in
    PipeLab.Input.pair { script in
      script.open(2, .read, .write)
      script.read(2, read)
      script.write(2, 50)
      script.write(0, written)
      script.write(0, 4096, nonblocking: true)
      script.read(2, 65_536)
    }
  }

  static let slotRelease = check(
    "slot-release", "each slot that is emptied makes room for writers, and nothing else does"
  ) { random in
    let plain: [[PipeLab.Step]] = [
      [.write(0, 4096), .read(1, 2099), .read(1, 1)],
      [.write(0, 2100, nonblocking: true), .read(1, 2100), .write(0, 2100, nonblocking: true)],
      [.write(0, 9000), .read(1, 2100), .read(1, 2100), .read(1, 2100)],
      [.write(0, 4096), .read(1, 33_600)],
      [.write(0, 4096), .read(1, 2100)],
      [.write(0, 4096), .close(1, .read)],
      [.write(0, 9000), .read(1, 1000), .close(1, .read)],
      [.write(0, 4096), .read(1, 2101)],
      [.write(0, 8192), .read(1, 4200), .read(1, 2100)],
      [.write(0, 2100), .write(0, 2100), .read(1, 1000), .read(1, 1000), .read(1, 100)],
      // A small write is merged in the last slot while all are in use: that makes no room.
      [.write(0, 1000), .write(0, 1000, nonblocking: true), .read(1, 2100), .write(0, 1000)],
      [.read(1, 2100), .read(1, 2100), .write(0, 8192), .write(0, 1, nonblocking: true), .read(1, 65_536)],
    ]
    let mixed = (0..<8).map { _ in
      [.write(0, random.draw(2000...6000)), .write(0, random.draw(2000...6000))]
        + (0..<5).map { _ in PipeLab.Step.read(1, random.draw(700...2900)) }
    }
    // Each of these sequences comes after sixteen slots that are half empty.
    return (plain + mixed).map { steps in
      let halfPages = Array(repeating: PipeLab.Step.write(0, 2100), count: pipeSlots)
      return PipeLab.Input([.open(0, .write), .open(1, .read)] + halfPages + steps)
    }
  }

  static let mixedTraffic = check(
    "mixed-traffic", "every rule holds at once, with several tasks at both ends"
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

  /// Two tasks that go through everything that can happen to them.
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
    // The end of the file comes after the data, and is not final.
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
