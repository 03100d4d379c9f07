import Foundation

/// The traffic over the three pipes of one process: nothing blocks, nothing grows without bound.
struct PipeTraffic {
  /// Why the traffic stopped.
  enum Stop: Equatable {
    /// What was waited for is there.
    case satisfied
    /// The other side has closed the channel, or nothing is left of it.
    case closed
    /// It has used too much of something.
    case exceeded(Watch.Excess)
    /// It printed too much.
    case flooded
  }

  /// The bytes for the process, some of which may have been sent.
  private(set) var outgoing: [UInt8] = []
  private var sent = 0
  /// What it printed, up to the limit.
  private(set) var printed: [UInt8] = []
  /// How many bytes may be printed.
  let printLimit: Int
  /// Whether to go on and discard the rest when more is printed, as for the compiler.
  let truncates: Bool
  /// How long the process slept in the last run.
  private(set) var slept = Duration.zero
  /// How long it computed, as far as that was observed.
  private(set) var computed = Duration.zero
  private var isPrintingOver = false
  private static let chunk = 64 << 10

  /// Traffic with a limit on what is printed.
  init(printLimit: Int, truncates: Bool) {
    self.printLimit = printLimit
    self.truncates = truncates
  }

  /// Queues bytes for the process.
  mutating func send(_ bytes: [UInt8]) {
    if sent == outgoing.count {
      outgoing.removeAll(keepingCapacity: true)
      sent = 0
    }
    outgoing += bytes
  }

  /// Drops what has not been sent.
  mutating func drop() {
    outgoing = []
    sent = 0
  }

  /// Carries bytes until `receive`, which is handed what arrives on the channel, returns true.
  ///
  /// It does not rely on the pipes being closed: what is there when nothing is left of the sandbox is all there is.
  mutating func run(
    _ process: SandboxedProcess, watch: Watch, receive: ([UInt8]) throws -> Bool
  ) throws -> Stop {
    var watch = watch
    defer { (slept, computed) = (watch.slept, watch.computed) }
    var nextLook = ContinuousClock.now + Watch.interval
    while true {
      let input = sent < outgoing.count ? process.input?.descriptor ?? -1 : -1
      let left = ContinuousClock.now.duration(to: nextLook) / .milliseconds(1)
      if left <= 0 {
        if let excess = watch.look(at: process.tree) { return .exceeded(excess) }
        nextLook = .now + Watch.interval
        continue
      }
      var waits = waits(for: process, input: input)
      let count = poll(&waits, nfds_t(waits.count), Int32(left.rounded(.up)))
      if count < 0 && errno != EINTR { throw SandboxFault.system("poll", errno) }
      if count <= 0 { continue }
      if waits[2].revents != 0 { write(to: input) }
      if waits[1].revents != 0, !drain(process) { return .flooded }
      let isOver = waits[3].revents != 0
      if waits[0].revents != 0 || isOver {
        let bytes = Self.read(process.channel.descriptor)
        // What a case printed was printed before its answer.
        if !drain(process) { return .flooded }
        guard let bytes, !(isOver && bytes.isEmpty) else { return .closed }
        if try receive(bytes) { return .satisfied }
      }
    }
  }

  private func waits(for process: SandboxedProcess, input: Int32) -> [pollfd] {
    [
      pollfd(fd: process.channel.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isPrintingOver ? -1 : process.printed.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: process.ending.descriptor, events: Int16(POLLIN), revents: 0),
    ]
  }

  /// Reads all that has been printed so far; returns false if that is too much.
  mutating func drain(_ process: SandboxedProcess) -> Bool {
    while !isPrintingOver {
      guard let bytes = Self.read(process.printed.descriptor) else {
        isPrintingOver = true
        break
      }
      if bytes.isEmpty { break }
      let isOver = printed.count + bytes.count > printLimit
      printed += bytes.prefix(printLimit - printed.count)
      if isOver && !truncates { return false }
    }
    return true
  }

  /// The bytes that are there to read: empty if there are none yet, nil at the end.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
      repeat { count = Foundation.read(descriptor, buffer.baseAddress, chunk) } while count < 0 && errno == EINTR
      initialized = max(0, count)
    }
    if count < 0 { return errno == EAGAIN ? [] : nil }
    return count == 0 ? nil : bytes
  }

  private mutating func write(to descriptor: Int32) {
    let (count, code) = outgoing.withUnsafeBytes { bytes in
      Self.writeInPeace(descriptor, UnsafeRawBufferPointer(rebasing: bytes[sent...]))
    }
    if count > 0 {
      sent += count
    } else if code != EAGAIN && code != EINTR {
      drop()
    }
  }

  /// Writes to a process that may be gone: then the call fails, and no SIGPIPE ends this program.
  ///
  /// The signal is blocked only in this thread, and taken away if it came: a signal that a whole program ignores is
  /// ignored by all processes that it starts, too.
  private static func writeInPeace(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> (Int, Int32) {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let count = Foundation.write(descriptor, bytes.baseAddress, bytes.count)
    let code = errno
    if count < 0, code == EPIPE { takeAway(pipe) }
    return (count, code)
  }

  /// Takes a pending SIGPIPE away.
  private static func takeAway(_ signals: sigset_t) {
    var (signals, pending, number) = (signals, sigset_t(), Int32(0))
    sigpending(&pending)
    if sigismember(&pending, SIGPIPE) == 1 { sigwait(&signals, &number) }
  }
}
