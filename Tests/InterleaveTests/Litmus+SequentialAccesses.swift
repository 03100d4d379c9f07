import Interleave

extension Litmus {
  /// Sequentially consistent accesses without fences: what C++20 promises about them, and what it does not.
  ///
  /// Verdicts are those of RC11: Lahav, Vafeiadis, Kang, Hur and Dreyer, Repairing sequential consistency in C/C++11,
  /// PLDI 2017, which has the names, or follow from its definition of psc.
  static let sequentialAccesses = agreements + weaknesses + mixtures

  /// What a total order forbids.
  private static let agreements = [
    Litmus(
      name: "IRIW+sc", shows: "r0 r1 r2 r3", question: "1010",
      sequential: "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1011 1100 1101 1110 1111",
      forbidden: .releaseAcquire, body: readersOfIndependentWrites(.sequentiallyConsistent, .sequentiallyConsistent)
    ),
    Litmus(
      name: "2+2W+sc", shows: "x y", question: "11", sequential: "12 21 22", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      for (first, second) in [(x, y), (y, x)] {
        s.cpu {
          first.put(1, .sequentiallyConsistent)
          second.put(2, .sequentiallyConsistent)
        }
      }
    },
    Litmus(
      name: "SB+sc+fence", shows: "r0 r1", question: "00", sequential: "01 10 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.look("r0", .sequentiallyConsistent)
      }
      s.cpu {
        y.put(1)
        fullFence()
        x.look("r1")
      }
    },
    Litmus(
      name: "SB+sc-updates", shows: "r0 r1", question: "00", sequential: "01 10 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      for (mine, other, name) in [(x, y, "r0"), (y, x, "r1")] {
        s.cpu {
          _ = mine.exchange(1, ordering: .sequentiallyConsistent)
          other.look(name, .sequentiallyConsistent)
        }
      }
    },
    Litmus(
      name: "MP+sc", shows: "r0 r1", question: "10", sequential: "00 01 11", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1)
        y.put(1, .sequentiallyConsistent)
      }
      s.cpu {
        y.look("r0", .sequentiallyConsistent)
        x.look("r1")
      }
    },
  ]

  /// What it does not forbid: an access is not a fence.
  private static let weaknesses = [
    Litmus(
      name: "SB+sc, one weak load", shows: "r0 r1", question: "00", sequential: "01 10 11", totalStoreOrder: "00",
      forbidden: .sequential
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .releasing)
        y.look("r0", .sequentiallyConsistent)
      }
      s.cpu {
        y.put(1, .releasing)
        x.look("r1", .sequentiallyConsistent)
      }
    },
    // On x86, the store drains the buffer.
    Litmus(
      name: "SB+sc-stores", shows: "r0 r1", question: "00", sequential: "01 10 11", releaseAcquire: "00",
      forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      for (mine, other, name) in [(x, y, "r0"), (y, x, "r1")] {
        s.cpu {
          mine.put(1, .sequentiallyConsistent)
          other.look(name, .acquiring)
        }
      }
    },
    Litmus(
      name: "IRIW+acq-sc", shows: "r0 r1 r2 r3", question: "1010",
      sequential: "0000 0001 0010 0011 0100 0101 0110 0111 1000 1001 1011 1100 1101 1110 1111",
      releaseAcquire: "1010", forbidden: .totalStoreOrder, body: readersOfIndependentWrites(.acquiring, .acquiring)
    ),
    // What follows a sequentially consistent store may be seen before it.
    Litmus(
      name: "MP, data after a sequentially consistent store", shows: "r0 r1", question: "10", sequential: "00 01 11",
      releaseAcquire: "10", forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.put(1)
      }
      s.cpu {
        y.look("r0")
        x.look("r1", .sequentiallyConsistent)
      }
    },
    // The order of such operations need not agree with happens-before: the paper's own example.
    Litmus(
      name: "Z6.U", shows: "r0 r1 r2", question: "130",
      sequential: "010 011 030 031 120 121 131 310 311 340 341", releaseAcquire: "130", forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.put(1, .releasing)
      }
      s.cpu {
        observe("r0", y.fetchAdd(1, ordering: .sequentiallyConsistent))
        y.look("r1")
      }
      s.cpu {
        y.put(3, .sequentiallyConsistent)
        x.look("r2", .sequentiallyConsistent)
      }
    },
  ]

  private static let mixtures = [
    // A seqlock whose reader and writer count with sequentially consistent accesses and use no fence.
    Litmus(
      name: "seqlock+sc, no fence", shows: "r0 r1 r2", question: "010",
      sequential: "000 001 002 011 012 101 102 111 112 212", releaseAcquire: "010", forbidden: .totalStoreOrder
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.put(1)
        x.put(2, .sequentiallyConsistent)
      }
      s.cpu {
        x.look("r0", .sequentiallyConsistent)
        y.look("r1")
        x.look("r2", .sequentiallyConsistent)
      }
    },
    Litmus(
      name: "R+sc", shows: "r0 y", question: "02", sequential: "01 11 12", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.put(1, .sequentiallyConsistent)
      }
      s.cpu {
        y.put(2, .sequentiallyConsistent)
        x.look("r0", .sequentiallyConsistent)
      }
    },
    // A wait for a value that the order forbids never ends.
    Litmus(
      name: "SB+sc, one waits for the old value", shows: "r0", question: "0",
      sequential: "1 deadlock", forbidden: .releaseAcquire
    ) { s, x, y, _ in
      s.cpu {
        x.put(1, .sequentiallyConsistent)
        y.look("r0", .sequentiallyConsistent)
      }
      s.cpu {
        y.put(1, .sequentiallyConsistent)
        x.spin(until: { $0 == 0 }, ordering: .sequentiallyConsistent)
      }
    },
  ]

  /// Two CPUs write one location each; two others read both, in different orders; all writes are in the total order.
  private static func readersOfIndependentWrites(
    _ first: LoadOrdering, _ second: LoadOrdering
  ) -> @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void {
    { s, x, y, _ in
      s.cpu { x.put(1, .sequentiallyConsistent) }
      s.cpu { y.put(1, .sequentiallyConsistent) }
      s.cpu {
        x.look("r0", first)
        y.look("r1", second)
      }
      s.cpu {
        y.look("r2", first)
        x.look("r3", second)
      }
    }
  }
}
