import LabHarness
import LabKernel
import MemoryChecks

// Hidden checks of what is refused.
extension BuddySuite {
  static let foreignFree = BuddyChecks.check(
    "foreign-free", "freeing what was never handed out is refused", rules: .all
  ) { random in
    let outside = [
      (16, 0), (-1, 0), (-16, 4), (8, 4), (16, 4), (0, 5), (0, 10), (Int.max, 0), (Int.min, 0), (1 << 40, 10),
    ]
    let noOrder = [-1, -2, -6, -10, -64, 11, 12, 16, 32, 62, 63, 64, 65, 66, 128, 256, 258, .max, .min].flatMap {
      order in
      [0, 1, 2, 4, 6, 8, 15].map { ($0, order) }
    }
    let misaligned = [(9, 1), (10, 2), (12, 3), (1, 4)]
    let plain = (outside + noOrder + misaligned).map { frame, order in
      BuddyLab.Input.script(frames: 16) {
        $0.allocate(2)
        $0.call(.freeFrame(frame, order: order))
      }
    }
    // One buddy is free and the other is not: the block of both is neither free nor in use.
    let halves = (0...2).flatMap { order in
      (0...1).map { freed in
        BuddyLab.Input.script(frames: 16) { script in
          script.free(script.allocate(order, times: 2)[freed])
          script.call(.freePart(block: freed, offset: 0, order: order + 1))
        }
      }
    }
    // Two frames of four are in use, one of each pair of buddies: the others are the first and the last in one case.
    let holes = [(0, 2), (0, 3), (1, 2), (1, 3)].map { freed in
      BuddyLab.Input.script(frames: 4) { script in
        let blocks = script.allocate(0, times: 4)
        script.free(blocks[freed.0], blocks[freed.1])
        script.call(.freeFrame(0, order: 2))
      }
    }
    // A number that is cut to fewer bits, or taken modulo memory, may be that of a block in use or of a free block.
    let folded = folds.flatMap { fold in
      [false, true].map { isFreed in
        BuddyLab.Input.script(frames: 16) { script in
          let block = script.allocate(0, times: 16)[5]
          if isFreed { script.free(block) }
          script.call(.freePart(block: block, offset: fold, order: 0))
          if !isFreed { script.free(block) }
        }
      }
    }
    let foldedOrders = [-2, -1, 8, 16, 32, 64, 128, 256, 1 << 16, 1 << 32, .max - 1, .min].flatMap { more in
      [0, 2].map { order in
        BuddyLab.Input.script(frames: 16) { script in
          let block = script.allocate(order)
          script.call(.freePart(block: block, offset: 0, order: order &+ more))
          script.free(block, block)
          script.call(.freePart(block: block, offset: 0, order: order &+ more))
        }
      }
    }
    // A block that was in use once no longer is when its frames belong to others, or to a larger one.
    let past = [
      BuddyLab.Input.script(frames: 2) { script in
        script.free(script.allocate(1))
        script.allocate(0, times: 2)
        script.free(0)
        script.free(1)
        script.free(0)
      },
      .script(frames: 2) { script in
        let pages = script.allocate(0, times: 2)
        script.free(pages)
        script.allocate(1)
        script.free(pages)
      },
      .script(frames: 8) { script in
        script.call(.freeFrame(4, order: 1))
        script.allocate(3)
        script.call(.freeFrame(4, order: 1))
        script.call(.freeFrame(0, order: 2))
        script.call(.freeFrame(7, order: 0))
      },
      fullOfPages(8, freeing: [2, 3, 5, 8, 5], then: [0, 0, 0]),
      .script(frames: 13) { script in
        script.call(.freeFrame(12, order: 1))
        script.call(.freeFrame(12, order: 2))
        script.call(.freeFrame(8, order: 3))
        script.call(.freeFrame(12, order: 0))
        script.call(.freeFrame(13, order: 0))
      },
    ]
    // Where blocks of another order were free once, one block is in use.
    let stale = (0...3).map { order in
      BuddyLab.Input.script(frames: 16) { script in
        script.free(script.allocate(order, times: 16 >> order))
        script.allocate(4)
        for start in stride(from: 0, to: 16, by: 1 << order) { script.call(.freeFrame(start, order: order)) }
      }
    }
    let twoLargest = BuddyLab.Input.script(frames: 2048) { $0.call(.freeFrame(0, order: maximumPageOrder + 1)) }
    let wrongOrder = (0..<30).map { _ in
      BuddyLab.Input.script(frames: 16) { script in
        let orders = (0..<4).map { _ in random.draw(0...2) }
        for order in orders { script.allocate(order) }
        let block = random.draw(0...3)
        let order = (orders[block] + random.draw(1...3)) % 4
        script.call(.freePart(block: block, offset: 0, order: order))
      }
    }
    return plain + halves + holes + folded + foldedOrders + past + stale + everyOrder + [partlyFree, twoLargest]
      + wrongOrder
  }

