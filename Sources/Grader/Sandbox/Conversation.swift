import Foundation
import Judging

/// The conversation with one process of a submission, from hello to its death.
struct Conversation {
  /// How a process failed to answer all cases.
  enum End: Equatable {
    case closed
    case exceeded(Watch.Excess)
    case flooded
    case malformed
    case answerTooLarge(Int)
    case unreadable(String)

    /// Whether the process was killed for what it sent: what it was about to print then is a matter of luck.
    var isOfItsSending: Bool {
      switch self {
      case .malformed, .answerTooLarge, .unreadable: true
      case .closed, .exceeded, .flooded: false
      }
    }
  }

  let process: SandboxedProcess
  private let program: BuiltProgram
  private var limits: Limits
  private var traffic: PipeTraffic
  private var frames: FrameReader
  private var isGreeted = false
  private(set) var lastWords: LastWords?

  /// How many deaths a process may report: it can die of one signal while it dies of another, but there are only so
  /// many.
  private static let maximumDeaths = 9
  /// How long a process that has closed the channel has to end on its own.
  private static let grace = Duration.seconds(2)
  /// How many bytes of what a submission says about itself are repeated.
  private static let maximumReason = 500
  /// How many of the last bytes that it printed are searched for the runtime's message.
  private static let maximumWords = 64 << 10

  /// Starts a process.
  init(_ program: BuiltProgram, sandbox: Sandbox, limits: Limits) throws(SandboxFault) {
    self.program = program
    self.limits = limits
    frames = FrameReader(maximumSize: limits.answer)
    traffic = PipeTraffic(printLimit: limits.outputKiB << 10, truncates: false)
    process = try SandboxedProcess(program.command(limits), in: sandbox)
  }

  /// How long it slept and computed during the last cases, as far as can be seen from outside.
  var spent: Duration { traffic.slept + traffic.computed }

  /// What it printed, as far as it has been read.
  var printed: [UInt8] { traffic.printed }

  /// Reads what it printed before its last answer, which may have come first, and returns everything that it printed.
  mutating func drain() -> [UInt8] {
    _ = traffic.drain(process)
    return printed
  }

  /// Sends the cases, all at once, and collects the answers.
  ///
  /// - Parameter limits: what they may use together.
  /// - Returns: the answers in order, and, if some are missing, how it ended.
  mutating func ask(_ inputs: [[UInt8]], within limits: Limits) throws -> (answers: [[UInt8]], end: End?) {
    self.limits = limits
    send(inputs)
    var answers: [[UInt8]] = []
    var (size, deaths) = (0, 0)
    var end: End?
    var (frames, words, isGreeted) = (frames, lastWords, isGreeted)
    let stop = try traffic.run(process, watch: Watch(limits)) { bytes in
      frames.append(bytes)
      do throws(FrameReader.Fault) {
        while end == nil, let frame = try frames.next() {
          switch frame.kind {
          case .hello where !isGreeted: isGreeted = true
          case .output where answers.count < inputs.count:
            answers.append(frame.bytes)
            size += frame.bytes.count
            if size > limits.answersOfCheck { end = .answerTooLarge(size) }
          case .unreadable: end = .unreadable(String(decoding: frame.bytes.prefix(Self.maximumReason), as: UTF8.self))
          case .died where deaths < Self.maximumDeaths:
            deaths += 1
            words = LastWords(frame.bytes)
          case .hello, .died, .output, .begin, .input: end = .malformed
          }
        }
      } catch {
        switch error {
        case .malformed: end = .malformed
        case .tooLarge(let size): end = .answerTooLarge(size)
        }
      }
      return end != nil || answers.count == inputs.count
    }
    (self.frames, lastWords, self.isGreeted) = (frames, words, isGreeted)
    switch stop {
    case .satisfied: return (answers, end)
    case .closed: return (answers, .closed)
    case .exceeded(let excess): return (answers, .exceeded(excess))
    case .flooded: return (answers, .flooded)
    }
  }

  /// What came of asking: the conversation after it, the answers in order, and, if some are missing, how it ended.
  struct Reply: Sendable {
    var conversation: Conversation
    var answers: [[UInt8]]
    var end: End?
  }

  /// Does the same as ``ask(_:within:)`` on a thread of its own; if the task is cancelled, kills the process.
  ///
  /// - Throws: `SandboxFault` if the machinery fails, and `CancellationError`.
  func answering(_ inputs: [[UInt8]], within limits: Limits) async throws -> Reply {
    try await Blocking.run(killing: process) {
      var conversation = self
      let (answers, end) = try conversation.ask(inputs, within: limits)
      return Reply(conversation: conversation, answers: answers, end: end)
    }
  }

  private mutating func send(_ inputs: [[UInt8]]) {
    traffic.send(Frame(kind: .begin, bytes: [UInt8(clamping: limits.cpuSeconds)]).encoded)
    for input in inputs { traffic.send(Frame(kind: .input, bytes: input).encoded) }
  }

  /// Ends the process, and says what it died of.
  ///
  /// - Throws: `SandboxFault` if it never began, or cannot be ended.
  mutating func autopsy(_ end: End) async throws -> Autopsy {
    let ending = try await process.end(grace: end == .closed ? Self.grace : .zero)
    _ = traffic.drain(process)
    guard isGreeted else {
      let said = String(decoding: printed, as: UTF8.self)
      throw SandboxFault.setup(said.isEmpty ? "it ended with status \(ending) before the submission began" : said)
    }
    // The exit status of a process that was killed here says nothing about it.
    let status = end == .closed ? ending : 0
    // The message that counts is the last one, and megabytes may have been printed before.
    let text = program.originalNames(in: printed.suffix(Self.maximumWords)).replacing("\r\n", with: "\n")
    return Autopsy(limits: limits, end: end, status: status, printed: text, words: lastWords)
  }
}
