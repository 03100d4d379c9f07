import Judging
import LabHarness
import LabKernel
import MemoryChecks

/// The hidden checks of the buddy lab.
package enum BuddySuite {
  /// All of them, from the plain to the subtle.
  package static let suite = BuddyChecks.suite(
    .hidden,
    [
      smallestBlock, rightBuddy, splitBuddy, topOrder, edgeOfMemory, foreignFree, refusalChangesNothing, recovery,
      manyBlocks, largeMemory, mixedWorkload,
    ])

  private static let smallestBlock = BuddyChecks.check(
    "smallest-block", "a block is cut from the smallest free block that suffices", rules: .smallestOrder
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 16) { $0.allocate(0, times: 4) },
      // Blocks of five orders, none of them used before; and the smallest that suffices is not always one order up.
      .script(frames: 31) { script in for order in [0, 1, 0, 2, 3, 0] { script.allocate(order) } },
      .script(frames: 1024 + 512 + 16) { script in for order in [3, 4, 5, 4, 9, 10] { script.allocate(order) } },
      .script(frames: 1024 + 64) { $0.allocate(1, times: 3) },
      // The block freed last is not the smallest.
      .script(frames: 16) { script in
        let blocks = [0, 1, 2, 3].map { script.allocate($0) }
        script.free(blocks[0], blocks[2], blocks[1])
        for order in [0, 0, 1, 0] { script.allocate(order) }
      },
      fullOfPages(16, freeing: [0, 1, 2, 3, 6, 7, 9], then: [0, 1, 0, 0]),
      fullOfPages(32, freeing: [0, 1, 4, 5, 8, 9, 12, 13, 16], then: [0, 0, 0]),
      fullOfPages(32, freeing: Array(8...15) + [3, 17, 20, 21], then: [1, 0, 0, 2, 0]),
      holes(orders: [1, 0], freed: [0, 2], asked: [0, 1]),
      holes(orders: [2, 1], freed: [0, 2], asked: [0, 0, 2]),
    ]
    let generated = (0..<40).map { _ in
      let orders = (0..<4).map { _ in random.draw(0...2) }.sorted(by: >)
      let freed = [0, 2, 4, 6].filter { _ in random.oneIn(2) }
      return holes(orders: orders, freed: freed, asked: (0..<5).map { _ in random.draw(0...2) })
    }
    return plain + generated
  }

  /// All orders in which four blocks can be freed, and some in which eight can.
  private static let rightBuddy = BuddyChecks.check(
    "right-buddy", "a block is coalesced with its buddy, and with no other neighbour", rules: .all
  ) { random in
    let four = permutations([0, 1, 2, 3]).map { order in
      BuddyLab.Input.script(frames: 4) {
        $0.allocate(0, times: 4)
        $0.free(order)
      }
    }
    let eight = (0..<24).map { index in
      BuddyLab.Input.script(frames: 16) { script in
        let blocks = script.allocate(index % 2, times: 8)
        script.free(Array(random.shuffled(blocks).prefix(6)))
      }
    }
    return four + eight + [fullOfPages(16, freeing: [0, 1, 4, 9], then: [0, 0, 0, 1])]
  }

  private static let splitBuddy = BuddyChecks.check(
    "split-buddy", "a block is not coalesced with a buddy that is partly in use", rules: .all
  ) { random in
    let plain = (0...3).map { order in
      // One half of a block, and the other half in two quarters, of which one stays in use.
      BuddyLab.Input.script(frames: 4 << order) { script in
        let quarters = script.allocate(order, times: 2)
        let half = script.allocate(order + 1)
        script.free(quarters[random.draw(0...1)], half)
      }
    }
    let mixed = (0..<40).map { _ in
      BuddyLab.Input.script(frames: 32) { script in
        let blocks = random.shuffled([0, 0, 1, 1, 2, 2, 3]).map { script.allocate($0) }
        script.free(Array(random.shuffled(blocks).prefix(5)))
      }
    }
    // The order in which a list is searched must not matter: the last of several blocks on it is the buddy.
    let late = BuddyLab.Input.script(frames: 8) {
      $0.allocate(0, times: 8)
      $0.free(0, 2, 4, 5, 3, 1, 6, 7)
    }
    return plain + [late] + fullOfPages + mixed
  }

  private static let topOrder = BuddyChecks.check(
    "top-order", "blocks are coalesced up to order 10, and no further", rules: .all
  ) { random in
    [
      .script(frames: 1024) { $0.free($0.allocate(maximumPageOrder)) },
      .script(frames: 2048) { $0.free($0.allocate(maximumPageOrder, times: 2)) },
      .script(frames: 1024) { $0.free($0.allocate(0)) },
      .script(frames: 2048) { $0.free($0.allocate(maximumPageOrder - 1, times: 4)) },
      .script(frames: 3072) { $0.free($0.allocate(random.draw(0...8))) },
      .script(frames: 3072) { script in
        let blocks = script.allocate(maximumPageOrder, times: 4)
        script.free(blocks[1], blocks[0], blocks[2])
        script.allocate(maximumPageOrder, times: 3)
      },
      .script(frames: 2100) { script in
        let blocks = [10, 9, 0, 10, 4].map { script.allocate($0) }
        script.free(random.shuffled(blocks))
        script.allocate(10, times: 3)
      },
      .script(frames: 1024) { script in
        let block = script.allocate(maximumPageOrder)
        script.call(.freePart(block: block, offset: 0, order: 9))
        script.call(.freePart(block: block, offset: 512, order: 9))
        script.free(block, block)
        script.allocate(9, times: 2)
      },
    ]
  }

  private static let edgeOfMemory = BuddyChecks.check(
    "edge-of-memory", "memory of any size is used to its last frame, and not beyond", rules: .all
  ) { random in
    let small = [3, 5, 6, 7, 11, 12, 13, 15, 23, 31].map { frames in
      BuddyLab.Input.script(frames: frames) { script in
        script.free(random.shuffled(script.allocate(0, times: min(frames, 9))))
      }
    }
    let mixed = (0..<40).map { _ in workload(frames: random.draw(3...47), calls: 12, orders: 0...3, &random) }
    let drained = [1, 2, 3, 5, 11, 21].map { frames in
      BuddyLab.Input.script(frames: frames) { script in
        let pages = script.allocate(0, times: frames + 1)
        script.call(.freeFrame(frames - 1, order: 0))
        script.call(.freeFrame(frames - 1, order: 0))
        script.call(.freeFrame(frames, order: 0))
        script.call(.freeFrame(frames - 1, order: 1))
        script.allocate(0)
        script.free(random.shuffled(pages))
        for order in [4, 3, 2, 1, 0] { script.allocate(order) }
      }
    }
    let large = [600, 1000].map { workload(frames: $0, calls: 8, orders: 0...9, &random) }
    return small + drained + mixed + large
  }

  /// Memory full of single pages, of which some are freed: the frames of the holes are known.
  private static let fullOfPages = [
    fullOfPages(8, freeing: [0, 2, 4, 6, 1, 3, 5, 7]), fullOfPages(8, freeing: [7, 3, 5, 1, 6, 2, 4, 0]),
    fullOfPages(8, freeing: [1, 2]), fullOfPages(8, freeing: [3, 4]), fullOfPages(8, freeing: [0, 1, 2]),
    fullOfPages(16, freeing: [2, 3, 4, 5, 0, 1, 6, 7]), fullOfPages(16, freeing: [6, 7, 8, 9, 4, 5, 10, 11]),
    fullOfPages(12, freeing: [8, 9, 10, 11, 4, 5, 6, 7]), fullOfPages(7, freeing: [6, 5, 4]),
  ]
}

