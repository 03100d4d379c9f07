import Judging
import LabHarness
import LabKernel

// Visible checks of which free block is split, and of what is refused.
extension BuddyChecks {
  static let smallestFirst = check(
    "smallest-first", "a block is cut from the smallest free block that suffices", rules: .smallestOrder
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 11) { $0.allocate(0) },
      .script(frames: 13) { $0.allocate(0, times: 2) },
      .script(frames: 16) { $0.allocate(0, times: 4) },
      .script(frames: 16) { script in for order in [2, 0, 1, 0] { script.allocate(order) } },
      // Eight frames in use, of which three are freed: a hole of two and a hole of one.
      .script(frames: 8) { script in
        script.allocate(0, times: 8)
        for frame in [0, 1, 4] { script.call(.freeFrame(frame, order: 0)) }
        script.allocate(0)
      },
    ]
    let drawn = (0..<20).map { _ in
      BuddyLab.Input.script(frames: random.pick([11, 21, 32])) { script in
        let blocks = (0..<4).map { _ in script.allocate(random.draw(0...1)) }
        script.free(random.pick(blocks))
        for _ in 0..<4 { script.allocate(random.draw(0...2)) }
      }
    }
    return plain + drawn
  }

  static let foreignBlocks = check(
    "foreign-blocks", "a block that is neither in use nor free is refused as foreign", rules: .kindOfError
  ) { random in
    // Memory is full: half of it is one block, the rest are pages.
    let mistakes = [(0, 1), (0, 2), (0, 4), (1, 2), (16, 0), (-1, 0), (8, 4), (0, 11), (0, -1), (3, 1)]
    let plain = mistakes.map { frame, order in
      BuddyLab.Input.script(frames: 16) {
        $0.allocate(0, times: 16)
        $0.call(.freeFrame(frame, order: order))
      }
    }
    let parts = (0..<12).map { _ in
      BuddyLab.Input.script(frames: 16) { script in
        let block = script.allocate(random.draw(1...3))
        script.call(.freePart(block: block, offset: random.draw(0...1), order: 0))
        script.free(block)
      }
    }
    return plain + parts
  }

  static let refusedFrees = check(
    "refused-frees", "a refused call leaves everything as it was", rules: .countsAfterRefusal
  ) { random in
    let plain = [
      BuddyLab.Input.script(frames: 8) { script in
        let block = script.allocate(1)
        script.call(.freePart(block: block, offset: 0, order: 0))
        script.free(block)
      },
      .script(frames: 8) { script in
        let block = script.allocate(0)
        script.free(block, block)
        script.allocate(3)
      },
      .script(frames: 4) { script in
        let blocks = script.allocate(0, times: 4)
        script.call(.freeFrame(0, order: 1))
        script.call(.freeFrame(4, order: 0))
        script.free(blocks)
      },
    ]
    let drawn = (0..<12).map { _ in
      BuddyLab.Input.script(frames: 16) { script in
        let blocks = (0..<3).map { _ in script.allocate(random.draw(0...2)) }
        script.call(.freePart(block: random.pick(blocks), offset: 0, order: random.draw(0...3)))
        script.free(random.pick(blocks))
        script.call(.freePart(block: random.pick(blocks), offset: 0, order: random.draw(0...3)))
        script.free(blocks)
        script.allocate(4)
      }
    }
    return plain + drawn
  }
}
