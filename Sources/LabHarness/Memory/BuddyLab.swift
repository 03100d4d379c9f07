public import LabKernel

/// The buddy lab: a memory of some size, and a list of calls to its page allocator.
public enum BuddyLab: CallLab {
  /// Any page allocator.
  public typealias Component = any PageAllocator.Type
  /// A memory of this many frames, and the calls to make, in order.
  public typealias Input = Calls<Int, Operation>
  /// The free blocks of each order before the first call, and the answer to each call.
  public typealias Output = Replies<[Int], Reply>

  /// One call to the allocator.
  ///
  /// Blocks have numbers of the input's own choice, drawn as letters: 0 is A.
  public enum Operation: Codable, Sendable, Equatable {
    /// Asks for a block, which has this number from here on.
    case allocate(order: Int, block: Int)
    /// Gives a block back as it was handed out; the second time, this is a double free. Skipped for a block that was
    /// never handed out.
    case free(block: Int)
    /// Gives back `2^order` frames that begin `offset` frames after the start of a block. Skipped in the same way.
    case freePart(block: Int, offset: Int, order: Int)
    /// Gives back `2^order` frames at a place of the input's choice.
    case freeFrame(Int, order: Int)
  }

  /// The answer to one operation, and the state after it.
  public struct Reply: Codable, Sendable, Equatable {
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
  public enum Answer: Codable, Sendable, Equatable {
    /// `allocate` returned a block that begins at this frame.
    case block(Int)
    /// `allocate` returned nil.
    case noBlock
    /// `free` returned.
    case freed
    /// `free` threw.
    case refused(FreeError)
    /// No call was made: the operation names a block that was never handed out.
    case skipped
  }

  /// One allocator at work, and where the blocks of the input are.
  public struct Session: CallSession {
    /// The free blocks of each order before the first call.
    public private(set) var summary: [Int] = []
    private var allocator: any PageAllocator
    private let log: any CallLog
    /// Where each block that was handed out begins and what order it has; looked up, never iterated.
    private var blocks: [Int: (frame: Int, order: Int)] = [:]
    /// As many counts as there are orders are kept, and one more so that a surplus can be seen.
    private static let keptCounts = maximumPageOrder + 2

    /// A fresh allocator.
    public init(_ component: Component, _ input: Input, _ log: any CallLog) {
      log.willCall("init(frames: \(input.setup))")
      allocator = component.init(frames: input.setup)
      self.log = log
      summary = freeBlocks()
    }

    /// Makes one call, and looks at the free blocks.
    public mutating func take(_ operation: Operation, at place: Int) -> [Reply] {
      [Reply(answer(to: operation), freeBlocks: freeBlocks())]
    }

    private func freeBlocks() -> [Int] {
      log.willCall("freeBlocks")
      return Array(allocator.freeBlocks.prefix(Self.keptCounts))
    }

    private mutating func answer(to operation: Operation) -> Answer {
      switch operation {
      case .allocate(let order, let block): return allocate(order: order, block: block)
      case .free(let block):
        guard let held = blocks[block] else { return .skipped }
        return free(held.frame, order: held.order)
      case .freePart(let block, let offset, let order):
        guard let held = blocks[block] else { return .skipped }
        return free(held.frame &+ offset, order: order)
      case .freeFrame(let frame, let order): return free(frame, order: order)
      }
    }

    private mutating func allocate(order: Int, block: Int) -> Answer {
      log.willCall("allocate(order: \(order))")
      guard let frame = allocator.allocate(order: order) else { return .noBlock }
      blocks[block] = (frame.raw, order)
      return .block(frame.raw)
    }

    private mutating func free(_ frame: Int, order: Int) -> Answer {
      log.willCall("free(FrameNumber(\(frame)), order: \(order))")
      do throws(FreeError) {
        try allocator.free(FrameNumber(frame), order: order)
        return .freed
      } catch {
        return .refused(error)
      }
    }
  }
}

extension BuddyLab.Input {
  /// A memory of `frames` frames and the calls to its allocator.
  public init(frames: Int, _ operations: [BuddyLab.Operation]) { self.init(frames, operations) }
  /// The size of memory.
  public var frames: Int { setup }
}
