/// One thing that happened in an execution.
package struct Event: Sendable, Equatable {
  /// What kind of step it was.
  package enum Action: Sendable {
    /// The next operation of a CPU's code.
    case operation
    /// The oldest store in a CPU's buffer reached memory.
    case flush
    /// An interrupt came to a CPU.
    case interrupt
  }

  /// The CPU on which it happened.
  package var cpu: Int
  /// The code that ran there: the CPU's own, or an interrupt's.
  package var code: Int
  /// What kind of step it was.
  package var action: Action
  var operation: Operation
  /// The result that it returned.
  package var result: Int
  /// Which of several choices it took; 0 is what a plain machine would have done, -1 that it gave up waiting.
  package var choice: Int = 0

  /// The value that the operation stored in an atomic location, or nil if it stored nothing there.
  func stored(at location: Int) -> Int? {
    guard action == .operation, operation.location == location else { return nil }
    switch operation.kind {
    case .store, .exchange: return operation.operand
    case .add: return result &+ operation.operand
    case .compareExchange: return result == operation.expected ? operation.operand : nil
    case .load, .await, .park, .fence, .relax, .cellRead, .cellWrite, .cellFree, .enter, .leave, .irqSave, .irqRestore,
      .observe, .holds, .call, .returns, .callback, .trap, .end:
      return nil
    }
  }
}

/// How an execution ended.
package enum Ending: Sendable, Equatable {
  /// All codes are done.
  case complete
  /// Some CPUs wait forever.
  case deadlock(stuck: [Int])
  /// More steps than ``Limits/stepsOfExecution``.
  case livelock
  /// Two accesses to plain memory that nothing orders.
  case race(location: Int, cpu: Int, other: Int)
  /// Plain memory was used after it was freed.
  case useAfterFree(cell: Int, cpu: Int)
  /// A CPU entered a section that another CPU was in.
  case mutualExclusion(section: Int, cpu: Int, other: Int)
  /// A CPU left a section that it was not in.
  case strayLeave(section: Int, cpu: Int)
  /// A code was cut short.
  case trap(cpu: Int)
  /// The codes cannot be explored: see the unfolding's problem.
  case broken
  /// Too many stores to one location were put before earlier ones.
  case tooLong
  /// Equivalent executions have already been explored.
  case redundant
}

/// An execution from beginning to end.
package struct Execution: Sendable, Equatable {
  /// What happened, in order.
  package var events: [Event]
  /// How it ended.
  package var ending: Ending
  /// The steps that lead to it.
  package var schedule: Schedule
}

/// Which process took each step of an execution, and with which choice.
///
/// As text, one letter per step: `a` to `h` are CPUs, `A` to `H` the buffers of CPUs, and a number after a letter is
/// the choice if it is not 0: `aab1bA`. A leading plus says that CPUs could also be interleaved before each use of
/// plain memory: `+aaba`.
package struct Schedule: Sendable, Equatable, Codable, CustomStringConvertible {
  /// One step.
  package struct Step: Sendable, Equatable {
    var process: Int
    var choice: Int
  }

  var steps: [Step] = []
  /// Whether each use of plain memory is a step of its own.
  var isFine = false

  /// Creates a schedule without steps.
  init() {}

  /// Reads the text, or returns nil if it is not a schedule.
  package init?(_ text: String) {
    isFine = text.hasPrefix("+")
    for letter in text.utf8.dropFirst(isFine ? 1 : 0) {
      switch letter {
      case UInt8(ascii: "a")...UInt8(ascii: "h"): steps.append(Step(process: Int(letter) - 97, choice: 0))
      case UInt8(ascii: "A")...UInt8(ascii: "H"):
        steps.append(Step(process: firstBuffer + Int(letter) - 65, choice: 0))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard let last = steps.indices.last, steps[last].choice < 1_000 else { return nil }
        steps[last].choice = steps[last].choice * 10 + Int(letter) - 48
      default: return nil
      }
    }
  }

  /// The text.
  package var description: String {
    var text = isFine ? "+" : ""
    for step in steps {
      let base = step.process < firstBuffer ? 97 + step.process : 65 + step.process - firstBuffer
      text.unicodeScalars.append(Unicode.Scalar(UInt8(base)))
      if step.choice > 0 { text += "\(step.choice)" }
    }
    return text
  }

  /// Reads the text.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let schedule = Schedule(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no schedule")
    }
    self = schedule
  }

  /// Writes the text.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
