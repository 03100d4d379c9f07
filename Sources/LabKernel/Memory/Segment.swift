/// A part of user memory, with its own place and its own rule for stores.
///
/// All tasks see the same layout. An address below the first segment, such as 0, is in none.
///
/// ```
/// 0x0001_0000  constants   texts and times of the program; loads only
/// 0x0010_0000  data        variables and buffers
/// 0x4000_0000  futexes     words that all tasks share, one for each mutex
/// 0x7fff_f000  frames      below this address: arguments and subroutines
/// 0x7fff_ffe0  stack       four words, private to each task
/// ```
/// - Source: Linux, fs/binfmt_elf.c, `load_elf_binary()`, maps the segments of a program.
/// - Simplified: fixed places, no gap between two symbols, and stacks that do not grow.
public enum Segment: Sendable, CaseIterable {
  /// Texts and times that the program names: the read-only data of an executable file.
  case constants
  /// Variables and buffers, zero at first.
  case data
  /// Words for futex(2) that are in every task's memory.
  case futexes
  /// Where `sp` points: the arguments of the program, and below them what its subroutines keep.
  case frames
  /// What a task keeps to itself for the duration of one call.
  case stack

  /// The first address.
  public var start: Int {
    switch self {
    case .constants: 0x0001_0000
    case .data: 0x0010_0000
    case .futexes: 0x4000_0000
    case .frames: 0x7F00_0000
    case .stack: 0x7FFF_FFE0
    }
  }

  /// The maximum size of the segment, in bytes.
  public var maximumSize: Int {
    switch self {
    case .constants: 0x000F_0000
    case .data: 0x0100_0000
    case .futexes: 0x0010_0000
    case .frames: 0x00FF_F000
    case .stack: 32
    }
  }

  /// The first address after the segment at its maximum size.
  public var end: Int { start + maximumSize }

  /// The offset of `count` bytes at `address` in this segment, or nil if they are not all inside.
  func offset(of address: Int, count: Int) -> Int? {
    let (offset, overflow) = address.subtractingReportingOverflow(start)
    return !overflow && offset >= 0 && count >= 0 && offset <= maximumSize - count ? offset : nil
  }
}
