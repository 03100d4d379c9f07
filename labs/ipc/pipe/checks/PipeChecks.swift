import Judging
import LabHarness
import LabKernel

/// The visible checks of the pipe lab, and the parts that its hidden checks are built from.
public enum PipeChecks {
  /// Run by `labs-cli test pipe`.
  public static let suite = suite(
    .visible,
    [
      bytesInOrder, shortReads, noBytes, blockingRead, noWaiting, endOfFile, brokenPipe, openTwice, fullPipe,
      sharedPages, wholeWrites, longWrites, emptiedSlots, quietCalls,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<PipeLab>]) -> Suite<PipeLab> {
    Suite(PipeLab.self, visibility: visibility, unit: "steps", show: \.picture, checks: checks)
  }

  /// Makes a check of the lab with its judge.
  package static func check(
    _ id: String, _ title: String,
    judge: @escaping @Sendable (PipeLab.Input, PipeLab.Output) -> Finding? = PipeJudge.judge,
    cases: @escaping @Sendable (inout RandomSource) -> [PipeLab.Input]
  ) -> Check<PipeLab> {
    Check(id: id, title: title, drawing: cases, judge: judge)
  }

  private static let bytesInOrder = check(
    "bytes-in-order", "reads return what was written, byte for byte and in order"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.write(0, 1), .read(1, 1)),
      .pair(.write(0, 10), .write(0, 20), .write(0, 30), .read(1, 60)),
      .pair(.write(0, 5000), .read(1, 4096), .read(1, 904)),
      .pair {
        for _ in 0..<5 { $0.write(0, 1033) }
        $0.read(1, 1, 2, 4, 8, 16, 32, 64, 128, 4096, 4096)
      },
    ]
    let mixed = (0..<24).map { _ in
      PipeLab.Input.pair { script in
        for _ in 0..<5 {
          script.write(0, random.draw(1...2000))
          if random.oneIn(2) { script.read(1, random.draw(1...3000), nonblocking: true) }
        }
        script.read(1, 10_000)
      }
    }
    return plain + mixed
  }

  private static let shortReads = check(
    "short-reads", "a read takes what is there and does not wait for more"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.write(0, 3), .read(1, 10)),
      .pair(.write(0, 3), .read(1, 10, nonblocking: true)),
      .pair(.write(0, 4096), .write(0, 4096), .write(0, 1), .read(1, 65_536)),
    ]
    return plain
      + (0..<20).map { _ in
        .pair { script in
          script.write(0, random.draw(1...300), random.draw(1...300))
          script.read(1, random.draw(1...1000))
        }
      }
  }

  private static let blockingRead = check(
    "blocking-read", "a read from an empty pipe sleeps until a task writes"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.read(1, 10), .write(0, 10)),
      .pair(.read(1, 10), .write(0, 3), .read(1, 10), .write(0, 4)),
      .pair(.read(1, 10), .write(0, 70_000, nonblocking: true)),
      .pair(.read(1, 100_000), .write(0, 10)),
      .pair(.write(0, 5), .read(1, 5), .read(1, 5), .write(0, 5)),
    ]
    return plain
      + (0..<20).map { _ in
        .pair { script in
          script.open(2, .read)
          for _ in 0..<4 { script.read(random.draw(1...2), random.draw(1...50)) }
          for _ in 0..<4 { script.write(0, random.draw(1...100)) }
        }
      }
  }

  private static let endOfFile = check(
    "end-of-file", "a read returns 0 when the pipe is empty and no write end is open"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.close(0, .write), .read(1, 10)),
      .pair(.write(0, 10), .close(0, .write), .read(1, 4), .read(1, 10), .read(1, 10)),
      .pair(.read(1, 10), .close(0, .write)),
      .pair(.write(0, 10), .close(0, .write), .read(1, 65_536), .read(1, 65_536)),
      .pair(.open(2, .write), .close(0, .write), .read(1, 10), .close(2, .write)),
      .pair(.open(2, .read), .read(1, 10), .read(2, 10), .close(0, .write)),
    ]
    return plain
      + (0..<20).map { _ in
        .pair { script in
          if random.oneIn(2) { script.write(0, random.draw(1...100)) }
          script.read(1, random.draw(1...60))
          script.read(1, random.draw(1...60))
          script.close(0, .write)
          script.read(1, 100, 100)
        }
      }
  }

  private static let brokenPipe = check(
    "broken-pipe", "a write fails with EPIPE when no read end is open"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.close(1, .read), .write(0, 10)),
      .pair(.write(0, 10), .close(1, .read), .write(0, 10, nonblocking: true)),
      .pair(.open(2, .read), .close(1, .read), .write(0, 10), .close(2, .read), .write(0, 10)),
      .pair(.write(0, 65_536), .write(0, 4096), .close(1, .read)),
      .pair(.write(0, 69_632), .close(1, .read)),
    ]
    return plain
      + (0..<10).map { _ in
        .pair { script in
          script.write(0, random.draw(1...100), nonblocking: random.oneIn(2))
          script.close(1, .read)
          script.write(0, random.draw(1...9000), nonblocking: random.oneIn(2))
        }
      }
  }

  private static let fullPipe = check(
    "full-pipe", "a pipe holds sixteen pages, and the next write sleeps until a page has been read"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.write(0, 65_536), .write(0, 4096, nonblocking: true)),
      .pair(.write(0, 65_536), .write(0, 4096), .read(1, 4096)),
      .pair(.write(0, 65_536), .write(0, 4096), .read(1, 4095), .read(1, 1)),
      .pair(.write(0, 69_632), .read(1, 4096), .read(1, 65_536)),
      .pair(.write(0, 73_728, nonblocking: true), .read(1, 65_536)),
      .pair(.write(0, 69_632), .read(1, 100), .read(1, 3996)),
      .pair(.write(0, 65_536, nonblocking: true), .read(1, 65_536), .write(0, 65_537)),
    ]
    return plain
      + (0..<4).map { _ in
        .pair { script in
          script.write(0, 65_536, 4096 * random.draw(1...3))
          for _ in 0..<3 { script.read(1, random.draw(1...9000)) }
        }
      }
  }
}
