import Judging
import LabKernel

// Visible checks of what fits into the slots, with answers written by hand.
extension PipeChecks {
  static let sharedPages = check(
    "shared-pages", "small writes share a page as long as they fit behind its last byte",
    judge: PipeExample.judge(sharing)
  ) { _ in sharing.map(\.input) }

  private static let sharing = [
    PipeExample(
      .pair { script in for _ in 0..<33 { script.write(0, 2048, nonblocking: true) } },
      Array(repeating: .done(2048), count: 32) + [.failed(.EAGAIN)], "two writes of 2048 bytes fill one page"),
    PipeExample(
      .pair { script in for _ in 0..<17 { script.write(0, 2049, nonblocking: true) } },
      Array(repeating: .done(2049), count: 16) + [.failed(.EAGAIN)], "a page has no room for twice 2049 bytes"),
    PipeExample(
      .pair(.write(0, 61_440), .write(0, 100), .write(0, 3996, nonblocking: true), .write(0, 1, nonblocking: true)),
      [.done(61_440), .done(100), .done(3996), .failed(.EAGAIN)], "the last page has room for 3996 bytes behind 100"),
    PipeExample(
      .pair(.write(0, 100), .write(0, 4196, nonblocking: true), .write(0, 57_344), .write(0, 1, nonblocking: true)),
      [.done(100), .done(4196), .done(57_344), .failed(.EAGAIN)],
      "of 4196 bytes, 100 go into the first slot and 4096 into the second; so 14 are free"),
    PipeExample(
      .pair(.write(0, 10), .read(1, 10), .write(0, 10), .write(0, 61_440), .write(0, 1, nonblocking: true)),
      [.done(10), .done(10), .done(61_440), .failed(.EAGAIN)], "an empty pipe has no last slot"),
  ]

  static let wholeWrites = check(
    "whole-writes", "a write of up to 4096 bytes is moved as a whole or not at all",
    judge: PipeExample.judge(atomic)
  ) { _ in atomic.map(\.input) }

  private static let atomic = [
    PipeExample(
      .pair(.write(0, 61_440), .write(0, 1000), .write(0, 4096, nonblocking: true), .write(0, 3097, nonblocking: true)),
      [.done(61_440), .done(1000), .failed(.EAGAIN), .failed(.EAGAIN)], "the last page has room for 3096 bytes"),
    PipeExample(
      .pair(.write(0, 61_440), .write(0, 1000), .write(0, 3097), .read(1, 4096)),
      [.done(61_440), .done(1000), .sleep(progress: 0), .done(3097)], "it needs a slot, and the first one is emptied"),
  ]

  static let longWrites = check(
    "long-writes", "a write of more than a pipe can hold is moved in parts",
    judge: PipeExample.judge(parts)
  ) { _ in parts.map(\.input) }

  private static let parts = [
    PipeExample(
      .pair(.write(0, 70_000), .read(1, 4096), .read(1, 4096)),
      [.sleep(progress: 65_536), .sleep(progress: 4096), .done(368)], "each slot that is emptied takes up to 4096 bytes"
    ),
    // The reader goes on to its second read before the writer is tried again.
    PipeExample(
      .pair(.read(1, 65_536), .read(1, 100), .write(0, 70_000)),
      [.sleep(progress: 65_536), .done(4464)], "the pipe was emptied", rule: "parts"),
    PipeExample(
      .pair(.write(0, 10), .write(0, 69_642), .read(1, 10), .read(1, 4096), .read(1, 65_536)),
      [.done(10), .sleep(progress: 61_450), .sleep(progress: 4096), .done(4096)],
      "10 odd bytes are merged, then each free slot takes 4096 bytes"),
    PipeExample(
      .pair { script in
        script.open(2, .read, .write)
        script.read(2, 8192)
        // Task 2 sleeps, and takes this step once task 0 has filled the pipe: before the rest of task 0's write.
        script.write(2, 50)
        script.write(0, 65_636)
        script.write(0, 4096, nonblocking: true)
      },
      [.sleep(progress: 65_536), .done(50), .done(100), .failed(.EAGAIN)],
      "the rest of a write takes a new slot even where it would fit behind other bytes: so all sixteen are in use",
      rule: "rest"),
  ]

  static let emptiedSlots = check(
    "emptied-slots", "a slot becomes free when its last byte has been read, and not before",
    judge: PipeExample.judge(emptied)
  ) { _ in emptied.map(\.input) }

  private static let emptied = [
    PipeExample(
      .pair { script in
        for _ in 0..<16 { script.write(0, 2100) }
        script.write(0, 4096)
        script.read(1, 2099, 1)
      },
      Array(repeating: .done(2100), count: 16) + [.sleep(progress: 0), .done(4096)],
      "a slot is free when its last byte has been read"),
    PipeExample(
      .pair { script in
        for _ in 0..<16 { script.write(0, 2100) }
        script.read(1, 2099)
        script.write(0, 4096, nonblocking: true)
      },
      Array(repeating: .done(2100), count: 16) + [.failed(.EAGAIN)], "the first slot still holds a byte"),
    PipeExample(
      .pair(.write(0, 4000), .read(1, 3999), .write(0, 97), .write(0, 57_344), .write(0, 1, nonblocking: true)),
      [.done(4000), .done(97), .done(57_344), .failed(.EAGAIN)],
      "behind 4000 bytes there is room for 96, however many of them were read"),
    PipeExample(
      .pair(.write(0, 100), .read(1, 99), .write(0, 3996), .write(0, 61_440), .write(0, 1, nonblocking: true)),
      [.done(100), .done(3996), .done(61_440), .failed(.EAGAIN)],
      "behind 100 bytes there is room for 3996, even while they are being read", rule: "merging"),
  ]
}
