import LabHarness
import LabKernel
import MemoryChecks

// Hidden checks of all rules at once.
extension BuddySuite {
  static let recovery = BuddyChecks.check(
    "recovery", "memory that was full and is freed can be handed out again, whole or in parts", rules: .all
  ) { random in
    [fullOfPages(16, freeing: [6, 7, 12, 3, 2], then: [0, 1, 0, 0, 0])]
      + (0..<40).map { index in
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

  static let mixedWorkload = BuddyChecks.check(
    "mixed-workload", "every rule holds at once, in long and mixed sequences of calls", rules: .all
  ) { random in
    let large = BuddyLab.Input.script(frames: 2500) { script in
      let blocks = script.allocate(9, times: 4) + script.allocate(5, times: 2)
      script.free(random.shuffled(blocks))
    }
    let mixed = (0..<60).map { index in
      var input = workload(frames: [16, 24, 37, 64][index % 4], calls: 22, orders: 0...4, &random)
      let strange = strangeFrees(&random).calls.suffix(4)
      for operation in strange { input.calls.insert(operation, at: random.draw(4...input.calls.count)) }
      return input
    }
    return [large] + mixed
  }

  static let manyBlocks = BuddyChecks.check(
    "many-blocks", "hundreds of blocks can be in use, and hundreds free", rules: .all
  ) { random in
    [20, 300, 521, 1100].map { frames in
      BuddyLab.Input.script(frames: frames) { script in
        let pages = script.allocate(0, times: frames + 1).dropLast()
        script.free(frames == 300 ? random.shuffled(Array(pages)) : Array(pages))
        for order in [0, 4, 2] { script.allocate(order) }
      }
    } + [
      // Every second frame is freed, so that none can be coalesced; then all others are.
      fullOfPages(600, freeing: Array(stride(from: 0, to: 600, by: 2)), then: [1, 0, 0]),
      fullOfPages(600, freeing: Array(stride(from: 1, to: 600, by: 2)) + Array(stride(from: 0, to: 600, by: 2))),
      .script(frames: 700) { script in
        let pairs = script.allocate(1, times: 300)
        script.free(random.shuffled(Array(pairs.prefix(150))))
        let more = (0..<40).map { _ in script.allocate(random.draw(0...2)) }
        script.free(random.shuffled(Array(pairs.dropFirst(150)) + more))
        script.allocate(9)
      },
      // The same frames many times.
      .script(frames: 3) { script in
        for _ in 0..<300 { script.free(script.allocate(0), script.allocate(1)) }
        script.allocate(0, times: 4)
      },
    ]
  }

  static let largeMemory = BuddyChecks.check(
    "large-memory", "the number of frames may be larger than sixteen bits can hold", rules: .all
  ) { random in
    [3100, 5000, 9001].map { workload(frames: $0, calls: 16, orders: 0...10, &random) } + [
      // Blocks beyond frame 65536: all of them are used, and freed.
      .script(frames: 67_601) { script in
        let blocks = script.allocate(10, times: 4) + [0, 5, 9, 4].map { script.allocate($0) }
        script.free(random.shuffled(blocks))
        script.free(blocks[3], blocks[4])
      },
      .script(frames: 67_601) { $0.free($0.allocate(10, times: 67)[65]) },
      .script(frames: 65_536 + 512) { script in
        script.free(script.allocate(0))
        script.free(random.shuffled([0, 3, 1].map { script.allocate($0) }))
      },
      .script(frames: 65_536 + 16) { script in
        for frame in [65_536, 65_551, 65_552, 0] { script.call(.freeFrame(frame, order: 0)) }
        let blocks = [4, 10, 0].map { script.allocate($0) }
        script.free(blocks)
        script.free(blocks)
      },
      .script(frames: 4096 + 3) { script in
        let blocks = [0, 1, 0, 10].map { script.allocate($0) }
        script.call(.freePart(block: blocks[1], offset: 0, order: 0))
        script.call(.freePart(block: blocks[1], offset: -4096, order: 1))
        script.free(blocks[1], blocks[0], blocks[2], blocks[3])
        script.free(blocks[1], blocks[3])
      },
    ]
  }
}
