import ArgumentParser
import Desk
import LabKernel

/// `labs-cli pages`: makes calls to the page allocator, and draws memory after each.
struct Pages: ParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Make calls to the page allocator, and draw memory after each.",
    discussion: """
      A=2 takes a block of order 2 and calls it A; A gives it back. 5/1 gives back the block of order 1 at frame 5,
      whether there is one or not. At the right stand the numbers of free blocks, from order 0 on, as in
      /proc/buddyinfo.

        labs-cli pages 16 A=0 B=2 A
      """)

  @Argument(help: "How many frames of memory there are, at most \(Pages.maximumFrames).")
  var frames: Int

  @Argument(help: "The calls, in order.")
  var calls: [PageCall] = []

  @Flag(help: "Use the simplest allocator, to see what the real one is for.")
  var baseline = false

  /// What can be drawn in a line.
  static let maximumFrames = 40

  func validate() throws {
    guard (1...Pages.maximumFrames).contains(frames) else {
      throw ValidationError("expected 1 to \(Pages.maximumFrames) frames, found \(frames)")
    }
  }

  func run() throws {
    let components: Components = baseline ? .baseline : .best
    var map = PageMap(components.pageAllocator.init(frames: frames), frames: frames)
    var lines = map.heading + [map.line("start", note: "")]
    for call in calls {
      let note = try map.perform(call)
      lines.append(map.line(call.text, note: note))
    }
    Terminal.print(lines)
  }
}

/// One call to the allocator, as it is written on the command line.
struct PageCall: ExpressibleByArgument {
  /// What is called.
  enum Kind: Equatable {
    case allocate(Character, order: Int)
    case free(Character)
    case freeFrame(Int, order: Int)
  }

  let kind: Kind
  let text: String

  init?(argument: String) {
    text = argument
    let name = argument.first { $0.isASCII && $0.isLetter && argument.first == $0 }
    if let name, argument.count == 1 {
      kind = .free(name)
    } else if let name, argument.dropFirst().first == "=", let order = Int(argument.dropFirst(2)),
      (0...maximumPageOrder).contains(order)
    {
      kind = .allocate(name, order: order)
    } else {
      let parts = argument.split(separator: "/").map { Int($0) }
      guard parts.count == 2, let frame = parts[0], let order = parts[1] else { return nil }
      kind = .freeFrame(frame, order: order)
    }
  }
}

/// An allocator, and who has which frame.
private struct PageMap {
  private var allocator: any PageAllocator
  private var owners: [Character]
  private var blocks: [Character: (frame: FrameNumber, order: Int)] = [:]

  init(_ allocator: any PageAllocator, frames: Int) {
    self.allocator = allocator
    owners = Array(repeating: ".", count: frames)
  }

  /// The numbers of frames, and the orders.
  var heading: [String] {
    let marks = stride(from: 0, to: owners.count, by: 8).map { String($0).padding(to: 8) }.joined()
    let ruler = String(marks.prefix(max(owners.count, 2))).padding(to: owners.count)
    return ["call      " + ruler + "  " + orders.map(String.init).joined(separator: " ") + "  <- order"]
  }

  /// The orders of the blocks that fit into this memory.
  private var orders: ClosedRange<Int> {
    0...min(maximumPageOrder, Int.bitWidth - 1 - owners.count.leadingZeroBitCount)
  }

  /// Memory as it is now, behind the call that made it so.
  func line(_ call: String, note: String) -> String {
    let counts = orders.map { allocator.freeBlocks[$0] }.map { $0 == 0 ? "." : String($0) }.joined(separator: " ")
    return call.padding(to: 10) + String(owners) + "  " + counts + (note.isEmpty ? "" : "  \(note)")
  }

  /// Makes a call; returns what is to be said about its answer.
  mutating func perform(_ call: PageCall) throws -> String {
    switch call.kind {
    case .allocate(let name, let order):
      guard !owners.contains(name) else { throw Refusal("\(call.text): \(name) is in use", .usage) }
      guard let frame = allocator.allocate(order: order) else { return "no block" }
      blocks[name] = (frame, order)
      draw(name, frame.raw, order)
      return ""
    case .free(let name):
      guard let block = blocks[name] else { throw Refusal("\(call.text): nothing was called \(name)", .usage) }
      return free(block.frame, block.order)
    case .freeFrame(let frame, let order):
      return free(FrameNumber(frame), order)
    }
  }

  private mutating func free(_ frame: FrameNumber, _ order: Int) -> String {
    do throws(FreeError) {
      try allocator.free(frame, order: order)
    } catch {
      return error == .doubleFree ? "double free" : "foreign free"
    }
    draw(".", frame.raw, order)
    return ""
  }

  private mutating func draw(_ name: Character, _ frame: Int, _ order: Int) {
    for place in frame..<frame + (1 << order) { owners[place] = name }
  }
}
