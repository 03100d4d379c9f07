import Judging
import LabHarness
import LabKernel

/// The visible checks of the rt-mutex lab, and the parts that its hidden checks are built from.
public enum RtMutexChecks {
  /// Run by `labs-cli test rt-mutex`.
  public static let suite = suite(
    .visible, shrinks: { _ in [] },
    [
      takingTurns, donation, equals, severalMutexes, nested, chain, promoted, demoted, placeKept, nextOwner, timeIsUp,
      ring, refused, lowered, waiterSet, ordinary, handsOff,
    ])

  /// Makes a suite of the lab with these checks.
  package static func suite(
    _ visibility: Visibility, shrinks: @escaping @Sendable (RtMutexLab.Input) -> [RtMutexLab.Input],
    _ checks: [Check<RtMutexLab>]
  ) -> Suite<RtMutexLab> {
    Suite(
      RtMutexLab.self, visibility: visibility, unit: "steps", shrinks: shrinks, show: \.picture, size: \.calls.count,
      checks: checks)
  }

  /// Makes a check of examples, which are too small to be made any smaller: as they stand here, and with drawn numbers.
  static func check(
    _ id: String, _ title: String, _ examples: [RtMutexExample]
  ) -> Check<RtMutexLab> {
    Check(
      id: id, title: title,
      drawing: { random in examples.map(\.input) + examples.map { $0.drawn(&random).input } },
      judge: { input, output in
        let example = examples.lazy.compactMap { $0.matching(input) }.first
        return example.flatMap { RtMutexJudge.judge(input, output, expected: $0.output) }
      })
  }

  static let takingTurns = check(
    "taking-turns", "a mutex has one owner, and only the owner can unlock it",
    [
      RtMutexExample(
        [50, 50],
        [
          ("A", .lock(0), .acquired, [50, 50]), ("B", .lock(1), .acquired, [50, 50]),
          ("A", .unlock(0), .done, [50, 50]), ("B", .lock(0), .acquired, [50, 50]),
          ("A", .lock(0), .waits, [50, 50]), ("B", .unlock(0), .handed(0), [50, 50]),
          ("A", .unlock(0), .done, [50, 50]),
        ]),
      RtMutexExample(
        [50, 50],
        [
          ("A", .unlock(0), .refused(.EPERM), [50, 50]), ("A", .lock(0), .acquired, [50, 50]),
          ("B", .unlock(0), .refused(.EPERM), [50, 50]), ("A", .lock(0), .refused(.EDEADLK), [50, 50]),
          ("A", .unlock(0), .done, [50, 50]), ("A", .unlock(0), .refused(.EPERM), [50, 50]),
        ]),
      RtMutexExample(
        [50, 50, 50],
        [
          ("A", .lock(3), .acquired, [50, 50, 50]), ("B", .lock(3), .waits, [50, 50, 50]),
          ("C", .unlock(3), .refused(.EPERM), [50, 50, 50]), ("C", .unlock(1), .refused(.EPERM), [50, 50, 50]),
          ("A", .unlock(3), .handed(1), [50, 50, 50]), ("A", .unlock(3), .refused(.EPERM), [50, 50, 50]),
          ("B", .unlock(3), .done, [50, 50, 50]),
        ]),
    ])

  static let donation = check(
    "donation", "an owner is as urgent as the most urgent task that waits for it, until it unlocks the mutex",
    [
      RtMutexExample(
        [31, 32, 33],
        [
          ("A", .lock(0), .acquired, [31, 32, 33]), ("B", .lock(0), .waits, [32, 32, 33]),
          ("C", .lock(0), .waits, [33, 32, 33]), ("A", .unlock(0), .handed(2), [31, 32, 33]),
          ("C", .unlock(0), .handed(1), [31, 32, 33]), ("B", .unlock(0), .done, [31, 32, 33]),
        ]),
      RtMutexExample(
        [31, 33, 32],
        [
          ("A", .lock(0), .acquired, [31, 33, 32]), ("B", .lock(0), .waits, [33, 33, 32]),
          ("C", .lock(0), .waits, [33, 33, 32]), ("A", .unlock(0), .handed(1), [31, 33, 32]),
        ]),
      RtMutexExample([60, 20], [("A", .lock(0), .acquired, [60, 20]), ("B", .lock(0), .waits, [60, 20])]),
    ])

  static let severalMutexes = check(
    "several-mutexes", "a task that unlocks one of several mutexes keeps what it inherits through the others",
    [
      RtMutexExample(
        [31, 32, 33],
        [
          ("A", .lock(0), .acquired, [31, 32, 33]), ("A", .lock(1), .acquired, [31, 32, 33]),
          ("B", .lock(0), .waits, [32, 32, 33]), ("C", .lock(1), .waits, [33, 32, 33]),
          ("A", .unlock(1), .handed(2), [32, 32, 33]), ("A", .unlock(0), .handed(1), [31, 32, 33]),
        ]),
      RtMutexExample(
        [31, 34, 36],
        [
          ("A", .lock(0), .acquired, [31, 34, 36]), ("A", .lock(1), .acquired, [31, 34, 36]),
          ("B", .lock(0), .waits, [34, 34, 36]), ("C", .lock(1), .waits, [36, 34, 36]),
          ("A", .unlock(0), .handed(1), [36, 34, 36]), ("A", .unlock(1), .handed(2), [31, 34, 36]),
        ]),
    ])

  static let nested = check(
    "nested", "what an owner inherits counts for the owner of the mutex that it waits for",
    [
      RtMutexExample(
        [31, 32, 33],
        [
          ("A", .lock(0), .acquired, [31, 32, 33]), ("B", .lock(1), .acquired, [31, 32, 33]),
          ("B", .lock(0), .waits, [32, 32, 33]), ("C", .lock(1), .waits, [33, 33, 33]),
          ("A", .unlock(0), .handed(1), [31, 33, 33]), ("B", .unlock(0), .done, [31, 33, 33]),
          ("B", .unlock(1), .handed(2), [31, 32, 33]),
        ])
    ])

  static let chain = check(
    "chain", "tasks inherit along a chain of seven mutexes",
    [RtMutexExample.chain(of: 7)])

  static let lowered = check(
    "lowered", "a task that lowers its own priority stays as urgent as the tasks that wait for it",
    [
      RtMutexExample(
        [31, 41],
        [
          ("A", .lock(0), .acquired, [31, 41]), ("B", .lock(0), .waits, [41, 41]),
          ("A", .setPriority(21), .done, [41, 41]), ("A", .unlock(0), .handed(1), [21, 41]),
        ]),
      RtMutexExample(
        [31, 41],
        [
          ("A", .lock(0), .acquired, [31, 41]), ("A", .setPriority(35), .done, [35, 41]),
          ("B", .lock(0), .waits, [41, 41]), ("A", .setPriority(50), .done, [50, 41]),
          ("A", .setPriority(0), .done, [41, 41]), ("A", .unlock(0), .handed(1), [0, 41]),
        ]),
    ])
}
