public import LabKernel

/// A stack that a loader has laid out, in short: its words, of which equal ones in a row are counted.
///
/// Large stacks are cut, and what is cut off is told by a checksum.
public struct ExecDump: Codable, Sendable, Equatable {
  /// Equal words, one after the other.
  public struct Run: Codable, Sendable, Equatable {
    /// The word: eight bytes, the lowest first.
    public var word: UInt64
    /// How many there are.
    public var count: Int
  }

  /// The stack pointer.
  public var pointer: Int
  /// The number of bytes.
  public var count: Int
  /// The first words; a last word of fewer bytes has zeros above them.
  public var runs: [Run] = []
  /// A checksum of all bytes.
  public var checksum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// A stack in short.
  public init(_ stack: ExecStack) {
    pointer = stack.pointer
    count = stack.bytes.count
    for start in stride(from: 0, to: stack.bytes.count, by: 8) {
      var word: UInt64 = 0
      for (index, byte) in stack.bytes[start..<min(start + 8, stack.bytes.count)].enumerated() {
        word |= UInt64(byte) << UInt64(8 * index)
      }
      checksum = (checksum ^ word) &* 0x100_0000_01B3
      add(word)
    }
  }

  private mutating func add(_ word: UInt64) {
    if let last = runs.last, last.word == word {
      runs[runs.count - 1].count += 1
    } else if runs.count < Self.mostRuns {
      runs.append(Run(word: word, count: 1))
    }
  }

  /// The first bytes: all of them, unless the stack was cut.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for run in runs where run.count > 0 && bytes.count < Self.mostBytes {
      let word = (0..<8).map { UInt8(truncatingIfNeeded: run.word >> UInt64(8 * $0)) }
      for _ in 0..<min(run.count, Self.mostBytes / 8) { bytes += word }
    }
    return Array(bytes.prefix(max(0, min(count, Self.mostBytes))))
  }

  /// The largest number of runs that is kept.
  private static let mostRuns = 512
  /// The largest number of bytes that is told from runs.
  private static let mostBytes = 1 << 20
}
