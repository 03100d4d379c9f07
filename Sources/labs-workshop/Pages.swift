import ArgumentParser
import Desk
import Grader
import LabHarness
import LabKernel

/// `labs-cli pages`: makes calls to the page allocator, and draws memory after each.
struct Pages: AsyncParsableCommand {
  /// Name and help.
  static let configuration = CommandConfiguration(
    abstract: "Make calls to the page allocator, and draw memory after each.",
    discussion: """
      A=2 allocates a block of order 2 and calls it A; A frees it. 5/1 frees the block of order 1 at frame 5,
      whether there is one or not. On the right are the numbers of free blocks, from order 0 up, as in
      /proc/buddyinfo.

        labs-cli pages 16 A=0 B=2 A
        labs-cli pages 16 A=0 B=2 A --mine
      """)

  @Argument(help: "The number of frames in memory, at most \(Pages.maximumFrames).")
  var frames: Int

  @Argument(help: "The calls, in order.")
  var calls: [PageCall] = []

  @Flag(help: "Use the simplest allocator, to see what the real one is for.")
  var baseline = false

  @Flag(help: "Use your own allocator, from the lab buddy.")
  var mine = false

  @Option(help: ArgumentHelp("For --mine: bubblewrap, or none for your own code on your machine.", valueName: "tier"))
  var sandbox = SandboxChoice.bubblewrap

  @OptionGroup
  var book: BookOption

  /// The lab about the allocator.
  static let lab = "buddy"
  /// The most frames that can be drawn on a line.
  static let maximumFrames = 40

  func validate() throws {
    guard (1...Pages.maximumFrames).contains(frames) else {
      throw ValidationError("expected 1 to \(Pages.maximumFrames) frames, found \(frames)")
    }
    guard !mine || !baseline else { throw ValidationError("--mine and --baseline are two allocators: choose one") }
  }

  func run() async throws {
    let input = BuddyLab.Input(frames: frames, calls.map(\.operation))
    guard mine else {
      let owner = try book.rootIfAny()?.bestOwner ?? Components.bestOwner
      let components: Components = baseline || owner == .baseline ? .baseline : .best
      let output = BuddyLab.run(components.memory.pageAllocator, on: input, calls: SilentCallLog())
      return try show(output, isUnasked: !baseline && owner == .baseline)
    }
    let parts = try KernelParts(book.root(), mine: [Pages.lab], baseline: nil)
    switch try await KernelTrial(parts, sandbox: sandbox, command: command).run(BuddyLab.self, input) {
    case .finished(let output, let printed): try show(output, printed: printed)
    case .failed(let failure): throw try failure.told(asJSON: false)
    }
  }

  private func show(_ output: BuddyLab.Output, isUnasked: Bool = false, printed: String = "") throws {
    var map = PageMap(frames: frames, freeBlocks: output.summary)
    var lines = mine ? ["\(Pages.lab): yours"] : isUnasked ? ["\(Pages.lab): baseline"] : []
    lines += map.heading + [map.line("start", note: "")]
    for (call, step) in zip(calls, output.replies) {
      let note = try map.note(call, step)
      lines.append(map.line(call.text, note: note))
    }
    guard output.replies.count == calls.count else {
      throw Refusal("the allocator did not give one answer for each call", .checksFailed)
    }
    if isUnasked { lines += ["", "with your own: labs-cli \(command) --mine"] }
    Terminal.print(lines + TrialFailure.printed(printed))
  }

  private var command: String { (["pages", "\(frames)"] + calls.map(\.text)).joined(separator: " ") }
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

extension PageCall {
  /// The call as the lab makes it: the block of a letter has the letter's number.
  fileprivate var operation: BuddyLab.Operation {
    switch kind {
    case .allocate(let name, let order): .allocate(order: order, block: PageCall.block(name))
    case .free(let name): .free(block: PageCall.block(name))
    case .freeFrame(let frame, let order): .freeFrame(frame, order: order)
    }
  }

  private static func block(_ name: Character) -> Int { Int(name.asciiValue ?? 0) }
}

/// Which block has which frame, as far as an allocator's answers show.
private struct PageMap {
  private var owners: [Character]
  private var freeBlocks: [Int]
  private var blocks: [Character: (frame: Int, order: Int)] = [:]

  init(frames: Int, freeBlocks: [Int]) {
    owners = Array(repeating: ".", count: frames)
    self.freeBlocks = freeBlocks
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

  /// Draws memory as it is now, after the call that made it so; `?` for a count that the allocator does not report.
  func line(_ call: String, note: String) -> String {
    let counts = orders.map { order in
      guard freeBlocks.indices.contains(order) else { return "?" }
      return freeBlocks[order] == 0 ? "." : String(freeBlocks[order])
    }
    return call.padding(to: 10) + String(owners) + "  " + counts.joined(separator: " ")
      + (note.isEmpty ? "" : "  \(note)")
  }

  /// Draws the answer to a call; returns what to say about it.
  mutating func note(_ call: PageCall, _ step: BuddyLab.Reply) throws -> String {
    freeBlocks = step.freeBlocks
    switch call.kind {
    case .allocate(let name, let order):
      guard !owners.contains(name) else { throw Refusal("\(call.text): \(name) is in use", .usage) }
      guard case .block(let frame) = step.answer else { return "no block" }
      blocks[name] = (frame, order)
      return draw(name, frame, order)
    case .free(let name):
      guard let block = blocks[name] else { throw Refusal("\(call.text): there is no block \(name)", .usage) }
      return free(block.frame, block.order, step.answer)
    case .freeFrame(let frame, let order): return free(frame, order, step.answer)
    }
  }

  private mutating func free(_ frame: Int, _ order: Int, _ answer: BuddyLab.Answer) -> String {
    if case .refused(let error) = answer { return error == .doubleFree ? "double free" : "foreign free" }
    return draw(".", frame, order)
  }

  /// Fills the frames of a block; returns what to say if there are no such frames.
  private mutating func draw(_ name: Character, _ frame: Int, _ order: Int) -> String {
    guard (0...maximumPageOrder).contains(order), owners.indices.contains(frame),
      frame + (1 << order) <= owners.count
    else { return "no such frames: \(frame)/\(order)" }
    for place in frame..<frame + (1 << order) { owners[place] = name }
    return ""
  }
}
