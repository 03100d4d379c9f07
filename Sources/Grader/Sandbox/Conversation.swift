import Foundation
import Judging

/// The conversation with one process of a submission, from hello to its death.
struct Conversation {
  /// How a process failed to answer all cases.
  enum End: Equatable {
    case closed
    case late
    case flooded
    case malformed
    case answerTooLarge(Int)
    case unreadable(String)
  }

  let process: SandboxedProcess
  private let program: BuiltProgram
  private let limits: Limits
  private var traffic: PipeTraffic
  private var frames = FrameReader(maximumSize: ProgramSession.maximumAnswer)
  private var isGreeted = false
  private var lastWords: LastWords?

  /// Starts a process.
  init(_ program: BuiltProgram, sandbox: Sandbox, limits: Limits) throws(SandboxFault) {
    self.program = program
    self.limits = limits
    traffic = PipeTraffic(printLimit: limits.outputKiB << 10, truncates: false)
    process = try SandboxedProcess(program.command(limits), in: sandbox)
  }

  /// What it printed.
  var printed: [UInt8] { traffic.printed }

  /// Sends the cases, all at once, and collects the answers.
  ///
  /// - Returns: the answers in order, and, where some are missing, how it ended.
  mutating func ask(_ inputs: [[UInt8]]) throws -> (answers: [[UInt8]], end: End?) {
    traffic.send(Frame(kind: .begin, bytes: [UInt8(clamping: limits.cpuSeconds)]).encoded)
    for input in inputs { traffic.send(Frame(kind: .input, bytes: input).encoded) }
    var answers: [[UInt8]] = []
    var end: End?
    var (frames, words, isGreeted) = (frames, lastWords, isGreeted)
    let stop = try traffic.run(process, until: .now + .seconds(limits.wallSeconds)) { bytes in
      frames.append(bytes)
      do throws(FrameReader.Fault) {
        while end == nil, let frame = try frames.next() {
          switch frame.kind {
          case .hello: isGreeted = true
          case .output where answers.count < inputs.count: answers.append(frame.bytes)
          case .unreadable: end = .unreadable(String(decoding: frame.bytes, as: UTF8.self))
          case .died: words = LastWords(frame.bytes)
          case .output, .begin, .input: end = .malformed
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
    case .late: return (answers, .late)
    case .flooded: return (answers, .flooded)
    }
  }

  /// Ends the process, and says what it died of.
  mutating func death(_ end: End) async throws -> Death {
    if end != .closed { process.kill() }
    let status = await process.status()
    _ = traffic.drain(process)
    guard isGreeted || end == .late else {
      let said = String(decoding: printed, as: UTF8.self)
      throw SandboxFault.setup(said.isEmpty ? "\(status)" : said)
    }
    let autopsy = Autopsy(limits: limits, printed: program.originalNames(in: printed), words: lastWords)
    return autopsy.death(end, status: try? status.get())
  }
}
