import LabHarness
import LabKernel

/// The bytes that are in a pipe, as stretches of what was written.
package struct PipeStream: Sendable {
  /// Bytes that one try of one write has put in, without those that have been read since.
  package struct Stretch: Sendable {
    /// The step that wrote them.
    package var step: Int
    /// Where they begin in what the step writes.
    package var offset: Int
    /// How many are left.
    package var count: Int
    /// The largest number of slots that they can occupy.
    package var mostSlots: Int
  }

  /// The oldest first.
  package private(set) var stretches: [Stretch] = []
  /// How many bytes there are.
  package private(set) var count = 0
  /// How many bytes have been put in since the pipe was empty.
  package private(set) var written = 0
  /// Whether everything put in since then came in whole pages, so that the number of slots in use is known.
  package private(set) var isPaged = true

  /// An empty pipe.
  package init() {}

  /// Puts bytes in: `moved` of what `step` writes, from `offset` on.
  package mutating func put(_ moved: Int, step: Int, offset: Int) {
    guard moved > 0 else { return }
    let mostSlots = (moved + pageSize - 1) / pageSize
    stretches.append(Stretch(step: step, offset: offset, count: moved, mostSlots: mostSlots))
    count += moved
    written += moved
    if !moved.isMultiple(of: pageSize) { isPaged = false }
  }

  /// Takes `wanted` bytes out, which must be there.
  package mutating func take(_ wanted: Int) -> ByteRuns {
    var content = ByteRuns()
    var left = wanted
    while left > 0, let first = stretches.first {
      let taken = min(left, first.count)
      content.append(step: first.step, offset: first.offset, count: taken)
      left -= taken
      stretches[0].offset += taken
      stretches[0].count -= taken
      if taken == first.count { stretches.removeFirst() }
    }
    count -= content.count
    if count == 0 { (written, isPaged) = (0, true) }
    return content
  }

  /// The number of slots in use, if that is known: with whole pages there is no merging.
  package var pages: Int? { isPaged ? written / pageSize - (written - count) / pageSize : nil }

  /// The largest number of slots that can be in use.
  package var mostSlots: Int { stretches.reduce(0) { $0 + $1.mostSlots } }
}
