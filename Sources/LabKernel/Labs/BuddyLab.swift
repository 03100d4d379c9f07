/// The buddy lab: a memory of some size, and a list of calls to its page allocator.
public enum BuddyLab: Lab {
  /// Any page allocator.
  public typealias Component = any PageAllocator.Type

  /// The name of the lab.
  public static let slug = "buddy"

  /// One memory and the calls to make, in order.
  public struct Input: Sendable, Equatable {
    /// The size of memory.
    public var frames: Int
    /// What is asked of the allocator.
    public var operations: [Operation]

    /// A memory of `frames` frames and what is asked of its allocator.
    public init(frames: Int, _ operations: [Operation]) {
      self.frames = frames
      self.operations = operations
    }
  }

  /// One call to the allocator.
  ///
  /// Blocks have numbers of the input's own choice, drawn as letters: 0 is A.
  public enum Operation: Sendable, Equatable {
    /// Asks for a block, to be known by its number from here on.
    case allocate(order: Int, block: Int)
    /// Gives a block back, as it was handed out; done again it is a double free. Skipped for a block that never was.
    case free(block: Int)
    /// Gives back `2^order` frames that begin `offset` frames after the start of a block. Skipped in the same way.
    case freePart(block: Int, offset: Int, order: Int)
    /// Gives back `2^order` frames at a place of the input's choice.
    case freeFrame(Int, order: Int)
  }

  /// All that the allocator answered.
  public struct Output: Sendable, Equatable {
    /// The free blocks of each order before the first call.
    public var start: [Int]
    /// The answer to each operation.
    public var steps: [Step]

    /// The answers to all operations.
    public init(start: [Int], steps: [Step]) {
      self.start = start
      self.steps = steps
    }
  }

  /// The answer to one operation, and the state after it.
  public struct Step: Sendable, Equatable {
    /// What the call returned or threw.
    public var answer: Answer
    /// The free blocks of each order afterwards.
    public var freeBlocks: [Int]

    /// The answer to one operation.
    public init(_ answer: Answer, freeBlocks: [Int]) {
      self.answer = answer
      self.freeBlocks = freeBlocks
    }
  }

  /// What one call returned or threw.
  public enum Answer: Sendable, Equatable {
    /// `allocate` returned a block that begins at this frame.
    case block(Int)
    /// `allocate` returned nil.
    case noBlock
    /// `free` returned.
    case freed
    /// `free` threw.
    case refused(FreeError)
    /// No call was made: the operation speaks of a block that was never handed out.
    case skipped
  }

  /// Makes the calls, one after the other.
  public static func run(_ component: any PageAllocator.Type, on input: Input, calls: any CallLog) -> Output {
    calls.willCall("init(frames: \(input.frames))")
    var session = Session(allocator: component.init(frames: input.frames), calls: calls)
    let start = session.freeBlocks()
    return Output(start: start, steps: input.operations.map { session.perform($0) })
  }
}

/// As many counts are kept as there are orders, and one more so that one too many can be seen.
private let keptCounts = maximumPageOrder + 2

/// One allocator at work, and where the blocks of the input are.
private struct Session {
  var allocator: any PageAllocator
  var calls: any CallLog
  /// Where each block that was handed out begins and what order it has; looked up, never iterated.
  private var blocks: [Int: (frame: Int, order: Int)] = [:]

  init(allocator: any PageAllocator, calls: any CallLog) {
    self.allocator = allocator
    self.calls = calls
  }

  mutating func perform(_ operation: BuddyLab.Operation) -> BuddyLab.Step {
    let answer = call(operation)
    return BuddyLab.Step(answer, freeBlocks: freeBlocks())
  }

  func freeBlocks() -> [Int] {
    calls.willCall("freeBlocks")
    return Array(allocator.freeBlocks.prefix(keptCounts))
  }

  private mutating func call(_ operation: BuddyLab.Operation) -> BuddyLab.Answer {
    switch operation {
    case .allocate(let order, let block):
      return allocate(order: order, block: block)
    case .free(let block):
      guard let held = blocks[block] else { return .skipped }
      return free(held.frame, order: held.order)
    case .freePart(let block, let offset, let order):
      guard let held = blocks[block] else { return .skipped }
      return free(held.frame &+ offset, order: order)
    case .freeFrame(let frame, let order):
      return free(frame, order: order)
    }
  }

  private mutating func allocate(order: Int, block: Int) -> BuddyLab.Answer {
    calls.willCall("allocate(order: \(order))")
    guard let frame = allocator.allocate(order: order) else { return .noBlock }
    blocks[block] = (frame.raw, order)
    return .block(frame.raw)
  }

  private mutating func free(_ frame: Int, order: Int) -> BuddyLab.Answer {
    calls.willCall("free(FrameNumber(\(frame)), order: \(order))")
    do throws(FreeError) {
      try allocator.free(FrameNumber(frame), order: order)
      return .freed
    } catch {
      return .refused(error)
    }
  }
}
