import Interleave

extension Litmus {
  /// All litmus tests.
  static let all = coherence + twoCPUs + moreCPUs + idioms + sequentialAccesses

  /// One location: no model lets a CPU's view of it run backwards.
  static let coherence = [
    Litmus(
      name: "CoRR", shows: "r0 r1", question: "10", sequential: "00 01 11", forbidden: .releaseAcquire
    ) { s, x, _, _ in
      s.cpu { x.put(1) }
      s.cpu {
        x.look("r0")
        x.look("r1")
      }
    },
    Litmus(
      name: "CoRW", shows: "r0 x", question: "22", sequential: "01 02 21", forbidden: .releaseAcquire
    ) { s, x, _, _ in
      s.cpu {
        x.look("r0")
        x.put(1)
      }
      s.cpu { x.put(2) }
    },
    Litmus(
      name: "CoWR", shows: "r0 x", question: "21", sequential: "11 12 22", forbidden: .releaseAcquire
    ) { s, x, _, _ in
      s.cpu {
        x.put(1)
        x.look("r0")
      }
      s.cpu { x.put(2) }
    },
    Litmus(name: "CoWW", shows: "x", question: "1", sequential: "2", forbidden: .releaseAcquire) { s, x, _, _ in
      s.cpu {
        x.put(1)
        x.put(2)
      }
    },
  ]
}
