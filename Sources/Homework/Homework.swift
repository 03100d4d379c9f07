// Homework: questions that are computed, as many as you like.
//
// Each section of the book has a kind of question. A question is drawn with a seed; the kernel, the explorer or a few
// lines of arithmetic answer it, step by step. No student's component is run, and no solution is given away.
//
// Invariant: the same section and seed give the same question and answer, on every machine.
//
// Read, in this order: this file with `Lines`; the questions that the kernel answers (`ScheduleHomework`, and there
// `TimelineHomework`); those about processes, which the kernel answers by running a script (`ProcessRun`,
// `CrossingHomework`, `StateHomework`, `ForkHomework`, `WaitHomework`, `SharingHomework`), and `PIDHomework`; the one
// that the explorer answers (`LitmusHomework`); the others of synchronization (`ReplayHomework`, `LostUpdateHomework`,
// `TicketHomework`, `WakeUpHomework`, `SpinOrSleepHomework`, `DeadlockHomework`, `SequenceHomework`,
// `GracePeriodHomework`, `DonationHomework`); `DeadlineHomework`, `BuddyHomework`, `SlotHomework`.

import LabKernel

/// A question with its answer.
public struct Homework: Sendable, Equatable {
  /// The section that it belongs to, such as `2#round-robin`.
  public let section: String
  /// The seed that it was drawn with.
  public let seed: UInt64
  /// The question, as lines for a terminal of 80 columns.
  public let question: [String]
  /// The answer, explained step by step.
  public let answer: [String]

  /// The sections that have homework, in the order of the book.
  public static var sections: [String] { kinds.map(\.section) }

  /// Draws a section's question with a seed; returns nil if the section has none.
  public static func draw(_ section: String, seed: UInt64) -> Homework? {
    kinds.first { $0.section == section }.map { kind in
      var random = RandomSource(seed: seed)
      let (question, answer) = kind.draw(&random)
      return Homework(section: section, seed: seed, question: Lines.fitted(question), answer: Lines.fitted(answer))
    }
  }

  /// The kinds of questions, one per section.
  private static let kinds: [any HomeworkKind] = [
    TimelineHomework("0#reading-a-timeline"),
    ReplayHomework("0#reading-an-interleaving"),
    CrossingHomework("1#crossing-into-the-kernel"),
    StateHomework("1#states"),
    PIDHomework("1#names-and-numbers"),
    ForkHomework("1#fork-and-exec"),
    WaitHomework("1#exit-and-wait"),
    SharingHomework("1#threads"),
    ScheduleHomework("2#what-a-scheduler-decides", [.firstComeFirstServed, .shortestJobFirst]),
    ScheduleHomework("2#round-robin", [.roundRobin]),
    ScheduleHomework("2#learning-from-the-past", [.multilevelFeedback]),
    DeadlineHomework("2#real-time"),
    LostUpdateHomework("4#a-race-in-one-line"),
    TicketHomework("4#spin-locks"),
    LitmusHomework("4#memory-ordering"),
    WakeUpHomework("4#wait-queues"),
    SpinOrSleepHomework("4#mutexes"),
    DeadlockHomework("4#semaphores-monitors-and-deadlock"),
    SequenceHomework("4#sequence-locks"),
    GracePeriodHomework("4#rcu"),
    DonationHomework("4#priority-inheritance"),
    BuddyHomework("5#buddy-allocator"),
    SlotHomework("6#pipes"),
  ]
}

/// A kind of question.
protocol HomeworkKind: Sendable {
  /// The section that it belongs to.
  var section: String { get }

  /// Draws a question, and answers it.
  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String])
}
