import LabKernel

/// A pipe as a ring of page-sized slots.
///
/// ```
///              tail                 head
///               |                    |
///   slot  . . . 3    4    5    6    (7) . . .
///             ..xx xxxx xx.. xx..
///             ^ already read ^ the last slot: a small write may still be merged after its last byte
/// ```
///
/// Writers fill slots at `head`, readers drain them at `tail`. Both numbers only count up; the slot of a
/// number is its remainder modulo 16. `head - tail` slots are in use: 0 when the pipe is empty, 16 when it
/// is full. So no slot has to be left free to tell the two apart.
///
/// Invariants. `tail <= head <= tail + 16`. Each slot in use holds at least one byte; the others hold none.
/// A slot's bytes are in `page` from `offset` on. The bytes before them have been read, and their room is
/// not used again before the slot is empty.
///
/// - Source: Linux, fs/pipe.c, `pipe_read()` and `pipe_write()`; include/linux/pipe_fs_i.h, `pipe_full()`.
/// - Simplified: no splice, packets or resizing; a write that slept without progress is tried again
///   like a new one, so it may still be merged.
struct RingPipe: Pipe {
  /// The contents of one page.
  private struct Slot {
    var page: [UInt8] = []
    /// The number of bytes of the page that have been read.
    var offset = 0

    /// The number of bytes still to be read.
    var length: Int { page.count - offset }
  }

  private var slots = Array(repeating: Slot(), count: pipeSlots)
  /// The number of slots filled so far: the next one to fill.
  private var head = 0
  /// The number of slots emptied so far: the next one to read.
  private var tail = 0
  /// The number of open files at each end.
  private var readers = 0
  private var writers = 0
  /// The number of bytes in all slots together.
  private(set) var count = 0

  init() {}

  private var isEmpty: Bool { head == tail }
  private var isFull: Bool { head - tail == pipeSlots }

  mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers += 1
    case .write: writers += 1
    }
  }

  mutating func close(_ end: PipeEnd) -> PipeTransfer {
    todo("count down the end; when the last reader or the last writer goes, the other side must not wait for it")
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    todo("take out the bytes that are there; if there are none, it is the end of the file, EAGAIN or sleep")
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    todo("put in what fits, and a small write as a whole; without room, EAGAIN or sleep; without a reader, EPIPE")
  }

  // Helpers of your own: draining slots, filling the next slot, merging into the last one
}
