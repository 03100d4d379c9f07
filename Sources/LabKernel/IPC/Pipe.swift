/// The two ends of a pipe.
public enum PipeEnd: String, Codable, Sendable, Hashable {
  /// Where bytes come out.
  case read
  /// Where bytes go in.
  case write
}

/// The outcome of a call on a pipe.
public enum PipeAnswer: Codable, Sendable, Equatable {
  /// The call is over, and has moved this many bytes: 0 from a read that asked for more means end of file.
  case done(Int)
  /// The caller has to sleep until the other end does something, and then calls again for what is left.
  ///
  /// `progress` bytes have been moved by this call; always 0 for a read.
  case sleep(progress: Int)
  /// The call fails with this error and has moved nothing.
  case failed(Errno)
}

/// The answer to a call, with the wake-ups that it owes.
public struct PipeTransfer: Codable, Sendable, Equatable {
  /// The outcome of the call.
  public var answer: PipeAnswer
  /// The bytes that a read took out; empty for all other calls.
  public var bytes: [UInt8]
  /// Whether all tasks that sleep in a read must be woken.
  public var wakesReaders: Bool
  /// Whether all tasks that sleep in a write must be woken.
  public var wakesWriters: Bool

  /// The answer to one call.
  public init(_ answer: PipeAnswer, bytes: [UInt8] = [], wakesReaders: Bool = false, wakesWriters: Bool = false) {
    self.answer = answer
    self.bytes = bytes
    self.wakesReaders = wakesReaders
    self.wakesWriters = wakesWriters
  }
}

/// A pipe: a bounded queue of bytes between tasks, with the open files at its ends counted.
///
/// The pipe is mechanism without tasks: it never blocks. When a call has to wait, the pipe says so; the kernel puts the
/// caller to sleep on that end's wait queue, and after a wake-up calls again with the rest. So the pipe owes two
/// things: the right answer, and the right wake-ups. The kernel adds up what the tries of one call have moved; if a try
/// fails after others made progress, the call returns that progress instead of the error. `EPIPE` also raises `SIGPIPE`
/// in the caller.
///
/// A call comes only from a task that has the right end open, and a pipe whose ends are both closed is never opened
/// again.
///
/// - Source: Linux, fs/pipe.c, `pipe_read()`, `pipe_write()`, `pipe_release()`; pipe(7).
/// - Simplified: wake-ups reach all sleepers of an end. Linux wakes one, which wakes the next when it is done.
public protocol Pipe: Sendable {
  /// A pipe with no bytes and both ends closed.
  init()

  /// Notes that one more open file refers to `end`.
  mutating func open(_ end: PipeEnd)

  /// Notes that one open file fewer refers to `end`, and returns the wake-ups that this owes (`answer` is `.done(0)`).
  mutating func close(_ end: PipeEnd) -> PipeTransfer

  /// Takes up to `count` bytes out: what is there, without waiting for more.
  ///
  /// - Parameters:
  ///   - count: how many bytes the caller has room for, 0 or more.
  ///   - nonblocking: the file was opened with `O_NONBLOCK`: `EAGAIN` instead of sleeping.
  mutating func read(_ count: Int, nonblocking: Bool) -> PipeTransfer

  /// Puts `bytes` in: what is still to be written of a call that began with `total` bytes.
  ///
  /// - Parameters:
  ///   - bytes: all `total` of them at first, and fewer when the call is tried again after it has made progress.
  ///   - total: how many bytes the call began with.
  ///   - nonblocking: the file was opened with `O_NONBLOCK`: a partial write or `EAGAIN` instead of sleeping.
  mutating func write(_ bytes: ArraySlice<UInt8>, of total: Int, nonblocking: Bool) -> PipeTransfer

  /// How many bytes are in the pipe.
  var count: Int { get }
}
