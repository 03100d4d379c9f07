// Design: recursion over trees: each block of order 10 is free, in use, or split into two halves.
import LabKernel

struct BuddyAllocator: PageAllocator {
  private indirect enum Tree: Sendable {
    case free, inUse, missing
    case split(Tree, Tree)

    static func ofMemory(_ frames: Int, order: Int) -> Tree {
      if frames <= 0 { return .missing }
      if frames >= 1 << order { return .free }
      let half = 1 << (order - 1)
      return .split(ofMemory(frames, order: order - 1), ofMemory(frames - half, order: order - 1))
    }

    /// The smallest order, at least `wanted`, of which there is a free block.
    func smallest(_ wanted: Int, _ order: Int) -> Int? {
      guard wanted <= order else { return nil }
      switch self {
      case .free: return order
      case .inUse, .missing: return nil
      case .split(let lower, let upper):
        let found = [lower.smallest(wanted, order - 1), upper.smallest(wanted, order - 1)].compactMap { $0 }
        return found.min()
      }
    }

    /// Cuts a block of order `wanted` out of the first free one of order `from`: the tree, and where the block is.
    func taking(_ wanted: Int, from: Int, _ order: Int, _ start: Int) -> (Tree, Int)? {
      switch self {
      case .inUse, .missing: return nil
      case .free:
        guard order <= from else { return nil }
        if order == from || from == -1 {
          if order == wanted { return (.inUse, start) }
          guard let (lower, place) = Tree.free.taking(wanted, from: order - 1, order - 1, start) else { return nil }
          return (.split(lower, .free), place)
        }
        return nil
      case .split(let lower, let upper):
        if let (tree, place) = lower.taking(wanted, from: from, order - 1, start) {
          return (.split(tree, upper), place)
        }
        let middle = start + (1 << (order - 1))
        guard let (tree, place) = upper.taking(wanted, from: from, order - 1, middle) else { return nil }
        return (.split(lower, tree), place)
      }
    }

    /// Frees the block at `offset`; nil where none is in use there, and then whether it is free.
    func freeing(_ offset: Int, _ wanted: Int, _ order: Int) -> (tree: Tree?, isFree: Bool) {
      switch self {
      case .free: return (nil, true)
      case .missing: return (nil, false)
      case .inUse: return (wanted == order && offset == 0 ? .free : nil, false)
      case .split(let lower, let upper):
        guard wanted < order else { return (nil, false) }
        let half = 1 << (order - 1)
        let isLower = offset < half
        let (tree, isFree) = (isLower ? lower : upper).freeing(isLower ? offset : offset - half, wanted, order - 1)
        guard let tree else { return (nil, isFree) }
        let halves = isLower ? (tree, upper) : (lower, tree)
        if case (.free, .free) = halves { return (.free, false) }
        return (.split(halves.0, halves.1), false)
      }
    }

    func count(_ order: Int, into counts: inout [Int]) {
      switch self {
      case .free: counts[order] += 1
      case .inUse, .missing: break
      case .split(let lower, let upper):
        lower.count(order - 1, into: &counts)
        upper.count(order - 1, into: &counts)
      }
    }
  }

  private var trees: [Tree]

  init(frames: Int) {
    trees = stride(from: 0, to: frames, by: 1024).map { Tree.ofMemory(frames - $0, order: 10) }
  }

  mutating func allocate(order: Int) -> FrameNumber? {
    guard let from = trees.compactMap({ $0.smallest(order, 10) }).min() else { return nil }
    for index in trees.indices {
      guard let (tree, place) = trees[index].taking(order, from: from, 10, index * 1024) else { continue }
      trees[index] = tree
      return FrameNumber(place)
    }
    return nil
  }

  mutating func free(_ frame: FrameNumber, order: Int) throws(FreeError) {
    guard order >= 0, order <= 10, frame.raw >= 0, trees.indices.contains(frame.raw / 1024),
      frame.raw & ((1 << order) - 1) == 0
    else { throw .foreignFree }
    let (tree, isFree) = trees[frame.raw / 1024].freeing(frame.raw % 1024, order, 10)
    guard let tree else { throw isFree ? .doubleFree : .foreignFree }
    trees[frame.raw / 1024] = tree
  }

  var freeBlocks: [Int] {
    var counts = Array(repeating: 0, count: 11)
    for tree in trees { tree.count(10, into: &counts) }
    return counts
  }
}
