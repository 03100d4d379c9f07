import Judging
import LabHarness
import LabKernel

// Visible checks of calls that do not wait, and of ends that are opened and closed.
extension PipeChecks {
  static let noBytes = check(
    "no-bytes", "a read or a write of 0 bytes is done immediately"
  ) { random in
    [
      .pair(.read(1, 0), .read(1, 0, nonblocking: true)),
      .pair(.write(0, 0), .write(0, 0, nonblocking: true)),
      .pair(.close(1, .read), .write(0, 0)),
      .pair(.close(0, .write), .read(1, 0)),
      .pair(.write(0, 65_536), .write(0, 0), .read(1, 0)),
      .pair(.write(0, random.draw(1...99)), .write(0, 0), .read(1, 0), .read(1, 99)),
    ]
  }

  static let noWaiting = check(
    "no-waiting", "with O_NONBLOCK, a call does what it can immediately, or fails with EAGAIN"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.read(1, 10, nonblocking: true), .write(0, 10), .read(1, 10, nonblocking: true)),
      .pair(.read(1, 10, nonblocking: true), .close(0, .write), .read(1, 10, nonblocking: true)),
      .pair(.write(0, 65_536, nonblocking: true), .write(0, 1, nonblocking: true), .write(0, 5000, nonblocking: true)),
      .pair(.write(0, 61_440), .write(0, 8192, nonblocking: true), .read(1, 65_536, nonblocking: true)),
      .pair(.write(0, 70_000, nonblocking: true), .read(1, 4096), .write(0, 4096, nonblocking: true)),
    ]
    return plain
      + (0..<6).map { _ in
        .pair { script in
          script.write(0, 4096 * random.draw(12...16))
          script.write(0, 4096 * random.draw(1...6), nonblocking: true)
          script.read(1, random.draw(1...9000), 65_536, 10, nonblocking: true)
        }
      }
  }

  static let openTwice = check(
    "open-twice", "an end stays open until it has been closed as often as it was opened"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.open(0, .write), .close(0, .write), .read(1, 10), .write(0, 10)),
      .pair(.open(2, .write), .close(0, .write), .read(1, 10), .close(2, .write)),
      .pair(.open(2, .read), .close(1, .read), .write(0, 10), .read(2, 10)),
      .pair(.close(0, .write), .read(1, 10), .open(2, .write), .read(1, 10), .write(2, 10)),
      .pair(.close(1, .read), .write(0, 10), .open(2, .read), .write(0, 10), .read(2, 20)),
      .pair(.write(0, 10), .close(1, .read), .open(2, .read), .read(2, 20)),
      .script {
        $0.open(0, .write)
        $0.write(0, 10)
        $0.open(1, .read)
        $0.write(0, 10)
        $0.read(1, 10)
      },
    ]
    return plain
      + (0..<10).map { _ in
        .pair { script in
          let more = random.draw(1...4)
          for _ in 0..<more { script.open(2, .write, .read) }
          script.write(0, random.draw(1...50))
          script.close(0, .write)
          script.close(1, .read)
          for _ in 0..<more {
            script.read(2, random.draw(1...20))
            script.write(2, random.draw(1...20))
            script.close(2, random.oneIn(2) ? .read : .write)
          }
        }
      }
  }

  static let quietCalls = check(
    "quiet-calls", "a call that moves no byte and closes no end wakes no task"
  ) { random in
    let plain = [
      PipeLab.Input.pair(.open(2, .read), .read(1, 10), .read(2, 10), .write(0, 20)),
      .pair(.open(2, .write), .write(0, 65_536), .write(0, 10), .write(2, 10), .read(1, 4096)),
      .pair(.open(2, .read), .read(1, 10), .read(2, 10, nonblocking: true)),
      .pair(.open(2, .write), .write(0, 69_632), .write(2, 10, nonblocking: true)),
      .pair(.open(2, .read), .open(2, .write), .read(1, 10), .write(2, 0), .read(2, 0)),
      .pair(.open(2, .read), .open(2, .write), .write(0, 69_632), .write(2, 0), .read(2, 0)),
    ]
    return plain
      + (0..<6).map { _ in
        .pair { script in
          script.open(2, .read, .write)
          if random.oneIn(2) { script.write(0, 69_632) } else { script.read(1, random.draw(1...50)) }
          script.write(2, 0)
          script.read(2, 0)
        }
      }
  }
}
