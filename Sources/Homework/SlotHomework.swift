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
    for _ in 0..<8 {
      let held = slots.map(\.count).reduce(0, +)
      let sizes = [1, 100, 1000, 2000, 4000, 4096, 9000, 20_000].filter { $0 <= (16 - slots.count) * Self.page }
      if held > 0, sizes.isEmpty || random.oneIn(4) {
        let count = random.oneIn(3) ? held : random.draw(1...held)
        calls.append("read \(count)")
        Self.read(count, &slots)
      } else {
        let count = random.pick(sizes)
        calls.append("write \(count)")
        Self.write(count, &slots)
      }
      states.append(slots.isEmpty ? "empty" : Self.words(slots))
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

  /// Returns what the slots hold, neighbours that hold the same as one.
  private static func words(_ slots: [Slot]) -> String {
    var runs: [(bytes: Int, slots: Int)] = []
    for slot in slots {
      if let last = runs.last, last.bytes == slot.count {
        runs[runs.count - 1].slots += 1
      } else {
        runs.append((slot.count, 1))
      }
    }
    return runs.map { ($0.slots > 1 ? "\($0.slots) x " : "") + "[\($0.bytes)]" }.joined(separator: "  ")
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
