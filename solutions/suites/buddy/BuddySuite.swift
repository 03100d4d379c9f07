import Judging
import LabKernel
import VisibleChecks

/// The hidden checks of the buddy lab.
enum BuddySuite {
  /// From the plain to the subtle.
  static let suite = BuddyChecks.suite(
    .hidden,
    [
      smallestBlock, rightBuddy, splitBuddy, topOrder, edgeOfMemory, foreignFree, refusalChangesNothing, recovery,
      mixedWorkload,
    ])

  private static let smallestBlock = BuddyChecks.check(
    "smallest-block", "a block is cut from the smallest free block that suffices",
    rule: "A free block is split only if no free block of a smaller order is large enough.", rules: .smallestOrder
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 16) { $0.allocate(0, times: 4) },
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

  /// All orders in which four blocks can be given back, and some in which eight can.
  private static let rightBuddy = BuddyChecks.check(
    "right-buddy", "a block joins its buddy, and no other neighbour",
    rule: "The buddy of a block of order k is the other half of the aligned block of order k + 1 around both.",
    rules: .countsAfterFree
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
    return four + eight
  }

  private static let splitBuddy = BuddyChecks.check(
    "split-buddy", "a block is not joined with a buddy that is partly in use",
    rule: "Two halves are joined when both are whole: a half that was split, and is in use in part, stays as it is.",
    rules: .countsAfterFree
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
    return plain + [late] + mixed
  }

  private static let topOrder = BuddyChecks.check(
    "top-order", "blocks are joined up to order 10, and no further",
    rule: "The largest block has order 10; two free ones side by side stay two.",
    rules: [.countsAfterAllocate, .countsAfterFree]
  ) { random in
    [
      .script(frames: 1024) { $0.free($0.allocate(maximumPageOrder)) },
      .script(frames: 2048) { $0.free($0.allocate(maximumPageOrder, times: 2)) },
      .script(frames: 1024) { $0.free($0.allocate(0)) },
      .script(frames: 2048) { $0.free($0.allocate(maximumPageOrder - 1, times: 4)) },
      .script(frames: 3072) { $0.free($0.allocate(random.draw(0...8))) },
    ]
  }

  private static let edgeOfMemory = BuddyChecks.check(
    "edge-of-memory", "memory of any size is used to its last frame, and not beyond",
    rule: "Where memory ends inside a block of order k + 1, its lower half has no buddy to join.",
    rules: [.countsAtStart, .countsAfterAllocate, .countsAfterFree]
  ) { random in
    let small = [3, 5, 6, 7, 11, 12, 13, 15, 23, 31].map { frames in
      BuddyLab.Input.script(frames: frames) { script in
        script.free(random.shuffled(script.allocate(0, times: min(frames, 9))))
      }
    }
    let mixed = (0..<40).map { _ in workload(frames: random.draw(3...47), calls: 12, orders: 0...3, &random) }
    let large = [600, 1000].map { workload(frames: $0, calls: 8, orders: 0...9, &random) }
    return small + mixed + large
  }

  private static let foreignFree = BuddyChecks.check(
    "foreign-free", "what was never handed out is refused",
    rule: "free() throws .foreignFree for all that is neither a block in use nor a free block of that order.",
    rules: .kindOfError
  ) { random in
    let outside = [
      (16, 0), (-1, 0), (-16, 4), (8, 4), (16, 4), (0, 5), (0, 10), (Int.max, 0), (Int.min, 0), (1 << 40, 10),
    ]
    let noOrder = [(0, -1), (0, 11), (4, 63), (4, 64)]
    let misaligned = [(9, 1), (10, 2), (12, 3), (1, 4)]
    let plain = (outside + noOrder + misaligned).map { frame, order in
      BuddyLab.Input.script(frames: 16) {
        $0.allocate(2)
        $0.call(.freeFrame(frame, order: order))
      }
    }
    // One buddy is free and the other is not: the block that they make up together is neither free nor in use.
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
    return plain + halves + holes + [twoLargest] + wrongOrder
  }

  private static let refusalChangesNothing = BuddyChecks.check(
    "refusal-changes-nothing", "a refused call leaves everything as it was",
    rule: "Where free() throws, nothing has changed: blocks in use stay in use, and can still be given back.",
    rules: .countsAfterRefusal
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 8) { script in
        let block = script.allocate(1)
        script.call(.freePart(block: block, offset: 0, order: 0))
        script.free(block)
      }
    ]
    let mixed = (0..<40).map { _ in
      var input = strangeFrees(&random)
      // Each block can still be given back.
      input.operations += (0..<4).map { .free(block: $0) }
      return input
    }
    return plain + mixed
  }

  private static let recovery = BuddyChecks.check(
    "recovery", "memory that was full and is given back can be handed out again, whole or in parts",
    rule: "After all blocks are given back, no request that memory can hold is refused, and no frame is lost.",
    rules: []
  ) { random in
    (0..<40).map { index in
      BuddyLab.Input.script(frames: 16) { script in
        for _ in 0..<2 {
          let blocks = (0..<9).map { _ in script.allocate(random.draw(0...2)) }
          script.free(random.shuffled(blocks))
        }
        // Whole, or in parts.
        let order = index % 3 == 0 ? 4 : index % 3
        script.allocate(order, times: 16 >> order)
      }
    }
  }

  private static let mixedWorkload = BuddyChecks.check(
    "mixed-workload", "every rule holds at once, in long and mixed sequences of calls",
    rule: "The whole contract, as the task sheet states it.", rules: .all
  ) { random in
    let large = BuddyLab.Input.script(frames: 2500) { script in
      let blocks = script.allocate(9, times: 4) + script.allocate(5, times: 2)
      script.free(random.shuffled(blocks))
    }
    let mixed = (0..<60).map { index in
      var input = workload(frames: [16, 24, 37, 64][index % 4], calls: 22, orders: 0...4, &random)
      let strange = strangeFrees(&random).operations.suffix(4)
      for operation in strange { input.operations.insert(operation, at: random.draw(4...input.operations.count)) }
      return input
    }
    return [large] + mixed
  }
}

extension BuddySuite {
  /// Pairs of buddies, of which some lose one half: holes of several sizes; and then new blocks.
  ///
  /// With orders that never grow, the second block of a pair can only be cut from what the first has left: its buddy.
  private static func holes(orders: [Int], freed: [Int], asked: [Int]) -> BuddyLab.Input {
    .script(frames: 32) { script in
      for order in orders { script.allocate(order, times: 2) }
      script.free(freed)
      for order in asked { script.allocate(order) }
    }
  }

  /// Asks for blocks and gives them back by chance, every block at most once.
  private static func workload(
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

  /// Some blocks in use, some given back, and then frees that must be refused: of other orders, of parts, of free frames.
  private static func strangeFrees(_ random: inout RandomSource) -> BuddyLab.Input {
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

  /// All orders of the elements.
  private static func permutations(_ elements: [Int]) -> [[Int]] {
    guard let first = elements.first else { return [[]] }
    return permutations(Array(elements.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in Array(rest[..<place] + [first] + rest[place...]) }
    }
  }
}
