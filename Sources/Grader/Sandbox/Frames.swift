/// One message on the channel: a letter, a length in four bytes, and that many bytes.
struct Frame: Equatable {
  /// What a frame is about.
  enum Kind: UInt8 {
    /// To the submission: how many seconds the cases that follow have.
    case begin = 0x42
    /// To the submission: a case.
    case input = 0x49
    /// From the sandbox: the submission starts now.
    case hello = 0x48
    /// From the submission: what was observed.
    case output = 0x4F
    /// From the submission: the case could not be read, or the observation not written.
    case unreadable = 0x45
    /// From the submission: the signal that it dies of.
    case died = 0x44
  }

  var kind: Kind
  var bytes: [UInt8]

  /// The kind and the length.
  static let headerSize = 5

  /// The frame as it goes over the pipe.
  var encoded: [UInt8] {
    [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
  }
}

/// Cuts what arrives on the channel into frames; refuses anything else.
struct FrameReader {
  /// Why the channel is no longer usable.
  enum Fault: Error, Equatable {
    /// A frame of unknown kind.
    case malformed
    /// A frame that is larger than any answer may be.
    case tooLarge(Int)
  }

  private var bytes: [UInt8] = []
  private var start = 0
  private let maximumSize: Int

  /// A reader of frames of up to `maximumSize` bytes.
  init(maximumSize: Int) { self.maximumSize = maximumSize }

  /// Adds what has arrived.
  mutating func append(_ more: some Sequence<UInt8>) {
    // What has been read is dropped as soon as it is the larger part, so that nothing grows with the number of frames.
    if start > bytes.count / 2 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next whole frame; nil if it has not arrived yet.
  mutating func next() throws(Fault) -> Frame? {
    guard bytes.count - start >= Frame.headerSize else { return nil }
    guard let kind = Frame.Kind(rawValue: bytes[start]) else { throw .malformed }
    let length = bytes[(start + 1)..<(start + 5)].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumSize else { throw .tooLarge(length) }
    let end = start + Frame.headerSize + length
    guard bytes.count >= end else { return nil }
    let frame = Frame(kind: kind, bytes: Array(bytes[(start + Frame.headerSize)..<end]))
    start = end
    return frame
  }
}

/// What a dying submission says about its end: the signal, and where it was.
///
/// A submission can send any such frame that it likes; all it decides is what its own failure is called.
struct LastWords: Equatable {
  var signal: Int32
  var peakMemoryKiB: Int
  var refusedSystemCall: Int
  var ranOutOfStack: Bool
  /// Where it was, innermost first: the instruction, and the calls that led there, from the start of the program.
  var addresses: [UInt32]
  var call: String

  /// Something that differs from run to run.
  enum Unsteady: Int {
    case random = 1_000_001
    case clock

    var words: String {
      switch self {
      case .random: "a random number"
      case .clock: "the time"
      }
    }
  }

  /// What it asked for, instead of a refused system call: the runner numbers these above all real calls.
  var unsteady: Unsteady? { Unsteady(rawValue: refusedSystemCall) }

  /// Whether it tried to start a thread or a process.
  var isStart: Bool { refusedSystemCall == Self.start }
  private static let start = 1_000_003

  /// How much of a call a report repeats: as much as ``lab_runner_note_call`` keeps.
  private static let maximumCall = 512
  /// How many addresses the runner sends at most.
  private static let maximumAddresses = 16

  /// The content of a frame of the kind `died`, or nil if it is none.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 5, omittingEmptySubsequences: false)
    guard lines.count == 6, let signal = Int32(lines[0]), let peak = Int(lines[1]), let call = Int(lines[2])
    else { return nil }
    self.signal = signal
    peakMemoryKiB = peak
    refusedSystemCall = call
    ranOutOfStack = lines[3] == "1"
    addresses = lines[4].split(separator: " ").prefix(Self.maximumAddresses).compactMap { UInt32($0, radix: 10) }
    self.call = String(lines[5].prefix(Self.maximumCall))
  }
}