extension BuddySuite {
  /// Makes pairs of buddies, of which some lose one half: holes of several sizes; and then new blocks.
  ///
  /// With orders that never grow, the second block of a pair can only be cut from what the first has left: its buddy.
  static func holes(orders: [Int], freed: [Int], asked: [Int]) -> BuddyLab.Input {
    .script(frames: 32) { script in
      for order in orders { script.allocate(order, times: 2) }
      script.free(freed)
      for order in asked { script.allocate(order) }
    }
  }

  /// Allocates and frees blocks at random, every block at most once.
  static func workload(
    frames: Int, calls: Int, orders: ClosedRange<Int>, _ random: inout RandomSource
  ) -> BuddyLab.Input {
    .script(frames: frames) { script in
      var held: [Int] = []
      for _ in 0..<calls {
        if held.isEmpty || random.draw(0...4) < 3 {
          held.append(script.allocate(random.draw(orders)))
        } else {
          script.free(held.remove(at: random.draw(0...held.count - 1)))
        }
      }
    }
  }

  /// Draws blocks in use, blocks freed, and then frees that must be refused: of other orders, of parts, of free frames.
  static func strangeFrees(_ random: inout RandomSource) -> BuddyLab.Input {
    .script(frames: 16) { script in
      for _ in 0..<4 { script.allocate(random.draw(0...2)) }
      script.free(random.draw(0...3))
      for _ in 0..<4 {
        switch random.draw(0...2) {
        case 0: script.call(.freePart(block: random.draw(0...3), offset: 0, order: random.draw(0...4)))
        case 1:
          script.call(.freePart(block: random.draw(0...3), offset: random.draw(-2...2), order: random.draw(0...2)))
        default: script.call(.freeFrame(random.draw(0...17), order: random.draw(0...4)))
        }
      }
    }
  }

  /// Returns all orders of the elements.
  static func permutations(_ elements: [Int]) -> [[Int]] {
    guard let first = elements.first else { return [[]] }
    return permutations(Array(elements.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in Array(rest[..<place] + [first] + rest[place...]) }
    }
  }

  /// Fills memory with single pages, frees those at `frames`, and then allocates new blocks.
  static func fullOfPages(_ size: Int, freeing frames: [Int], then orders: [Int] = []) -> BuddyLab.Input {
    .script(frames: size) { script in
      script.allocate(0, times: size)
      for frame in frames { script.call(.freeFrame(frame, order: 0)) }
      for order in orders { script.allocate(order) }
    }
  }
}
