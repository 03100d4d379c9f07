import LabKernel

/// What the slots of a pipe contain after some writes and reads.
struct SlotHomework: HomeworkKind {
  let section: String

  init(_ section: String) { self.section = section }

  private static let page = 4096

  /// A slot in use: where its first unread byte is in its page, and how many there are.
  private struct Slot {
    var offset: Int
    var count: Int
  }

  func draw(_ random: inout RandomSource) -> (question: [String], answer: [String]) {
    var slots: [Slot] = []
    var calls: [String] = []
    var states: [String] = []
    for _ in 0..<6 {
      let held = slots.map(\.count).reduce(0, +)
      if held > 0, random.oneIn(3) || slots.count > 12 {
        let count = random.oneIn(2) ? held : random.draw(1...held)
        calls.append("read \(count)")
        Self.read(count, &slots)
      } else {
        let count = random.pick([1, 100, 1000, 2000, 4000, 4096, 5000, 9000])
        calls.append("write \(count)")
        Self.write(count, &slots)
      }
      states.append(slots.isEmpty ? "empty" : slots.map { "[\($0.count)]" }.joined(separator: " "))
    }
    let question =
      ["A new pipe, with both ends open and pages of 4096 bytes:", ""] + calls.map { "    " + $0 } + [
        "", "How many slots are in use after each call, and how many unread bytes does each hold? How many more bytes",
        "could be written at the end, in one call that fills whole slots?",
      ]
    let free = 16 - slots.count
    return (
      question,
      zip(calls, states).map { "  " + $0.filled(12) + $1 } + [
        "", "\(slots.count) of 16 slots are in use: there is room for \(free * Self.page) bytes in whole slots.",
        "The part of a write beyond whole pages is merged into the last slot if it fits after the last byte there.",
      ]
    )
  }

  /// Merges the part beyond whole pages into the last slot if it fits there; the rest gets slots of its own.
  private static func write(_ count: Int, _ slots: inout [Slot]) {
    var left = count
    let odd = count % page
    if odd > 0, let last = slots.last, last.offset + last.count + odd <= page {
      slots[slots.count - 1].count += odd
      left -= odd
    }
    while left > 0 {
      slots.append(Slot(offset: 0, count: min(page, left)))
      left -= min(page, left)
    }
  }

  private static func read(_ count: Int, _ slots: inout [Slot]) {
    var left = count
    while left > 0, let first = slots.first {
      let taken = min(left, first.count)
      left -= taken
      slots[0].offset += taken
      slots[0].count -= taken
      if slots[0].count == 0 { slots.removeFirst() }
    }
  }
}
