import Interleave

extension Litmus {
  /// Three CPUs and more: whether all agree on what came first.
  static let moreCPUs = [
    Litmus(
      name: "WRC", shows: "r0 r1 r2", question: "110", sequential: "000 001 010 011 100 101 111",
      releaseAcquire: "110", forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu { x.put(1) }
      s.cpu {
        x.look("r0")
        y.put(1)
      }
      s.cpu {
        y.look("r1")
        x.look("r2")
      }
    },
    Litmus(
      name: "WRC+rel+rmb", shows: "r0 r1 r2", question: "110", sequential: "000 001 010 011 100 101 111",
      forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu { x.put(1) }
      s.cpu {
        x.look("r0")
        y.put(1, .releasing)
      }
      s.cpu {
        y.look("r1")
        readFence()
        x.look("r2")
      }
    },
    Litmus(
      name: "IRIW", shows: "r0 r1 r2 r3", question: "1010",
      sequential: "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1011 1100 1101 1110 1111",
      releaseAcquire: "1010", forbidden: .totalStoreOrder, body: readersOfIndependentWrites {}
    ),
    Litmus(
      name: "IRIW+mb", shows: "r0 r1 r2 r3", question: "1010",
      sequential: "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1011 1100 1101 1110 1111",
      forbidden: .releaseAcquire, body: readersOfIndependentWrites(fullFence)
    ),
    Litmus(
      name: "ISA2", shows: "r0 r1 r2", question: "110", sequential: "000 001 010 011 100 101 111",
      releaseAcquire: "110", forbidden: .totalStoreOrder
    ) { s, x, y, z in
      s.cpu {
        x.put(1)
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        z.put(1)
      }
      s.cpu {
        z.look("r1")
        x.look("r2")
      }
    },
    Litmus(
      name: "ISA2+rel+rel+acq", shows: "r0 r1 r2", question: "110", sequential: "000 001 010 011 100 101 111",
      forbidden: .releaseAcquire
    ) { s, x, y, z in
      s.cpu {
        x.put(1)
        y.put(1, .releasing)
      }
      s.cpu {
        y.look("r0", .acquiring)
        z.put(1, .releasing)
      }
      s.cpu {
        z.look("r1", .acquiring)
        x.look("r2")
      }
    },
    // Release and acquire are not enough where a store is overtaken: Linux allows it, too.
    Litmus(
      name: "Z6.0", shows: "r0 z r1", question: "120", sequential: "010 011 020 021 110 111 121",
      releaseAcquire: "120", forbidden: .totalStoreOrder
    ) { s, x, y, z in
      s.cpu {
        x.put(1)
        y.put(1, .releasing)
      }
      s.cpu {
        y.look("r0", .acquiring)
        z.put(1, .releasing)
      }
      s.cpu {
        z.put(2)
        fullFence()
        x.look("r1")
      }
    },
    Litmus(
      name: "Z6.0+mb", shows: "r0 z r1", question: "120", sequential: "010 011 020 021 110 111 121",
      forbidden: .releaseAcquire
    ) { s, x, y, z in
      s.cpu {
        x.put(1)
        fullFence()
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        fullFence()
        z.put(1)
      }
      s.cpu {
        z.put(2)
        fullFence()
        x.look("r1")
      }
    },
  ]

  /// Two CPUs write one location each; two others read both, in different orders.
  private static func readersOfIndependentWrites(
    _ between: @escaping @Sendable () -> Void
  ) -> @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void {
    { s, x, y, _ in
      s.cpu { x.put(1) }
      s.cpu { y.put(1) }
      s.cpu {
        x.look("r0")
        between()
        y.look("r1")
      }
      s.cpu {
        y.look("r2")
        between()
        x.look("r3")
      }
    }
  }
}
