import Judging
import LabKernel

// The visible checks about the order of waiters, and about what changes it.
extension RtMutexChecks {
  static let equals = check(
    "equals", "among equals, the task that has waited longest is next",
    [
      RtMutexExample(
        [10, 20, 20, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 20, 30]), ("B", .lock(0), .waits, [20, 20, 20, 30]),
          ("C", .lock(0), .waits, [20, 20, 20, 30]), ("D", .lock(0), .waits, [30, 20, 20, 30]),
          ("A", .unlock(0), .handed(3), [10, 20, 20, 30]), ("D", .unlock(0), .handed(1), [10, 20, 20, 30]),
          ("B", .unlock(0), .handed(2), [10, 20, 20, 30]), ("C", .unlock(0), .done, [10, 20, 20, 30]),
        ])
    ])

  static let promoted = check(
    "promoted", "a waiter that becomes more urgent goes behind its new equals",
    [
      // B inherits from E while it waits, and overtakes C, but not D.
      RtMutexExample(
        [10, 20, 30, 40, 40],
        [
          ("A", .lock(0), .acquired, [10, 20, 30, 40, 40]), ("B", .lock(1), .acquired, [10, 20, 30, 40, 40]),
          ("B", .lock(0), .waits, [20, 20, 30, 40, 40]), ("C", .lock(0), .waits, [30, 20, 30, 40, 40]),
          ("D", .lock(0), .waits, [40, 20, 30, 40, 40]), ("E", .lock(1), .waits, [40, 40, 30, 40, 40]),
          ("A", .unlock(0), .handed(3), [10, 40, 30, 40, 40]), ("D", .unlock(0), .handed(1), [10, 40, 30, 40, 40]),
          ("B", .unlock(0), .handed(2), [10, 40, 30, 40, 40]),
        ]),
      // B raises its own priority.
      RtMutexExample(
        [10, 20, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 30]), ("B", .lock(0), .waits, [20, 20, 30]),
          ("C", .lock(0), .waits, [30, 20, 30]), ("B", .setPriority(30), .done, [30, 30, 30]),
          ("A", .unlock(0), .handed(2), [10, 30, 30]), ("C", .unlock(0), .handed(1), [10, 30, 30]),
        ]),
    ])

  static let demoted = check(
    "demoted", "a waiter that becomes less urgent goes behind its new equals",
    [
      // B lowers its own priority.
      RtMutexExample(
        [10, 40, 20, 20],
        [
          ("A", .lock(0), .acquired, [10, 40, 20, 20]), ("B", .lock(0), .waits, [40, 40, 20, 20]),
          ("C", .lock(0), .waits, [40, 40, 20, 20]), ("D", .lock(0), .waits, [40, 40, 20, 20]),
          ("B", .setPriority(20), .done, [20, 20, 20, 20]), ("A", .unlock(0), .handed(2), [10, 20, 20, 20]),
          ("C", .unlock(0), .handed(3), [10, 20, 20, 20]), ("D", .unlock(0), .handed(1), [10, 20, 20, 20]),
        ]),
      // B no longer inherits.
      RtMutexExample(
        [10, 20, 20, 40],
        [
          ("A", .lock(0), .acquired, [10, 20, 20, 40]), ("B", .lock(1), .acquired, [10, 20, 20, 40]),
          ("B", .lock(0), .waits, [20, 20, 20, 40]), ("D", .lock(1), .waits, [40, 40, 20, 40]),
          ("C", .lock(0), .waits, [40, 40, 20, 40]), ("D", .giveUp, .done, [20, 20, 20, 40]),
          ("A", .unlock(0), .handed(2), [10, 20, 20, 40]), ("C", .unlock(0), .handed(1), [10, 20, 20, 40]),
        ]),
    ])

  static let placeKept = check(
    "place-kept", "a waiter whose priority stays the same keeps its place",
    [
      // Set to what it is already.
      RtMutexExample(
        [10, 20, 20],
        [
          ("A", .lock(0), .acquired, [10, 20, 20]), ("B", .lock(0), .waits, [20, 20, 20]),
          ("C", .lock(0), .waits, [20, 20, 20]), ("B", .setPriority(20), .done, [20, 20, 20]),
          ("A", .unlock(0), .handed(1), [10, 20, 20]),
        ]),
      // D gives up, but E lends B just as much.
      RtMutexExample(
        [10, 20, 30, 30, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 30, 30, 30]), ("B", .lock(1), .acquired, [10, 20, 30, 30, 30]),
          ("D", .lock(1), .waits, [10, 30, 30, 30, 30]), ("E", .lock(1), .waits, [10, 30, 30, 30, 30]),
          ("B", .lock(0), .waits, [30, 30, 30, 30, 30]), ("C", .lock(0), .waits, [30, 30, 30, 30, 30]),
          ("D", .giveUp, .done, [30, 30, 30, 30, 30]), ("A", .unlock(0), .handed(1), [10, 30, 30, 30, 30]),
        ]),
      // B lowers its own priority, but D lends it just as much.
      RtMutexExample(
        [10, 30, 30, 30],
        [
          ("A", .lock(0), .acquired, [10, 30, 30, 30]), ("B", .lock(1), .acquired, [10, 30, 30, 30]),
          ("D", .lock(1), .waits, [10, 30, 30, 30]), ("B", .lock(0), .waits, [30, 30, 30, 30]),
          ("C", .lock(0), .waits, [30, 30, 30, 30]), ("B", .setPriority(20), .done, [30, 30, 30, 30]),
          ("A", .unlock(0), .handed(1), [10, 30, 30, 30]),
        ]),
    ])

  static let nextOwner = check(
    "next-owner", "the tasks that still wait now wait for the new owner",
    [
      // B is first because of D, inherits from C when it gets m0, and keeps that when m1 is handed to D.
      RtMutexExample(
        [10, 20, 30, 40],
        [
          ("A", .lock(0), .acquired, [10, 20, 30, 40]), ("B", .lock(1), .acquired, [10, 20, 30, 40]),
          ("B", .lock(0), .waits, [20, 20, 30, 40]), ("C", .lock(0), .waits, [30, 20, 30, 40]),
          ("D", .lock(1), .waits, [40, 40, 30, 40]), ("A", .unlock(0), .handed(1), [10, 40, 30, 40]),
          ("B", .unlock(1), .handed(3), [10, 30, 30, 40]), ("B", .unlock(0), .handed(2), [10, 20, 30, 40]),
        ])
    ])

  static let timeIsUp = check(
    "time-is-up", "a time-out ends the loan along the whole chain",
    [
      RtMutexExample(
        [10, 40, 20],
        [
          ("A", .lock(0), .acquired, [10, 40, 20]), ("B", .lock(0), .waits, [40, 40, 20]),
          ("C", .lock(0), .waits, [40, 40, 20]), ("B", .giveUp, .done, [20, 40, 20]),
          ("B", .lock(1), .acquired, [20, 40, 20]), ("A", .unlock(0), .handed(2), [10, 40, 20]),
          ("C", .unlock(0), .done, [10, 40, 20]),
        ]),
      RtMutexExample(
        [10, 20, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 30]), ("B", .lock(1), .acquired, [10, 20, 30]),
          ("B", .lock(0), .waits, [20, 20, 30]), ("C", .lock(1), .waits, [30, 30, 30]),
          ("C", .giveUp, .done, [20, 20, 30]), ("A", .unlock(0), .handed(1), [10, 20, 30]),
          ("B", .unlock(1), .done, [10, 20, 30]),
        ]),
    ])

  static let ring = check(
    "ring", "a lock is refused exactly if the caller would wait for itself",
    [
      RtMutexExample(
        [30, 20, 10],
        [
          ("A", .lock(0), .acquired, [30, 20, 10]), ("B", .lock(1), .acquired, [30, 20, 10]),
          ("C", .lock(2), .acquired, [30, 20, 10]), ("A", .lock(1), .waits, [30, 30, 10]),
          ("B", .lock(2), .waits, [30, 30, 30]), ("C", .lock(0), .refused(.EDEADLK), [30, 30, 30]),
          ("C", .unlock(2), .handed(1), [30, 30, 10]), ("C", .lock(0), .waits, [30, 30, 10]),
        ])
    ])

  static let refused = check(
    "refused", "a refused lock changes nothing",
    [
      // B is refused m0. It does not wait for it, and lends A nothing.
      RtMutexExample(
        [10, 40, 20],
        [
          ("A", .lock(0), .acquired, [10, 40, 20]), ("B", .lock(1), .acquired, [10, 40, 20]),
          ("A", .lock(1), .waits, [10, 40, 20]), ("B", .lock(0), .refused(.EDEADLK), [10, 40, 20]),
          ("C", .lock(0), .waits, [20, 40, 20]), ("B", .unlock(1), .handed(0), [20, 40, 20]),
          ("A", .unlock(0), .handed(2), [10, 40, 20]), ("B", .lock(1), .waits, [40, 40, 20]),
        ])
    ])

  static let waiterSet = check(
    "waiter-set", "a waiter's new normal priority counts along the whole chain",
    [
      RtMutexExample(
        [10, 20, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 30]), ("B", .lock(1), .acquired, [10, 20, 30]),
          ("B", .lock(0), .waits, [20, 20, 30]), ("C", .lock(1), .waits, [30, 30, 30]),
          ("C", .setPriority(50), .done, [50, 50, 50]), ("C", .setPriority(15), .done, [20, 20, 15]),
          ("B", .setPriority(5), .done, [15, 15, 15]),
        ])
    ])

  static let ordinary = check(
    "ordinary", "an ordinary task inherits a real-time priority, and later becomes ordinary again",
    [
      RtMutexExample(
        [0, 0, 50],
        [
          ("A", .lock(0), .acquired, [0, 0, 50]), ("B", .lock(0), .waits, [0, 0, 50]),
          ("C", .lock(0), .waits, [50, 0, 50]), ("A", .unlock(0), .handed(2), [0, 0, 50]),
          ("C", .unlock(0), .handed(1), [0, 0, 50]), ("B", .unlock(0), .done, [0, 0, 50]),
        ]),
      RtMutexExample(
        [0, 99, 1],
        [
          ("A", .lock(0), .acquired, [0, 99, 1]), ("C", .lock(0), .waits, [1, 99, 1]),
          ("B", .lock(0), .waits, [99, 99, 1]), ("B", .giveUp, .done, [1, 99, 1]), ("C", .giveUp, .done, [0, 99, 1]),
        ]),
    ])

  static let handsOff = check(
    "hands-off", "a protocol changes nothing of a task but its priority, and only by setPriority",
    [
      RtMutexExample(
        [10, 20, 30],
        [
          ("A", .lock(0), .acquired, [10, 20, 30]), ("B", .lock(0), .waits, [20, 20, 30]),
          ("C", .lock(0), .waits, [30, 20, 30]), ("C", .giveUp, .done, [20, 20, 30]),
          ("B", .setPriority(40), .done, [40, 40, 30]), ("A", .lock(0), .refused(.EDEADLK), [40, 40, 30]),
          ("A", .unlock(0), .handed(1), [10, 40, 30]), ("A", .unlock(0), .refused(.EPERM), [10, 40, 30]),
          ("B", .unlock(0), .done, [10, 40, 30]),
        ])
    ])
}
