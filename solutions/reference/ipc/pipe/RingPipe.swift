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
    // lab:begin count down the end; when the last reader or the last writer goes, the other side must not wait for it
    switch end {
    case .read:
      readers -= 1
      // Sleeping writers try again and find that there is no reader: EPIPE.
      return PipeTransfer(.done(0), wakesWriters: readers == 0)
    case .write:
      writers -= 1
      // Sleeping readers try again and find that there is no writer: the end of the file.
      return PipeTransfer(.done(0), wakesReaders: writers == 0)
    }
    // lab:end
  }

  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    // lab:begin take out the bytes that are there; if there are none, it is the end of the file, EAGAIN or sleep
    if count == 0 { return PipeTransfer(.done(0)) }
    if isEmpty {
      if writers == 0 { return PipeTransfer(.done(0)) }
      return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0))
    }
    let wasFull = isFull
    let bytes = drain(count)
    // Writers sleep only while all slots are in use. Only emptying a slot gives them room; taking a few bytes does not.
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesWriters: wasFull && !isFull)
    // lab:end
  }

  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    // lab:begin put in what fits, and a small write as a whole; without room, EAGAIN or sleep; without a reader, EPIPE
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let wasEmpty = isEmpty
    var rest = bytes
    // Only a call that has made no progress yet is merged.
    if bytes.count == total { merge(&rest) }
    while !rest.isEmpty, !isFull { fillSlot(from: &rest) }
    let moved = bytes.count - rest.count
    // Readers sleep only while the pipe is empty.
    let wakesReaders = wasEmpty && moved > 0
    if rest.isEmpty || nonblocking && moved > 0 { return PipeTransfer(.done(moved), wakesReaders: wakesReaders) }
    if nonblocking { return PipeTransfer(.failed(.EAGAIN)) }
    return PipeTransfer(.sleep(progress: moved), wakesReaders: wakesReaders)
    // lab:end
  }

  // lab:begin declare: Helpers of your own: draining slots, filling the next slot, merging into the last one
  /// Takes out up to `wanted` bytes, from as many slots as necessary.
  private mutating func drain(_ wanted: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < wanted, !isEmpty {
      let index = tail % pipeSlots
      let taken = min(wanted - bytes.count, slots[index].length)
      let start = slots[index].offset
      bytes += slots[index].page[start..<start + taken]
      slots[index].offset += taken
      if slots[index].length == 0 {
        slots[index] = Slot()
        tail += 1
      }
    }
    count -= bytes.count
    return bytes
  }

  /// Puts the odd bytes of a write, those beyond whole pages, into the last slot if there is room for all of them.
  ///
  /// So a write of less than a page is merged as a whole or not at all: it is never torn apart. What is left of
  /// a longer write is whole pages.
  private mutating func merge(_ rest: inout ArraySlice<UInt8>) {
    let odd = rest.count % pageSize
    let last = (head - 1 + pipeSlots) % pipeSlots
    guard odd > 0, !isEmpty, slots[last].page.count + odd <= pageSize else { return }
    put(&rest, odd, in: last)
  }

  /// Opens the next slot and puts up to a page into it; the pipe must not be full.
  private mutating func fillSlot(from rest: inout ArraySlice<UInt8>) {
    put(&rest, min(rest.count, pageSize), in: head % pipeSlots)
    head += 1
  }

  private mutating func put(_ rest: inout ArraySlice<UInt8>, _ moved: Int, in index: Int) {
    slots[index].page += rest.prefix(moved)
    rest = rest.dropFirst(moved)
    count += moved
  }
  // lab:end
}
