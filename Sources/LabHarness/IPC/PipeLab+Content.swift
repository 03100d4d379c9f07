internal import LabKernel

extension PipeLab {
  /// What a read brought, in short: stretches of bytes that belong together.
  ///
  /// The bytes of a write follow a pattern: the upper three bits name the step, the lower five count
  /// from 0 to 30 and begin again. A stretch is a run of bytes each of which is the successor of the one
  /// before; 31 is prime, so that a page too many or too few breaks the run.
  public struct Content: Codable, Sendable, Equatable {
    /// How many bytes there were.
    public var count = 0
    /// The first stretches.
    public var runs: [Run] = []

    /// No bytes.
    public init() {}

    /// A summary of `bytes`: at most ``mostRuns`` stretches, of at most ``mostBytes`` bytes.
    public init(of bytes: [UInt8]) {
      count = bytes.count
      for byte in bytes.prefix(Self.mostBytes) {
        if let last = runs.indices.last, runs[last].next == byte {
          runs[last].extend()
        } else if runs.count < Self.mostRuns {
          runs.append(Run(first: byte))
        } else {
          return
        }
      }
    }

    /// Adds `count` bytes, at least one, of what `step` writes, from `offset` on.
    package mutating func append(step: Int, offset: Int, count added: Int) {
      count += added
      let first = PipeLab.pattern(step: step, offset: offset)
      if let last = runs.indices.last, runs[last].next == first {
        runs[last] = Run(first: runs[last].first, count: runs[last].count + added)
      } else if runs.count < Self.mostRuns {
        runs.append(Run(first: first, count: added))
      }
    }

    private static let mostRuns = 64
    private static let mostBytes = 1 << 18
  }

  /// Bytes of one write, in order and without a gap.
  public struct Run: Codable, Sendable, Equatable {
    private enum CodingKeys: CodingKey {
      case first, count
    }

    /// The first byte.
    public private(set) var first: UInt8
    /// How many there are.
    public private(set) var count: Int
    /// The byte that would go on with it.
    fileprivate private(set) var next: UInt8

    /// A run of one byte, or of more.
    public init(first: UInt8, count: Int = 1) {
      self.first = first
      self.count = count
      next = PipeLab.pattern(step: Int(first >> 5), offset: Int(first & 31) + count % period)
    }

    /// Reads the first byte and how many there are.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let first = try container.decode(UInt8.self, forKey: .first)
      let count = try container.decode(Int.self, forKey: .count)
      guard count >= 0 else {
        throw DecodingError.dataCorruptedError(forKey: .count, in: container, debugDescription: "fewer bytes than none")
      }
      self.init(first: first, count: count)
    }

    /// One byte more.
    fileprivate mutating func extend() {
      count += 1
      next = next & 31 == UInt8(period) - 1 ? next & ~31 : next + 1
    }

    /// Which step wrote it, modulo 8.
    public var source: Int { Int(first >> 5) }
  }

  /// The byte at `offset` of what `step` writes.
  package static func pattern(step: Int, offset: Int) -> UInt8 { UInt8(step % 8) << 5 | UInt8(offset % period) }

  /// All that `step` writes.
  package static func pattern(step: Int, count: Int) -> [UInt8] {
    var run = Run(first: pattern(step: step, offset: 0), count: 0)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for _ in 0..<count {
      bytes.append(run.next)
      run.extend()
    }
    return bytes
  }
}

/// The pattern repeats itself after so many bytes.
private let period = 31
