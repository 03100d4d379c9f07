import Interleave

extension Litmus {
  /// Two locations, two CPUs.
  static let twoCPUs = storeBuffering + messagePassing + loadBuffering + writes

  private static let storeBuffering = [
    Litmus(
      name: "SB", shows: "r0 r1", question: "00", sequential: "01 10 11", totalStoreOrder: "00", forbidden: .sequential
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.look("r0")
      }
      s.cpu {
        y.put(1)
        x.look("r1")
      }
    },
    Litmus(
      name: "SB+mb", shows: "r0 r1", question: "00", sequential: "01 10 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        fullFence()
        y.look("r0")
      }
      s.cpu {
        y.put(1)
        fullFence()
        x.look("r1")
      }
    },
    // Ours: with orderings instead of fences.
    Litmus(
      name: "SB+sc", shows: "r0 r1", question: "00", sequential: "01 10 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.look("r0", .sequentiallyConsistent)
      }
      s.cpu {
        y.put(1, .sequentiallyConsistent)
        x.look("r1", .sequentiallyConsistent)
      }
    },
    // Ours: release and acquire do not order a store before a load.
    Litmus(
      name: "SB+rel+acq", shows: "r0 r1", question: "00", sequential: "01 10 11", totalStoreOrder: "00",
      forbidden: .sequential
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .releasing)
        y.look("r0", .acquiring)
      }
      s.cpu {
        y.put(1, .releasing)
        x.look("r1", .acquiring)
      }
    },
    Litmus(
      name: "SB+rfi", shows: "r1 r2 r3 r4", question: "1010", sequential: "1011 1110 1111", totalStoreOrder: "1010",
      forbidden: .sequential
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        x.look("r1")
        y.look("r2")
      }
      s.cpu {
        y.put(1)
        y.look("r3")
        x.look("r4")
      }
    },
  ]

  private static let messagePassing = [
    Litmus(
      name: "MP", shows: "r0 r1", question: "10", sequential: "00 01 11", releaseAcquire: "10",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        x.look("r1")
      }
    },
    Litmus(
      name: "MP+wmb+rmb", shows: "r0 r1", question: "10", sequential: "00 01 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        writeFence()
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        readFence()
        x.look("r1")
      }
    },
    // Ours: one half of it is not enough.
    Litmus(
      name: "MP+wmb", shows: "r0 r1", question: "10", sequential: "00 01 11", releaseAcquire: "10",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        writeFence()
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        x.look("r1")
      }
    },
    Litmus(
      name: "MP+rel+acq", shows: "r0 r1", question: "10", sequential: "00 01 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1, .releasing)
      }
      s.cpu {
        y.look("r0", .acquiring)
        x.look("r1")
      }
    },
    // The language does not order by dependency alone: `rcu_dereference()` is an acquiring load.
    Litmus(
      name: "MP+assign+deref", shows: "r0 r1", question: "10", sequential: "00 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1, .releasing)
      }
      s.cpu {
        let isThere = y.load(ordering: .acquiring)
        observe("r0", isThere)
        observe("r1", isThere == 1 ? x.load(ordering: .relaxed) : 0)
      }
    },
    // Ours: without that, the dependency orders nothing.
    Litmus(
      name: "MP+assign+relaxed-deref", shows: "r0 r1", question: "10", sequential: "00 11", releaseAcquire: "10",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1, .releasing)
      }
      s.cpu {
        let isThere = y.load(ordering: .relaxed)
        observe("r0", isThere)
        observe("r1", isThere == 1 ? x.load(ordering: .relaxed) : 0)
      }
    },
  ]

  private static let loadBuffering = [
    // Linux allows it; that no model here shows it is a documented simplification.
    Litmus(
      name: "LB", shows: "r0 r1", question: "11", sequential: "00 01 10", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.look("r0")
        y.put(1)
      }
      s.cpu {
        y.look("r1")
        x.put(1)
      }
    },
    Litmus(
      name: "LB+acq+rel", shows: "r0 r1", question: "11", sequential: "00 01 10", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.look("r0", .acquiring)
        y.put(1, .releasing)
      }
      s.cpu {
        y.look("r1", .acquiring)
        x.put(1, .releasing)
      }
    },
  ]

  private static let writes = [
    Litmus(
      name: "S", shows: "r0 x", question: "12", sequential: "01 02 11", releaseAcquire: "12",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(2)
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        x.put(1)
      }
    },
    Litmus(
      name: "S+wmb+acq", shows: "r0 x", question: "12", sequential: "01 02 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(2)
        writeFence()
        y.put(1)
      }
      s.cpu {
        y.look("r0", .acquiring)
        x.put(1)
      }
    },
    Litmus(
      name: "R", shows: "r0 y", question: "02", sequential: "01 11 12", totalStoreOrder: "02", forbidden: .sequential
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1)
      }
      s.cpu {
        y.put(2)
        x.look("r0")
      }
    },
    Litmus(
      name: "R+mb", shows: "r0 y", question: "02", sequential: "01 11 12", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        fullFence()
        y.put(1)
      }
      s.cpu {
        y.put(2)
        fullFence()
        x.look("r0")
      }
    },
    Litmus(
      name: "2+2W", shows: "x y", question: "11", sequential: "12 21 22", releaseAcquire: "11",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(2)
      }
      s.cpu {
        y.put(1)
        x.put(2)
      }
    },
    Litmus(
      name: "2+2W+mb", shows: "x y", question: "11", sequential: "12 21 22", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        fullFence()
        y.put(2)
      }
      s.cpu {
        y.put(1)
        fullFence()
        x.put(2)
      }
    },
  ]
}
