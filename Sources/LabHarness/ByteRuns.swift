/// What a read returned, in short: stretches of bytes that belong together.
///
/// The bytes of a write follow a pattern: the upper three bits name the step, the lower five count from 0 to 30 and
/// begin again. A stretch is a run of bytes each of which is the successor of the one before; 31 is prime, so that a
/// page too many or too few breaks the run.
public struct ByteRuns: Codable, Sendable, Equatable {
  /// Bytes of one write, in order and without a gap.
  public struct Run: Codable, Sendable, Equatable {
    /// The first byte.
    public var first: UInt8
    /// How many there are.
    public var count: Int

    /// A run of one byte, or of more.
    public init(first: UInt8, count: Int = 1) {
      self.first = first
      self.count = count
    }

    /// Which step wrote it, modulo 8.
    public var source: Int { Int(first >> 5) }

    /// The byte that would continue it.
    fileprivate var next: UInt8 { ByteRuns.pattern(step: source, offset: Int(first & 31) + count) }
  }

  /// How many bytes there were.
  public var count = 0
  /// The first stretches.
  public var runs: [Run] = []

  /// No bytes.
  public init() {}

  /// A summary of `bytes`: at most ``mostRuns`` stretches, of at most ``mostBytes`` bytes.
  public init(of bytes: [UInt8]) {
    count = bytes.count
    var next: UInt8?
    for byte in bytes.prefix(Self.mostBytes) {
      if byte == next {
        runs[runs.count - 1].count += 1
      } else if runs.count < Self.mostRuns {
        runs.append(Run(first: byte))
      } else {
        return
      }
      next = Run(first: byte).next
    }
  }

  /// Adds `count` bytes, at least one, of what `step` writes, from `offset` on.
  package mutating func append(step: Int, offset: Int, count added: Int) {
    count += added
    let first = Self.pattern(step: step, offset: offset)
    if let last = runs.indices.last, runs[last].next == first {
      runs[last].count += added
    } else if runs.count < Self.mostRuns {
      runs.append(Run(first: first, count: added))
    }
  }

  /// The byte at `offset` of what `step` writes.
  package static func pattern(step: Int, offset: Int) -> UInt8 { UInt8(step % 8) << 5 | UInt8(offset % period) }

  /// All that `step` writes.
  package static func pattern(step: Int, count: Int) -> [UInt8] { (0..<count).map { pattern(step: step, offset: $0) } }

  /// The pattern repeats after this many bytes.
  private static let period = 31
  /// The largest number of stretches in a summary.
  private static let mostRuns = 64
  /// The largest number of bytes of one write, and of bytes that a summary covers.
  static let mostBytes = 1 << 18
}
