import LabKernel

/// A pipe as a ring of page-sized slots.
///
/// ```
///              tail                 head
///               |                    |
///   slot  . . . 3    4    5    6    (7) . . .
///             ..xx xxxx xx.. xxxx
///             ^      used up       ^ the last slot: a small write may still go in behind what is there
/// ```
///
/// Writers fill slots at `head`, readers drain them at `tail`. Both only ever count up; the slot that a
/// number means is its remainder by 16, and `head - tail` slots are in use: 0 when the pipe is empty, 16
/// when it is full, so that no slot has to be left free to tell the two apart.
///
/// Invariants. `tail <= head <= tail + 16`. Each slot in use holds at least one byte, and no other holds any.
/// A slot's bytes are in `page` from `offset` on; what lies before has been read, and its room is not used
/// again before the slot is empty.
///
/// - Source: Linux, fs/pipe.c, `pipe_read()` and `pipe_write()`; include/linux/pipe_fs_i.h, `pipe_full()`.
/// - Simplified: no splice, packets or resizing; a write that slept without progress is tried like a new one,
///   and so may still be merged.
struct RingPipe: Pipe {
  /// What one page holds.
  private struct Slot {
    var page: [UInt8] = []
    /// How much of the page has been read.
    var offset = 0

    /// How many bytes are still to be read.
    var length: Int { page.count - offset }
  }

  private var slots = Array(repeating: Slot(), count: pipeSlots)
  /// How many slots have been filled ever: the next one to be filled.
  private var head = 0
  /// How many slots have been emptied ever: the next one to be read.
  private var tail = 0
  /// How many open files there are at each end.
  private var readers = 0
  private var writers = 0
  /// How many bytes wait in all slots together.
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
    todo("count the end down; when the last reader or the last writer goes, the other side must not wait for it")
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    todo("take out what is there; with nothing there it is the end of the file, EAGAIN or sleep")
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    todo("put in what fits, and whole if it is small; with no room it is EAGAIN or sleep, with no readers EPIPE")
  }

  // Helpers of your own: draining slots, filling the next slot, merging into the last one
}
