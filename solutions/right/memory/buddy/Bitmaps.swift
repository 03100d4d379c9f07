// Design: two bitmaps per order, of free blocks and of blocks in use; the lowest bit that is set is taken.
import LabKernel

struct BuddyAllocator: PageAllocator {
  private var isFree: [[Bool]]
  private var isInUse: [[Bool]]
  private(set) var freeBlocks = [Int](repeating: 0, count: 11)

  init(frames: Int) {
    isFree = (0...10).map { Array(repeating: false, count: frames >> $0) }
    isInUse = isFree
    // Each frame is given to an empty memory, and joins what is there.
    var start = 0
    while start < frames {
      if start % 1024 == 0, start + 1024 <= frames {
        put(start >> 10, 10)
        start += 1024
      } else {
        join(start, 0)
        start += 1
      }
    }
  }

  private mutating func put(_ index: Int, _ order: Int) {
    isFree[order][index] = true
    freeBlocks[order] += 1
  }

  private mutating func take(_ index: Int, _ order: Int) {
    isFree[order][index] = false
    freeBlocks[order] -= 1
  }

  private mutating func join(_ index: Int, _ order: Int) {
    if order < 10, index ^ 1 < isFree[order].count, isFree[order][index ^ 1] {
      take(index ^ 1, order)
      join(index >> 1, order + 1)
    } else {
      put(index, order)
    }
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    guard let index = cut(order) else { return nil }
    isInUse[order][index] = true
    return FrameNumber(index << order)
  }

  /// A block of that order that is on no bitmap, cut from one of the next order if need be.
  private mutating func cut(_ order: Int) -> Int? {
    if order > 10 { return nil }
    if freeBlocks[order] > 0, let index = isFree[order].firstIndex(of: true) {
      take(index, order)
      return index
    }
    guard let whole = cut(order + 1) else { return nil }
    put(2 * whole + 1, order)
    return 2 * whole
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard order >= 0, order <= 10, frame.raw >= 0, frame.raw & ((1 << order) - 1) == 0,
      frame.raw >> order < isInUse[order].count
    else { throw .foreignFree }
    let index = frame.raw >> order
    if isInUse[order][index] {
      isInUse[order][index] = false
      join(index, order)
      return
    }
    for larger in order...10 {
      let around = frame.raw >> larger
      if around < isFree[larger].count, isFree[larger][around] { throw .doubleFree }
    }
    throw .foreignFree
  }
}
