/// The simplest pipe: one queue of bytes with room for one atomic write, where every change wakes all sleepers.
///
/// With a single page there are no slots to account for: a write of up to ``pipeBufferSize`` bytes waits until all of
/// it fits, a larger one puts in what fits. A writer and a reader of large amounts take turns for every page, and every
/// sleeper is woken whenever a byte moves.
///
/// - Source: Linux 1.0, fs/pipe.c, `pipe_write()`, whose pipes were also one page.
public struct SimplePipe: Pipe {
  private var queue: [UInt8] = []
  private var readers = 0
  private var writers = 0

  /// A pipe with no bytes and both ends closed.
  public init() {}

  /// How many bytes are in the pipe.
  public var count: Int { queue.count }

  /// Adds everything that a caller could notice to `digest`.
  func digest(into digest: inout StateDigest) {
    digest.combine(UInt32(truncatingIfNeeded: readers), UInt32(truncatingIfNeeded: writers))
    digest.combine(queue.count)
    for byte in queue { digest.combine(UInt64(byte)) }
  }

  /// Notes that one more open file refers to `end`.
  public mutating func open(_ end: PipeEnd) {
    switch end {
    case .read: readers += 1
    case .write: writers += 1
    }
  }

  /// Notes that one open file fewer refers to `end`.
  public mutating func close(_ end: PipeEnd) -> PipeTransfer {
    switch end {
    case .read: readers -= 1
    case .write: writers -= 1
    }
    return PipeTransfer(.done(0), wakesReaders: true, wakesWriters: true)
  }

  /// Takes up to `count` bytes out.
  public mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer {
    if count == 0 || queue.isEmpty && writers == 0 { return PipeTransfer(.done(0)) }
    if queue.isEmpty { return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0)) }
    let bytes = Array(queue.prefix(count))
    queue.removeFirst(bytes.count)
    return PipeTransfer(.done(bytes.count), bytes: bytes, wakesReaders: true, wakesWriters: true)
  }

  /// Puts in all of a small write, or what fits of a large one.
  public mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer {
    if bytes.isEmpty { return PipeTransfer(.done(0)) }
    if readers == 0 { return PipeTransfer(.failed(.EPIPE)) }
    let room = pipeBufferSize - queue.count
    let isAtomic = total <= pipeBufferSize
    let fitting = isAtomic && bytes.count > room ? bytes.prefix(0) : bytes.prefix(room)
    queue += fitting
    let moved = fitting.count
    if moved == 0 { return PipeTransfer(nonblocking ? .failed(.EAGAIN) : .sleep(progress: 0)) }
    let isOver = moved == bytes.count || nonblocking
    return PipeTransfer(isOver ? .done(moved) : .sleep(progress: moved), wakesReaders: true, wakesWriters: true)
  }
}
