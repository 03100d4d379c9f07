import LabKernel

/// Reads what the interpreter says about a batch of scripts.
///
/// The layout is that of `struct created` and of the slots in Sources/conform-host/host.h.
struct HostReport {
  private let words: [Int]
  private var next = 0

  /// The word with which what is said about each script begins.
  static let magic = 0x6B_6268_636F_6E66
  private static let slotWords = 8
  private static let recordWords = 4
  /// What stands for the number of outputs in the record of a call that has begun.
  private static let attempt = -1

  /// The report in `bytes`.
  init(_ bytes: [UInt8]) {
    words = bytes.withUnsafeBytes { raw in
      (0..<raw.count / 8).map { Int(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: Int.self)) }
    }
  }

  /// What is said about the next script; nil if the report ends, or is none.
  mutating func nextRun() -> ScriptRun? {
    guard next + 6 <= words.count, words[next] == Self.magic else { return nil }
    let (end, tasks, slots) = (words[next + 1], words[next + 2], words[next + 3])
    let (length, isCut) = (words[next + 4], words[next + 5] != 0)
    next += 6
    guard next + 4 * tasks + Self.slotWords * slots + (length + 7) / 8 <= words.count else { return nil }
    let created = (0..<tasks).map { task(at: next + 4 * $0) }
    next += 4 * tasks
    let calls = calls(slots)
    next += Self.slotWords * slots
    let console = (0..<length).map { byte($0, from: next) }
    next += (length + 7) / 8
    return ScriptRun(
      tasks: created, calls: calls, console: console, end: isCut ? .endless : end == 0 ? .ended : .hung)
  }

  private func task(at place: Int) -> ScriptRun.Creation {
    ScriptRun.Creation(
      creator: words[place] < 0 ? nil : words[place], number: words[place + 1], pid: words[place + 2],
      opensNamespace: words[place + 3] & ScriptRun.newNamespace != 0)
  }

  private func byte(_ index: Int, from place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: words[place + index / 8] >> (8 * (index % 8)))
  }

  /// The records in the next `slots` slots: one that was not finished, because its task was killed, is left out.
  private func calls(_ slots: Int) -> [ScriptRun.Call] {
    var calls: [ScriptRun.Call] = []
    /// The calls that have begun, and may have ended their callers, by task.
    var attempts: [Int: ScriptRun.Call] = [:]
    var slot = 0
    while slot < slots {
      let record = next + Self.slotWords * slot
      let (task, size) = (words[record] & 0xFFFF_FFFF, words[record] >> 32)
      slot += max(1, size)
      guard size > 0, task > 0, words[record + 1] > 0, slot <= slots else { continue }
      attempts[task] = nil
      if words[record + 3] == Self.attempt {
        attempts[task] = call(at: record, of: task - 1)
      } else {
        calls.append(call(at: record, of: task - 1))
      }
    }
    return calls + attempts.values
  }

  private func call(at record: Int, of task: Int) -> ScriptRun.Call {
    var at = record + Self.recordWords
    let isAttempt = words[record + 3] == Self.attempt
    let outputs = (0..<max(0, words[record + 3])).map { _ -> [UInt8]? in
      let size = words[at]
      at += 1
      guard size >= 0 else { return nil }
      defer { at += (size + 7) / 8 }
      return (0..<size).map { byte($0, from: at) }
    }
    let number = SystemCallNumber(rawValue: UInt16(truncatingIfNeeded: words[record + 1] - 1))
    return ScriptRun.Call(
      task: task, number: number, result: isAttempt ? nil : words[record + 2], outputs: outputs)
  }
}
