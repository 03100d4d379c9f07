import LabKernel

/// Which blocks of a buddy system are free, and how freeing a block changes them.
struct BuddyHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private static let frames = 32

  /// A block: its first frame, and its order.
  private struct Block: Equatable {
    var start: Int
    var order: Int

    var frames: Range<Int> { start..<start + (1 << order) }
    var buddy: Block { Block(start: start ^ (1 << order), order: order) }
    var words: String { order == 0 ? "frame \(start)" : "frames \(start) to \(frames.upperBound - 1)" }
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var map = Array(repeating: ".", count: Self.frames)
    var blocks: [(name: String, block: Block)] = []
    while blocks.count < 6 {
      let order = random.draw(0...3)
      let block = Block(start: random.draw(0...Self.frames / (1 << order) - 1) << order, order: order)
      guard map[block.frames].allSatisfy({ $0 == "." }) else { continue }
      let name = Lines.letter(blocks.count)
      blocks.append((name, block))
      for frame in block.frames { map[frame] = name }
    }
    let freed = random.pick(blocks)
    let question = [
      "A buddy allocator manages \(Self.frames) frames; a letter is a block in use, a dot is a free frame:",
      "",
      "    " + Lines.scale(Self.frames, every: 4), "    " + map.joined(), "",
      "Which blocks of each order are free? What is the largest order that can be allocated? Then block",
      "\(freed.name) is freed. With which buddies does it coalesce, and which block is free in the end?",
    ]
    let free = Self.freeBlocks(map)
    let orders = Set(free.map(\.order)).sorted()
    var answer = orders.map { order in
      "  order \(order):  " + free.filter { $0.order == order }.map(\.words).listed
    }
    answer += [orders.last.map { "The largest is order \($0)." } ?? "No frame is free.", ""]
    answer += Self.steps(freeing: freed.block, free)
    return (question, answer)
  }

  /// The largest aligned blocks without a frame in use.
  private static func freeBlocks(_ map: [String]) -> [Block] {
    var free: [Block] = []
    var frame = 0
    while frame < frames {
      let orders = (0...5).filter { frame % (1 << $0) == 0 && frame + (1 << $0) <= frames }
      let block = orders.map { Block(start: frame, order: $0) }.last { map[$0.frames].allSatisfy { $0 == "." } }
      if let block { free.append(block) }
      frame += block.map { 1 << $0.order } ?? 1
    }
    return free
  }

  private static func steps(freeing block: Block, _ free: [Block]) -> [String] {
    var block = block
    var steps: [String] = []
    while block.order < 5, free.contains(block.buddy) {
      steps.append("  \(block.words): its buddy, \(block.buddy.words), is entirely free: they coalesce")
      block = Block(start: min(block.start, block.buddy.start), order: block.order + 1)
    }
    let end = "  \(block.words): its buddy, \(block.buddy.words), is not entirely free: nothing more to coalesce"
    return steps + [
      block.order == 5 ? "  that is all of memory" : end,
      "In the end, there is one free block of order \(block.order): \(block.words).",
    ]
  }
}
