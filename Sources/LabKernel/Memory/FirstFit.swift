/// The simplest page allocator: a sorted list of free runs, and the first place in it that is large enough.
///
/// It fulfils the contract except for one rule: it cuts from the free block with the lowest address, not from one of
/// the smallest order that suffices. So small blocks end up in the middle of large ones, and large requests fail sooner
/// than they have to.
///
/// ```
/// frames   0       8       16
///          AABB..CC........
/// runs         4-5 8-15
/// ```
///
/// Invariant: the runs are sorted, not empty, and do not touch each other; a frame lies in a run if and only if it is
/// free.
///
/// - Source: Knuth, The Art of Computer Programming, volume 1, section 2.5, algorithm A (first fit).
public struct FirstFit: PageAllocator {
  /// Contiguous free frames.
  private struct Run {
    var start: Int
    var end: Int
  }

  private var runs: [Run]
  /// The order of each block in use, at its first frame; ``none`` at all other frames.
  private var orderInUse: [Int8]
  private static let none: Int8 = -1

  /// Takes charge of the frames `0 ..< frames`, all free.
  public init(frames: Int) {
    runs = frames > 0 ? [Run(start: 0, end: frames)] : []
    orderInUse = Array(repeating: Self.none, count: max(frames, 0))
  }

  /// The aligned block with the lowest address, or nil.
  ///
  /// - Complexity: O(runs); handing out all of an empty memory in order looks at one run each time.
  public mutating func allocate(order: Int) -> FrameNumber? {
    let size = 1 << order
    for (index, run) in runs.enumerated() {
      let start = (run.start + size - 1) & ~(size - 1)
      guard start + size <= run.end else { continue }
      cut(start, size, outOf: index)
      orderInUse[start] = Int8(order)
      return FrameNumber(start)
    }
    return nil
  }

  /// Takes a block back and coalesces it with the runs that it touches.
  ///
  /// - Complexity: O(log runs) to find the place, O(runs) to make room there.
  public mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    let start = frame.raw
    guard (0...maximumPageOrder).contains(order), start >= 0, start <= orderInUse.count - (1 << order),
      start.isMultiple(of: 1 << order)
    else { throw .foreignFree }
    guard orderInUse[start] == order else { throw isFree(start, 1 << order) ? .doubleFree : .foreignFree }
    orderInUse[start] = Self.none
    giveBack(Run(start: start, end: start + (1 << order)))
  }

  /// The free blocks of a buddy allocator with the same frames in use: each run, cut into the largest aligned blocks.
  public var freeBlocks: [Int] {
    var counts = Array(repeating: 0, count: maximumPageOrder + 1)
    for run in runs {
      var frame = run.start
      while frame < run.end {
        var order = min(frame.trailingZeroBitCount, maximumPageOrder)
        while frame + (1 << order) > run.end { order -= 1 }
        counts[order] += 1
        frame += 1 << order
      }
    }
    return counts
  }

  /// Takes the `size` frames from `start` on out of a run that contains them all.
  private mutating func cut(_ start: Int, _ size: Int, outOf index: Int) {
    let run = runs[index]
    switch (run.start < start, start + size < run.end) {
    case (false, false): runs.remove(at: index)
    case (false, true): runs[index].start = start + size
    case (true, false): runs[index].end = start
    case (true, true):
      runs[index].end = start
      runs.insert(Run(start: start + size, end: run.end), at: index + 1)
    }
  }

  /// Puts a run back in its place, coalesced with the run that ends where it starts and the run that starts where it
  /// ends.
  private mutating func giveBack(_ freed: Run) {
    let index = firstRun(endingAfter: freed.start)
    let touchesBelow = index > 0 && runs[index - 1].end == freed.start
    let touchesAbove = index < runs.count && runs[index].start == freed.end
    switch (touchesBelow, touchesAbove) {
    case (false, false): runs.insert(freed, at: index)
    case (true, false): runs[index - 1].end = freed.end
    case (false, true): runs[index].start = freed.start
    case (true, true):
      runs[index - 1].end = runs[index].end
      runs.remove(at: index)
    }
  }

  private func isFree(_ start: Int, _ size: Int) -> Bool {
    let index = firstRun(endingAfter: start)
    return index < runs.count && runs[index].start <= start && start + size <= runs[index].end
  }

  /// Binary search: the first run with a frame at or above `frame`.
  private func firstRun(endingAfter frame: Int) -> Int {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end > frame { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
