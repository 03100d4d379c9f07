// Homework: questions that are computed, as many as one likes.
//
// Each section of the book has a kind of question. A question is drawn with a seed; the kernel, the explorer or a few
// lines of arithmetic answer it, step by step. No component of a student is run, and none is given away.
//
// What always holds: the same section and seed, the same question and answer, on every machine.
//
// Read, in this order: this file with `Lines`; the questions that the kernel answers (`ScheduleHomework`, and there
// `TimelineHomework`); the one that the explorer answers (`LitmusHomework`); the others of synchronization
// (`ReplayHomework`, `LostUpdateHomework`, `TicketHomework`, `WakeUpHomework`, `SpinOrSleepHomework`,
// `DeadlockHomework`, `SequenceHomework`, `GracePeriodHomework`, `DonationHomework`); `DeadlineHomework`,
// `BuddyHomework`, `SlotHomework`.

import LabKernel

/// A question with its answer.
public struct Homework: Sendable, Equatable {
  /// The section that it belongs to, such as `2#round-robin`.
  public let section: String
  /// What it was drawn with.
  public let seed: UInt64
  /// The question, as lines for a terminal of 80 columns.
  public let question: [String]
  /// The answer, explained step by step.
  public let answer: [String]

  /// The sections that have homework, in the order of the book.
  public static var sections: [String] { kinds.map(\.section) }

  /// The question of a section that a seed draws; nil where the section has none.
  public static func draw(_ section: String, seed: UInt64) -> Homework? {
    kinds.first { $0.section == section }.map { kind in
      var random = RandomSource(seed: seed)
      let (question, answer) = kind.draw(&random)
      return Homework(section: section, seed: seed, question: Lines.fitted(question), answer: Lines.fitted(answer))
    }
  }

  /// What is asked in which section.
  private static let kinds: [any HomeworkKind] = [
    TimelineHomework("0#reading-a-timeline"),
    ReplayHomework("0#reading-an-interleaving"),
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
