import Judging
import LabHarness
import LabKernel

/// The visible checks of the buddy lab, and the parts that its hidden checks are built from.
public enum BuddyChecks {
  /// Run by `labs-cli test buddy`.
  public static let suite = suite(
    .visible,
    [
      bootBlocks, soundBlocks, splitting, smallestFirst, exhaustion, coalescing, doubleFree, foreignBlocks,
      refusedFrees,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(_ visibility: Visibility, _ checks: [Check<BuddyLab>]) -> Suite<BuddyLab> {
    Suite(BuddyLab.self, visibility: visibility, show: \.picture, checks: checks)
  }

  /// Makes a check of the lab that asks for `rules` in addition to those that are always asked for.
  package static func check(
    _ id: String, _ title: String, rules: BuddyRules,
    cases: @escaping @Sendable (inout RandomSource) -> [BuddyLab.Input]
  ) -> Check<BuddyLab> {
    Check(
      id: id, title: title, drawing: cases,
      judge: { BuddyJudge.judge($0, $1, by: rules) })
  }

  private static let bootBlocks = check(
    "boot-blocks", "all of memory is free at the start, in the largest blocks that fit",
    rules: .countsAtStart
  ) { random in
    let edges = [1, 2, 16, 1024, 2048, 3, 6, 7, 13, 1000, 1023, 1025, 1536, 2500]
    return (edges + (0..<10).map { _ in random.draw(1...4000) }).map { BuddyLab.Input(frames: $0, []) }
  }

  private static let soundBlocks = check(
    "sound-blocks", "blocks in use are aligned, lie inside memory and never overlap",
    rules: []
  ) { random in
    let orders = [[0, 1, 2, 3], [0, 0, 1, 1, 2, 2], [1, 0, 2, 0, 3, 1]]
    let drawn = (orders + (0..<20).map { _ in (0..<14).map { _ in random.draw(0...3) } }).map { orders in
      BuddyLab.Input.script(frames: 32) { script in for order in orders { script.allocate(order) } }
    }
    // To the last frame of a memory whose size is no power of two, and again when everything has been freed.
    let odd = [3, 7, 13, 22].map { frames in
      BuddyLab.Input.script(frames: frames) { $0.allocate(0, times: frames + 1) }
    }
    let again = [0, 1].map { order in
      BuddyLab.Input.script(frames: 16) { script in
        script.free(script.allocate(order, times: 4))
        script.allocate(order, times: 16 >> order)
      }
    }
    return drawn + odd + again
  }

  private static let splitting = check(
    "splitting", "what is left of a block that was split stays free",
    rules: .countsAfterAllocate
  ) { random in
    let single = (0...4).map { order in BuddyLab.Input.script(frames: 16) { $0.allocate(order) } }
    let many = (0..<20).map { _ in
      BuddyLab.Input.script(frames: 64) { script in for _ in 0..<8 { script.allocate(random.draw(0...4)) } }
    }
    return single + many
  }

  private static let exhaustion = check(
    "exhaustion", "allocate returns nil exactly when no free block is large enough",
    rules: []
  ) { random in
    let full = (0...3).map { order in
      BuddyLab.Input.script(frames: 8) { $0.allocate(order, times: (8 >> order) + 1) }
    }
    let mixed = (0..<20).map { _ in
      BuddyLab.Input.script(frames: 16) { script in
        for _ in 0..<5 { script.allocate(random.draw(0...3)) }
        for order in [4, 3, 2, 1, 0, 0, 0] { script.allocate(order) }
      }
    }
    // An order that was short once is not short forever.
    let back = (1...3).map { order in
      BuddyLab.Input.script(frames: 8) { script in
        let pages = script.allocate(0, times: 8)
        script.allocate(order)
        script.free(pages)
        script.allocate(order)
      }
    }
    return full + back + mixed
  }

  private static let coalescing = check(
    "coalescing", "a block that is freed is coalesced with its buddy, again and again",
    rules: .countsAfterFree
  ) { random in
    let single = (0...4).map { order in BuddyLab.Input.script(frames: 16) { $0.free($0.allocate(order)) } }
    let many = (0..<20).map { _ in
      BuddyLab.Input.script(frames: 32) { script in
        let blocks = (0..<6).map { _ in script.allocate(random.draw(0...2)) }
        script.free(random.shuffled(blocks))
      }
    }
    return single + many
  }

  private static let doubleFree = check(
    "double-free", "a block that is free already is refused",
    rules: .kindOfError
  ) { random in
    let plain = (0...4).map { order in
      BuddyLab.Input.script(frames: 16) { script in
        let block = script.allocate(order)
        script.free(block, block)
      }
    }
    let large = [0, maximumPageOrder].map { order in
      BuddyLab.Input.script(frames: 1024) { script in
        let block = script.allocate(order)
        script.free(block, block)
      }
    }
    let neighbours = (0..<20).map { _ in
      BuddyLab.Input.script(frames: 16) { script in
        let blocks = script.allocate(random.draw(0...2), times: 4)
        let freed = random.pick(blocks)
        script.free(freed, freed)
      }
    }
    let buddies = (0...3).map { order in
      BuddyLab.Input.script(frames: 16) { script in
        let both = script.allocate(order, times: 2)
        script.free(both)
        script.free(both)
      }
    }
    return plain + large + neighbours + buddies
  }
}
