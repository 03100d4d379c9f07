/// The two ends of a pipe.
public enum PipeEnd: String, Codable, Sendable, Hashable {
  /// Where bytes come out.
  case read
  /// Where bytes go in.
  case write
}

/// What a call on a pipe came to.
public enum PipeAnswer: Codable, Sendable, Equatable {
  /// The call is over and returns this many bytes: 0 from a read is the end of the file.
  case done(Int)
  /// The caller has to sleep until the other end does something, and then calls again for what is left.
  ///
  /// `progress` bytes have been transferred by this call.
  case sleep(progress: Int)
  /// The call fails with this error and transfers nothing.
  case failed(Errno)
}

/// The answer to a read or a write, with the wake-ups that it owes.
public struct PipeTransfer: Codable, Sendable, Equatable {
  /// What the call came to.
  public var answer: PipeAnswer
  /// The bytes that a read took out; empty for a write.
  public var bytes: [UInt8]
  /// Whether tasks that sleep on an end must be woken: those that read, those that write.
  public var wakesReaders: Bool
  /// Whether tasks that sleep to write must be woken.
  public var wakesWriters: Bool

  /// The answer of one call.
  public init(_ answer: PipeAnswer, bytes: [UInt8] = [], wakesReaders: Bool = false, wakesWriters: Bool = false) {
    self.answer = answer
    self.bytes = bytes
    self.wakesReaders = wakesReaders
    self.wakesWriters = wakesWriters
  }
}

/// A pipe: a bounded queue of bytes between tasks, with the ends counted.
///
/// The pipe is mechanism without tasks: it never blocks by itself. Where a call has to wait it says
/// so, the kernel puts the caller to sleep on that end's wait queue, and after a wake-up calls again
/// with the rest. So the pipe owes two things: the right answer, and the right wake-ups.
///
/// - Source: Linux, fs/pipe.c, `pipe_read()`, `pipe_write()`, `pipe_release()`; pipe(7).
public protocol Pipe: Sendable {
  /// A pipe with no bytes and both ends closed.
  init()

  /// One more open file refers to `end`.
  mutating func open(_ end: PipeEnd)

  /// One open file less refers to `end`; says who has to wake up because of it (`answer` is `.done(0)`).
  mutating func close(_ end: PipeEnd) -> PipeTransfer

  /// Takes up to `count` bytes out.
  ///
  /// - Parameter nonblocking: the file was opened with `O_NONBLOCK`: `EAGAIN` in place of sleep.
  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer

  /// Puts `bytes` in: what is still to be written of a call that began with `total` bytes.
  ///
  /// On the first try `bytes.count == total`; after a sleep it is less, if the call has made progress.
  /// - Parameter nonblocking: the file was opened with `O_NONBLOCK`.
  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer

  /// How many bytes wait in the pipe.
  var count: Int { get }
}

/// Writes of up to this many bytes are atomic: never interleaved with those of others.
///
/// - Source: POSIX `PIPE_BUF`; Linux, include/uapi/linux/limits.h.
public let pipeBufferSize = 4096

/// A pipe has this many slots, each the size of a page: 64 KiB.
///
/// - Source: Linux, include/linux/pipe_fs_i.h, `PIPE_DEF_BUFFERS`.
public let pipeSlots = 16