  static let refusalChangesNothing = BuddyChecks.check(
    "refusal-changes-nothing", "a refused call leaves everything as it was", rules: .all
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 8) { script in
        let block = script.allocate(1)
        script.call(.freePart(block: block, offset: 0, order: 0))
        script.free(block)
      },
      // Full memory: nothing is free before, and nothing after.
      .script(frames: 4) { script in
        let pages = script.allocate(0, times: 4)
        for order in 1...2 { script.call(.freeFrame(0, order: order)) }
        script.call(.freeFrame(2, order: 1))
        script.call(.freeFrame(-1, order: 0))
        script.allocate(0)
        script.free(pages)
        script.allocate(2)
      },
      fullOfPages(8, freeing: [0, 1, 5, 1, 0, 5], then: [0, 1, 0]),
      // A free block is still one block, and can be handed out once.
      .script(frames: 8) { script in
        let pages = script.allocate(0, times: 8)
        script.call(.freeFrame(3, order: 0))
        script.call(.freeFrame(3, order: 0))
        script.call(.freeFrame(2, order: 1))
        script.allocate(0, times: 2)
        script.free(pages[0], pages[7])
      },
      .script(frames: 16) { script in
        let block = script.allocate(3)
        for order in [0, 1, 2, 4] { script.call(.freePart(block: block, offset: 0, order: order)) }
        script.call(.freePart(block: block, offset: 4, order: 2))
        script.free(block, block)
        for order in [0, 1, 2] { script.call(.freePart(block: block, offset: 0, order: order)) }
        script.allocate(3, times: 3)
      },
    ]
    let mixed = (0..<40).map { _ in
      var input = strangeFrees(&random)
      // Each block can still be freed.
      input.calls += (0..<4).map { .free(block: $0) }
      return input
    }
    return plain + mixed
  }

  /// A free block of each order, and every part of it that is a block.
  private static let everyOrder = (0...maximumPageOrder).map { order in
    BuddyLab.Input.script(frames: 1 << order) { script in
      for part in 0...order {
        script.call(.freeFrame(0, order: part))
        script.call(.freeFrame((1 << order) - (1 << part), order: part))
      }
      let block = script.allocate(order)
      for other in 0...maximumPageOrder where other != order {
        script.call(.freePart(block: block, offset: 0, order: other))
      }
      script.free(block)
    }
  }

  /// Of 32 blocks, all but the last are free.
  private static let partlyFree = BuddyLab.Input.script(frames: 1024) { script in
    script.allocate(5, times: 32)
    for start in stride(from: 0, to: 31 * 32, by: 32) { script.call(.freeFrame(start, order: 5)) }
    for order in 6...maximumPageOrder { script.call(.freeFrame(1024 - (1 << order), order: order)) }
    for order in 0...9 { script.call(.freeFrame(0, order: order)) }
    for order in 0...4 { script.call(.freeFrame(31 * 32, order: order)) }
  }

  /// How far a frame number may be off and still look the same to an allocator that keeps only a part of it.
  private static let folds: [Int] =
    [4, 8, 10, 12, 16, 31, 32, 52, 60, 62].map { 1 << $0 } + [4, 8, 16, 32, 62].map { -1 << $0 } + [
      Int.min, -32, -48, 48, 160,
    ]
}
