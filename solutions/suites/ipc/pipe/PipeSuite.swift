import IPCChecks
import Judging
import LabHarness
import LabKernel

/// The hidden checks of the pipe lab.
package enum PipeSuite {
  /// All of them, from the plain to the subtle.
  package static let suite = PipeChecks.suite(
    .hidden,
    [
      zeroBytes, nonblocking, ringWraps, comingAndGoing, manySleepers, merging, atomicWrites, largeWrites, slotRelease,
      mixedTraffic,
    ])

  /// Makes a check of the lab whose judge compares with the reference.
  static func check(
    _ id: String, _ title: String, cases: @escaping @Sendable (inout RandomSource) -> [PipeLab.Input]
  ) -> Check<PipeLab> {
    PipeChecks.check(id, title, judge: PipeComparison.judge, cases: cases)
  }

  private static let zeroBytes = check(
    "zero-bytes", "a read or a write of 0 bytes is done immediately, whatever the state of the pipe"
  ) { random in
    [
      .pair(.read(1, 0)),
      .pair(.write(0, 0)),
      .pair(.read(1, 0, nonblocking: true), .write(0, 0, nonblocking: true)),
      .pair(.close(1, .read), .write(0, 0), .write(0, 1)),
      .pair(.close(0, .write), .read(1, 0)),
      .pair(.write(0, 65_536), .write(0, 0), .write(0, 0, nonblocking: true), .read(1, 0)),
      .pair(.open(2, .read), .read(1, 1), .write(0, 0), .read(2, 0)),
      .pair(.open(2, .write), .write(0, 69_632), .write(2, 0), .write(2, 0, nonblocking: true), .read(1, 0)),
      .pair(.close(1, .read), .write(0, 0, nonblocking: true), .open(1, .read), .read(1, 0), .read(1, 1)),
      .pair(.close(0, .write), .read(1, 0, nonblocking: true), .open(0, .write), .write(0, 0), .read(1, 1)),
      .pair(.write(0, 9), .read(1, 0), .read(1, 4), .read(1, 0), .write(0, 0), .read(1, 9), .read(1, 0)),
      .script {
        $0.open(0, .write)
        $0.write(0, 0)
        $0.write(0, 0, nonblocking: true)
      },
      .script {
        $0.open(0, .read)
        $0.read(0, 0)
        $0.read(0, 0, nonblocking: true)
      },
      .pair(.write(0, random.draw(1...99)), .write(0, 0), .read(1, 0), .read(1, 99)),
    ]
  }

  private static let nonblocking = check(
    "nonblocking", "O_NONBLOCK turns sleep into EAGAIN, or into a partial write"
  ) { random in
    let plain = [
      PipeLab.Input.pair(
        .read(1, 10, nonblocking: true), .write(0, 10), .read(1, 10, nonblocking: true), .read(1, 1, nonblocking: true)),
      .pair(.close(0, .write), .read(1, 10, nonblocking: true)),
      .pair(
        .write(0, 65_536), .write(0, 1, nonblocking: true), .write(0, 4096, nonblocking: true),
        .write(0, 4097, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 8192, nonblocking: true), .read(1, 65_536)),
      // A sleeping reader is woken by a part, too.
      .pair(.read(1, 100), .write(0, 70_000, nonblocking: true), .read(1, 65_536)),
      .pair(.read(1, 100), .write(0, 65_536, nonblocking: true), .read(1, 65_536), .read(1, 65_536)),
      // Merged bytes count as moved, too: the part is more than whole pages, or less than one.
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 8392, nonblocking: true), .read(1, 65_536)),
      .pair(
        .write(0, 57_344), .write(0, 100), .write(0, 12_488, nonblocking: true), .read(1, 65_536), .read(1, 65_536)),
      .pair(.write(0, 10), .write(0, 70_000, nonblocking: true), .read(1, 65_536), .read(1, 65_536)),
      .pair(.write(0, 10), .write(0, 262_144, nonblocking: true), .close(0, .write), .read(1, 131_072), .read(1, 1)),
      // The sleeping writer is woken by a read that does not sleep.
      .pair(.write(0, 69_632), .read(1, 4096, nonblocking: true)),
      .pair(.open(2, .read), .read(1, 10), .read(2, 10, nonblocking: true), .write(0, 10, nonblocking: true)),
      .pair(.write(0, 65_535), .write(0, 1, nonblocking: true), .write(0, 1, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 4096, nonblocking: true), .write(0, 4097, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 4097, nonblocking: true), .write(0, 1, nonblocking: true)),
      .pair(
        .write(0, 65_536), .read(1, 4095), .write(0, 1, nonblocking: true), .read(1, 1),
        .write(0, 4097, nonblocking: true)),
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
    "ring-wraps", "the slots are used again and again"
  ) { random in
    let drawn = (0..<8).map { index in
      PipeLab.Input.pair { script in
        let lead = index % 4
        for _ in 0..<lead { script.write(0, 4096) }
        for round in 0..<(20 - lead) {
          script.write(0, index < 4 ? 4096 : random.draw(2049...4096))
          script.read(1, round % 5 == 4 ? 8192 : 4096)
        }
      }
    }
    return drawn + longTraffic
  }

  /// More slots, calls, sleeps and merges than a byte can count.
  private static let longTraffic = [
    PipeLab.Input.pair { script in
      for _ in 0..<300 {
        script.write(0, 3)
        script.read(1, 3)
      }
    },
    .pair { script in
      for _ in 0..<70 {
        script.write(0, 65_536, 1, nonblocking: true)
        script.read(1, 65_536)
      }
    },
    // Each slot is read in two parts; then all of them are there.
    .pair { script in
      for _ in 0..<70 {
        script.write(0, 2)
        script.read(1, 1, 1)
      }
      for _ in 0..<17 { script.write(0, 4096, nonblocking: true) }
    },
    // The reader sleeps each time.
    .pair { script in
      for _ in 0..<300 {
        script.read(1, 5)
        script.write(0, 5)
      }
    },
    // The writer sleeps each time.
    .pair { script in
      script.write(0, 65_536)
      for _ in 0..<300 {
        script.write(0, 4096)
        script.read(1, 4096)
      }
    },
    // One page takes the bytes of many writes, while it is read.
    .pair { script in
      script.write(0, 2)
      for _ in 0..<300 {
        script.write(0, 1)
        script.read(1, 1)
      }
      script.write(0, 61_440)
      script.write(0, 3795, 1, nonblocking: true)
    },
    .pair { script in
      for _ in 0..<300 { script.write(0, 1) }
      script.write(0, 61_440)
      script.write(0, 1, nonblocking: true)
    },
    // Never empty: one page ahead.
    .pair { script in
      script.write(0, 3000)
      for _ in 0..<280 {
        script.write(0, 3000)
        script.read(1, 3000)
      }
    },
  ]

  private static let comingAndGoing = check(
    "coming-and-going", "an end that is open more than once is closed by the last close"
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
      // Sleepers are woken each time the last file is closed.
      .pair(.read(1, 1), .read(1, 1), .close(0, .write), .open(0, .write), .read(1, 1), .close(0, .write)),
      .pair(
        .open(2, .read), .write(0, 69_632), .close(1, .read), .close(2, .read), .open(1, .read), .read(1, 65_536),
        .write(0, 69_632), .close(1, .read)),
      .pair(.write(0, 65_536), .write(0, 10), .close(1, .read), .open(1, .read), .write(0, 10), .read(1, 4096)),
      // A pipe that is full when its readers close is still full when others open it.
      .pair(
        .write(0, 65_536), .close(1, .read), .write(0, 1, nonblocking: true), .open(2, .read),
        .write(0, 1, nonblocking: true), .read(2, 65_536)),
      .pair(.write(0, 10), .close(0, .write), .open(2, .write), .write(2, 5), .read(1, 30), .close(2, .write)),
      .pair(.read(1, 5), .open(2, .write), .close(0, .write), .write(2, 5)),
      .pair(.write(0, 5000), .close(0, .write), .read(1, 65_536), .read(1, 65_536), .open(0, .write), .read(1, 65_536)),
      .pair(.write(0, 10), .read(1, 4), .close(1, .read), .open(2, .read), .read(2, 3), .read(2, 20)),
      .pair(.open(1, .write), .close(0, .write), .read(1, 5), .close(1, .write)),
      .pair(.close(0, .write), .read(1, 10, nonblocking: true), .open(0, .write), .read(1, 10, nonblocking: true)),
      .pair(.close(1, .read), .write(0, 70_000), .write(0, 70_000, nonblocking: true), .open(1, .read), .write(0, 9)),
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
    return plain + oneEndFirst + oftenOpened + mixed
  }

  /// Not every pipe begins with both ends open.
  private static let oneEndFirst = [
    PipeLab.Input.script { script in
      script.open(0, .write)
      script.write(0, 10)
      script.write(0, 10, nonblocking: true)
      script.open(1, .read)
      script.read(1, 10)
      script.write(0, 10)
    },
    .script { script in
      script.open(1, .read)
      script.read(1, 10)
      script.read(1, 10, nonblocking: true)
      script.open(0, .write)
      script.read(1, 10)
      script.write(0, 10)
    },
    .script { script in
      script.open(0, .read, .write)
      script.close(0, .read)
      script.write(0, 10)
      script.open(1, .read)
      script.write(0, 70_000, nonblocking: true)
      script.close(0, .write)
      script.read(1, 65_536, 10)
    },
    .script { script in
      script.open(0, .write, .write)
      script.open(1, .read)
      script.close(0, .write)
      script.read(1, 10)
      script.write(0, 4)
      script.read(1, 10)
      script.close(0, .write)
    },
  ]

  /// As many open files as a byte can count, and more, and ends that are closed many times.
  private static let oftenOpened = [
    PipeLab.Input.pair { script in
      for _ in 0..<255 { script.open(0, .write) }
      script.read(1, 1, nonblocking: true)
      script.read(1, 1)
    },
    .pair { script in
      for _ in 0..<255 { script.open(1, .read) }
      script.write(0, 1)
      script.close(1, .read)
      script.write(0, 1)
    },
    PipeLab.Input.pair { script in
      for _ in 0..<300 { script.open(0, .write) }
      for _ in 0..<300 { script.close(0, .write) }
      script.read(1, 1)
      script.close(0, .write)
    },
    .pair { script in
      for _ in 0..<300 { script.open(1, .read) }
      for _ in 0..<300 { script.close(1, .read) }
      script.write(0, 69_632)
      script.close(1, .read)
      script.write(0, 1)
    },
    .pair { script in
      for round in 1...20 {
        script.read(1, 10)
        script.close(0, .write)
        script.open(0, .write)
        script.write(0, round)
        script.read(1, 50)
        script.close(1, .read)
        script.write(0, 1)
        script.open(1, .read)
      }
    },
  ]

  private static let manySleepers = check(
    "many-sleepers", "all sleepers that can go on are woken, in the order in which they fell asleep"
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
    return plain + readers + writers
  }

  /// Cases that chance may miss.
  private static let plain = [
    PipeLab.Input.pair(.open(2, .read), .read(1, 5), .read(2, 5), .write(0, 5), .write(0, 5)),
    .pair(.open(2, .read), .read(1, 5), .read(2, 5), .write(0, 10)),
    .pair(.open(2, .read), .open(3, .read), .read(1, 5), .read(2, 5), .read(3, 5), .close(0, .write)),
    .pair(.open(2, .write), .write(0, 65_536), .write(0, 4096), .write(2, 4096), .read(1, 8192)),
    .pair(.open(2, .write), .write(0, 65_536), .write(0, 4096), .write(2, 4096), .read(1, 4096), .read(1, 4096)),
    .pair(.open(2, .write), .write(0, 65_536), .write(0, 5000), .write(2, 5000), .close(1, .read)),
    // Two writers sleep; the second comes behind the first in one page.
    .pair(.open(2, .write), .write(0, 65_536), .write(0, 50), .write(2, 100), .read(1, 4096)),
    // A large write and a small one take turns, and so do two large ones.
    .pair(.open(2, .write), .write(0, 73_728), .write(2, 9), .read(1, 4096), .read(1, 4096), .read(1, 4096)),
    .pair { script in
      script.open(2, .write)
      script.write(0, 100_000)
      script.write(2, 100_000)
      script.read(1, 16_384, 16_384, 4096, 8192)
      for _ in 0..<12 { script.read(1, 16_384) }
    },
    // Two large writes are in progress, of which the second has begun before the first is tried again.
    .pair { script in
      script.open(2, .read, .write)
      script.read(2, 8192)
      script.write(2, 70_000)
      script.write(0, 100_000)
      for _ in 0..<14 { script.read(1, 16_384) }
    },
    // Two readers share what a writer brings in parts; one of them goes on to another read.
    .pair(.open(2, .read), .read(1, 65_536), .read(1, 10), .read(2, 10), .write(0, 70_000), .read(2, 9000)),
    // Calls that move nothing, while others sleep.
    .pair(.open(2, .read), .read(1, 1), .read(2, 1), .read(2, 1), .write(0, 3)),
    .pair(.open(2, .read), .read(1, 1), .read(2, 1, nonblocking: true), .read(2, 0), .write(0, 3)),
    .pair(.open(2, .read), .open(2, .write), .read(1, 1), .write(0, 0), .write(2, 0, nonblocking: true), .write(2, 1)),
    .pair(.open(2, .write), .write(0, 65_537), .write(2, 4096), .write(2, 9, nonblocking: true), .read(1, 65_536)),
    .pair(.open(2, .write), .write(0, 65_537), .write(2, 9, nonblocking: true), .write(2, 0), .read(1, 4096)),
    .pair(
      .open(2, .write), .write(0, 65_537), .write(2, 5000, nonblocking: true), .write(2, 70_000, nonblocking: true)),
    .pair(.open(2, .read), .read(1, 9000), .read(2, 5000, nonblocking: true), .read(2, 70_000, nonblocking: true)),
    // After a first slot that is being read.
    .pair(
      .open(2, .write), .write(0, 69_632), .read(1, 100), .write(2, 9, nonblocking: true), .write(2, 9), .read(1, 3996)),
  ]
}
