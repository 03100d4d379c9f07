import Judging
import LabHarness
import LabKernel

/// Collects the calls of one case, and numbers its blocks.
package struct BuddyScript {
  private var frames: Int
  private var operations: [BuddyLab.Operation] = []
  /// How many blocks have been asked for.
  package private(set) var blocks = 0

  /// A case in a memory of `frames` frames, without calls so far.
  package init(frames: Int) { self.frames = frames }

  /// Asks for a block; returns its number.
  @discardableResult
  package mutating func allocate(_ order: Int) -> Int {
    operations.append(.allocate(order: order, block: blocks))
    blocks += 1
    return blocks - 1
  }

  /// Asks for `count` blocks of one order; returns their numbers.
  @discardableResult
  package mutating func allocate(_ order: Int, times count: Int) -> [Int] { (0..<count).map { _ in allocate(order) } }

  /// Gives blocks back, one after the other.
  package mutating func free(_ blocks: Int...) { free(blocks) }

  /// Gives blocks back, one after the other.
  package mutating func free(_ blocks: [Int]) { operations += blocks.map { .free(block: $0) } }

  /// Makes any other call.
  package mutating func call(_ operation: BuddyLab.Operation) { operations.append(operation) }

  /// The case so far.
  package var input: BuddyLab.Input { BuddyLab.Input(frames: frames, operations) }
}

extension BuddyLab.Input {
  /// Makes a case of the calls that `write` adds.
  package static func script(frames: Int, _ write: (inout BuddyScript) -> Void) -> BuddyLab.Input {
    var script = BuddyScript(frames: frames)
    write(&script)
    return script.input
  }
}

extension BuddyLab: SimplerCases {
  /// Returns smaller memories; powers of two first, because they make the simplest pictures.
  package static func simplerSetups(than frames: Int) -> [Int] {
    [1, 2, 4, 8, 16, 32, 64, 1024, 2048].filter { $0 < frames } + frames.smaller(downTo: 1)
  }

  /// Returns calls with smaller blocks, nearer to the start.
  package static func simplerCalls(than operation: Operation) -> [Operation] {
    switch operation {
    case .allocate(let order, let block):
      return order.smaller().map { .allocate(order: $0, block: block) }
    case .free:
      return []
    case .freePart(let block, let offset, let order):
      return [.free(block: block)] + offset.smaller().map { .freePart(block: block, offset: $0, order: order) }
        + order.smaller().map { .freePart(block: block, offset: offset, order: $0) }
    case .freeFrame(let frame, let order):
      return frame.smaller().map { .freeFrame($0, order: order) } + order.smaller().map { .freeFrame(frame, order: $0) }
    }
  }

  /// Numbers the blocks in the order in which they are asked for.
  package static func renamed(_ input: Input) -> [Input] {
    var numbers: [Int: Int] = [:]
    let operations = input.calls.map { operation -> Operation in
      switch operation {
      case .allocate(let order, let block):
        numbers[block] = numbers.count
        return .allocate(order: order, block: numbers.count - 1)
      case .free(let block):
        return .free(block: numbers[block] ?? block)
      case .freePart(let block, let offset, let order):
        return .freePart(block: numbers[block] ?? block, offset: offset, order: order)
      case .freeFrame:
        return operation
      }
    }
    return operations == input.calls ? [] : [Input(frames: input.frames, operations)]
  }
}
