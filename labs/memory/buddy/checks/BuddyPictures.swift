import Judging
import LabHarness
import LabKernel

/// The number of frames in one map.
private let mapWidth = 64
/// The number of lines of calls that are shown of an input.
private let callLines = 8

/// Returns the letter of a block: A to Z, then a to z, then `#` for all others.
package func letter(_ number: Int) -> String {
  let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  guard (0..<letters.count).contains(number) else { return "#" }
  return String(letters[letters.index(letters.startIndex, offsetBy: number)])
}

extension Picture {
  /// Draws memory around a frame, one character per frame: the letter of its block, or a dot if it is free.
  package static func memory(_ model: BuddyModel, around frame: Int, note: String = "") -> Picture {
    let window = window(model, around: frame)
    let mark = window.contains(frame) && !note.isEmpty ? Mark(column: frame - window.lowerBound, note: note) : nil
    return Picture([Row("", ruler(window)), Row("in use", map(model, window))], mark: mark)
  }

  /// Draws memory, and under it the frames that a new block would take.
  package static func memory(
    _ model: BuddyModel, placing block: Block, as number: Int, markedAt frame: Int? = nil, note: String
  ) -> Picture {
    let marked = frame ?? block.start
    let window = window(model, around: marked)
    let last = window.clamped(to: window.lowerBound..<block.frames.upperBound)
    let placed = last.map { block.frames.contains($0) ? letter(number) : " " }.joined()
    let rows = [
      Row("", ruler(window)), Row("in use", map(model, window)), Row("block \(letter(number))", placed),
    ]
    return Picture(rows, mark: Mark(column: marked - window.lowerBound, note: note))
  }

  /// Draws memory from its start, and the expected and actual numbers of free blocks.
  package static func counts(_ model: BuddyModel, expected: [Int], actual: [Int]) -> Picture {
    let columns = [Array(0...maximumPageOrder), expected, actual].map(column)
    let widths = (0...maximumPageOrder).map { order in columns.map { $0[order].count }.max() ?? 1 }
    let lines = columns.map { zip($0, widths).map { padded($0, to: $1) }.joined(separator: " ") }
    let differs = (0...maximumPageOrder).first { columns[1][$0] != columns[2][$0] } ?? maximumPageOrder
    let column = widths[...differs].reduce(0, +) + differs - 1
    let window = window(model, around: 0)
    let rows = [
      Row("", ruler(window)), Row("in use", map(model, window)),
      Row("order", lines[0]), Row("expected", lines[1]), Row("actual", lines[2]),
    ]
    return Picture(rows, mark: Mark(column: column, note: "free blocks of order \(differs)"))
  }

  /// Returns one text for each order, even if there are too few or too many numbers.
  private static func column(_ numbers: [Int]) -> [String] {
    let texts = numbers.prefix(maximumPageOrder + 1).map(short)
    return texts + Array(repeating: "-", count: maximumPageOrder + 1 - texts.count)
  }

  private static func window(_ model: BuddyModel, around frame: Int) -> Range<Int> {
    let inside = min(max(frame, 0), max(model.frames - 1, 0))
    let start = inside / mapWidth * mapWidth
    return start..<min(start + mapWidth, model.frames)
  }

  private static func map(_ model: BuddyModel, _ window: Range<Int>) -> String {
    window.map { model.owners[$0].map(letter) ?? "." }.joined()
  }

  /// The number of every sixteenth frame.
  private static func ruler(_ window: Range<Int>) -> String {
    let numbers = stride(from: window.lowerBound, to: window.upperBound, by: 16).map(String.init)
    return numbers.dropLast().map { padded($0, to: 16, left: true) }.joined() + (numbers.last ?? "")
  }

  /// Returns a number that fits in a column, however absurd it is.
  private static func short(_ count: Int) -> String {
    if count > 9999 { return ">9999" }
    return count < -999 ? "<-999" : String(count)
  }

  private static func padded(_ text: String, to width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? text + blanks : blanks + text
  }
}

extension BuddyLab.Input {
  /// The input as rows: the size of memory, and the calls in order.
  package var picture: [Picture.Row] {
    let memory = Picture.Row("memory", frames == 1 ? "1 frame" : "\(frames) frames")
    let rows = Picture.rows("calls", calls.map(\.words), most: callLines, unit: "calls")
    return calls.isEmpty ? [memory] : [memory] + rows
  }
}

extension BuddyLab.Operation {
  /// The call in few words.
  fileprivate var words: String {
    switch self {
    case .allocate(let order, let block): "\(letter(block)) = order \(order)"
    case .free(let block): "free \(letter(block))"
    case .freePart(let block, 0, let order): "free \(letter(block)) as order \(order)"
    case .freePart(let block, let offset, let order):
      "free \(letter(block))\(offset < 0 ? "" : "+")\(offset) as order \(order)"
    case .freeFrame(let frame, let order): "free frame \(frame) as order \(order)"
    }
  }
}
