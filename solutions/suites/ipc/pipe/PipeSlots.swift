import LabKernel

/// Which slots of a pipe are in use, and how full their pages are, according to the right answers.
struct PipeSlots {
  /// Where the bytes of each slot in use end in its page, the oldest first.
  private var ends: [Int] = []
  /// How many bytes of the first slot have been read.
  private var offset = 0

  private var free: Int { pipeSlots - ends.count }

  /// Room behind the last byte of the last slot; nil if no slot is in use.
  private var room: Int? { ends.last.map { pageSize - $0 } }

  /// Returns how many of `rest` bytes are merged; 0 if the call has made progress before.
  private func merged(_ rest: Int, of total: Int) -> Int {
    guard let room, rest == total, rest % pageSize <= room else { return 0 }
    return rest % pageSize
  }

  /// Puts in the bytes that a write has moved when it still had `rest` bytes to write.
  mutating func put(_ moved: Int, rest: Int, of total: Int) {
    let merged = min(merged(rest, of: total), moved)
    if merged > 0 { ends[ends.count - 1] += merged }
    var left = moved - merged
    while left > 0 {
      ends.append(min(left, pageSize))
      left -= min(left, pageSize)
    }
  }

  /// Takes bytes out.
  mutating func take(_ count: Int) {
    var left = count
    while left > 0, let end = ends.first {
      let taken = min(left, end - offset)
      left -= taken
      offset += taken
      guard offset == end else { return }
      ends.removeFirst()
      offset = 0
    }
  }

  /// The number of slots in use, and the room in the last page.
  var words: String {
    let used = "\(ends.count) of \(pipeSlots) in use"
    return room.map { "\(used), room for \($0) behind the last byte" } ?? used
  }

  /// Returns what happens to a write that still has `rest` bytes to write.
  func why(_ rest: Int, of total: Int) -> String {
    let slots = free == 1 ? "1 slot is free" : "\(free) slots are free"
    let odd = rest % pageSize
    guard let room, odd > 0 else { return slots }
    if rest < total { return "\(slots), and the rest of a write is not merged" }
    return odd <= room
      ? "\(slots), and \(odd) odd bytes fit behind the last byte"
      : "\(slots), and \(odd) odd bytes do not fit behind the last byte"
  }

  /// Returns the rule that tells the right answer to a write from the given one.
  func rule(_ rest: Int, of total: Int, _ right: PipeAnswer, _ given: PipeAnswer) -> String {
    let odd = rest % pageSize
    if rest < total, let room, odd > 0, odd <= room { return "rest" }
    // The given answer may contain any number.
    let difference = (right.moved &- given.moved).magnitude
    if rest == total, odd > 0, room != nil, [odd, rest].contains(where: { $0.magnitude == difference }) {
      return "merging"
    }
    if rest <= pipeBufferSize { return "atomic" }
    return right.moved == rest ? "slots" : "parts"
  }
}

extension PipeAnswer {
  /// How many bytes the call has moved in this try.
  fileprivate var moved: Int {
    switch self {
    case .done(let count), .sleep(let count): count
    case .failed: 0
    }
  }
}
