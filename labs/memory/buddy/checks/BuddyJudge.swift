import Judging
import LabHarness
import LabKernel

/// Rules of the contract that a check may ask for in addition to those that every check asks for.
///
/// Always asked for: a block that is handed out exists, is aligned and was free; nil is returned only if no free block
/// is large enough; a block in use can be freed; nothing else can.
package struct BuddyRules: OptionSet, Sendable {
  /// One bit per rule.
  package let rawValue: Int
  /// A set of rules from its bits.
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// The free blocks are right before the first call.
  package static let countsAtStart = BuddyRules(rawValue: 1)
  /// The free blocks are right after `allocate`.
  package static let countsAfterAllocate = BuddyRules(rawValue: 2)
  /// The free blocks are right after a block was freed.
  package static let countsAfterFree = BuddyRules(rawValue: 4)
  /// The free blocks are unchanged after `free` threw.
  package static let countsAfterRefusal = BuddyRules(rawValue: 8)
  /// Blocks are cut from free blocks of the smallest order that suffices.
  package static let smallestOrder = BuddyRules(rawValue: 16)
  /// `free` throws the right one of the two errors.
  package static let kindOfError = BuddyRules(rawValue: 32)
  /// The whole contract.
  package static let all = BuddyRules(rawValue: 63)
}

/// Follows one run of an allocator, call by call, and finds the first call that breaks a rule.
package struct BuddyJudge {
  private let rules: BuddyRules
  private var model: BuddyModel
  /// The free blocks as they were reported last.
  private var toldBefore: [Int]

  /// Returns the first thing that is wrong with an output, or nil.
  package static func judge(_ input: BuddyLab.Input, _ output: BuddyLab.Output, by rules: BuddyRules) -> Finding? {
    guard output.replies.count == input.calls.count else {
      return Finding("\(input.calls.count) calls were made, but \(output.replies.count) answers came back")
    }
    var judge = BuddyJudge(rules: rules, model: BuddyModel(frames: input.frames), toldBefore: output.summary)
    if rules.contains(.countsAtStart), let finding = judge.countsFinding(output.summary, "at the start", rule: "boot") {
      return finding
    }
    for (operation, step) in zip(input.calls, output.replies) {
      if let finding = judge.follow(operation, step) { return finding }
      judge.toldBefore = step.freeBlocks
    }
    return nil
  }

  private mutating func follow(_ operation: BuddyLab.Operation, _ step: BuddyLab.Reply) -> Finding? {
    switch operation {
    case .allocate(let order, let number):
      return followAllocate(order, number, step)
    case .free(let number):
      guard let block = model.place(of: number) else { return skipFinding(step) }
      return followFree(block, step)
    case .freePart(let number, let offset, let order):
      guard let block = model.place(of: number) else { return skipFinding(step) }
      return followFree(Block(start: block.start &+ offset, order: order), step)
    case .freeFrame(let start, let order):
      return followFree(Block(start: start, order: order), step)
    }
  }

  private func skipFinding(_ step: BuddyLab.Reply) -> Finding? {
    step.answer == .skipped ? nil : strayFinding("no call, as the block was never handed out", step)
  }

  /// Reports an answer that no call of this kind has.
  private func strayFinding(_ call: String, _ step: BuddyLab.Reply) -> Finding {
    Finding("\(call) was made, but the answer is \(step.answer.words)")
  }
}

// What `allocate` must do.
extension BuddyJudge {
  private mutating func followAllocate(_ order: Int, _ number: Int, _ step: BuddyLab.Reply) -> Finding? {
    switch step.answer {
    case .block(let start):
      let block = Block(start: start, order: order)
      if let finding = placeFinding(block, number) { return finding }
      if rules.contains(.smallestOrder), let finding = smallestFinding(block, number) { return finding }
      model.use(block, as: number)
      guard rules.contains(.countsAfterAllocate) else { return nil }
      return countsFinding(
        step.freeBlocks, "after block \(letter(number)) of order \(order) was handed out", rule: "halving")
    case .noBlock:
      if let finding = nothingFinding(order) { return finding }
      guard rules.contains(.countsAfterAllocate) else { return nil }
      return countsFinding(step.freeBlocks, "after no block of order \(order) was left", rule: "counts")
    case .freed, .refused, .skipped:
      return strayFinding("allocate(order: \(order))", step)
    }
  }

  private func placeFinding(_ block: Block, _ number: Int) -> Finding? {
    let name = "block \(letter(number)) of order \(block.order)"
    guard block.start >= 0, block.start <= model.frames - block.size else {
      return Finding(
        "\(name) was handed out at frame \(block.start), outside memory: there are \(model.frames) frames",
        picture: .memory(model, around: model.frames - 1), rule: "sound")
    }
    guard block.exists(inMemoryOf: model.frames) else {
      return Finding(
        "\(name) was handed out at frame \(block.start), which is no multiple of \(block.size)",
        picture: .memory(model, placing: block, as: number, note: "not aligned"), rule: "sound")
    }
    guard let taken = block.frames.first(where: { model.owners[$0] != nil }), let owner = model.owners[taken] else {
      return nil
    }
    return Finding(
      "frame \(taken) was handed out twice: as part of block \(letter(number)) while block \(letter(owner)) is in use",
      picture: .memory(model, placing: block, as: number, markedAt: taken, note: "belongs to \(letter(owner))"),
      rule: "sound")
  }

  private func smallestFinding(_ block: Block, _ number: Int) -> Finding? {
    let counts = model.freeBlocks
    guard let smallest = (block.order...maximumPageOrder).first(where: { counts[$0] > 0 }),
      let cut = model.freeOrder(around: block.start), cut > smallest
    else { return nil }
    let what = "block \(letter(number)) of order \(block.order) was cut from a free block of order \(cut)"
    return Finding(
      "\(what), though a block of order \(smallest) is free",
      picture: .memory(model, placing: block, as: number, note: "cut from order \(cut)"), rule: "smallest")
  }

  private func nothingFinding(_ order: Int) -> Finding? {
    let size = 1 << order
    let starts = stride(from: 0, to: model.frames, by: size)
    guard let start = starts.first(where: { model.isFree(Block(start: $0, order: order)) }) else { return nil }
    let place = size == 1 ? "frame \(start) is free" : "frames \(start)-\(start + size - 1) are free"
    return Finding(
      "no block of order \(order) was found, though \(place)",
      picture: .memory(model, around: start, note: "free"), rule: "nil")
  }
}

// What `free` must do.
extension BuddyJudge {
  private mutating func followFree(_ block: Block, _ step: BuddyLab.Reply) -> Finding? {
    switch step.answer {
    case .freed:
      guard model.isInUse(block) else { return acceptedFinding(block) }
      model.release(block)
      guard rules.contains(.countsAfterFree) else { return nil }
      return countsFinding(step.freeBlocks, "after \(describe(block)) was freed", rule: "joining")
    case .refused(let error):
      return refusalFinding(block, error, step)
    case .block, .noBlock, .skipped:
      return strayFinding("free() of \(describe(block))", step)
    }
  }

  private func acceptedFinding(_ block: Block) -> Finding {
    let double = model.isFree(block)
    return Finding(
      "\(describe(block)) was taken back, though \(double ? "it is free already" : "no such block is in use")",
      picture: .memory(model, around: block.start, note: double ? "free already" : "freed here"),
      rule: double ? "double-free" : "foreign-free")
  }

  private func refusalFinding(_ block: Block, _ error: FreeError, _ step: BuddyLab.Reply) -> Finding? {
    let picture = Picture.memory(model, around: block.start, note: "freed here")
    guard !model.isInUse(block) else {
      return Finding(
        "\(describe(block)) is in use, but free() threw .\(error.rawValue)", picture: picture, rule: "in-use")
    }
    let expected: FreeError = model.isFree(block) ? .doubleFree : .foreignFree
    if rules.contains(.kindOfError), error != expected {
      let why = expected == .doubleFree ? "it is free already" : "it is not a free block, and no such block is in use"
      return Finding(
        "freeing \(describe(block)) must throw .\(expected.rawValue) (\(why)), but threw .\(error.rawValue)",
        picture: picture, rule: expected == .doubleFree ? "double-free" : "foreign-free")
    }
    guard rules.contains(.countsAfterRefusal) else { return nil }
    guard step.freeBlocks != toldBefore else { return nil }
    return Finding(
      "free() refused \(describe(block)), but the free blocks are not the same as before",
      picture: .counts(model, expected: toldBefore, actual: step.freeBlocks), rule: "unchanged")
  }

  private func describe(_ block: Block) -> String { "the block of order \(block.order) at frame \(block.start)" }

  /// Reports free blocks that do not follow from the frames in use.
  private func countsFinding(_ actual: [Int], _ moment: String, rule: String) -> Finding? {
    let expected = model.freeBlocks
    guard actual != expected else { return nil }
    guard actual.count == expected.count else {
      return Finding(
        "freeBlocks has \(actual.count) numbers \(moment); there are \(expected.count) orders",
        rule: "counts")
    }
    return Finding(
      "the free blocks are wrong \(moment)", picture: .counts(model, expected: expected, actual: actual),
      rule: rule)
  }
}

extension BuddyLab.Answer {
  /// The answer in few words.
  fileprivate var words: String {
    switch self {
    case .block(let frame): "a block at frame \(frame)"
    case .noBlock: "nil"
    case .freed: "that a block was freed"
    case .refused(let error): "an error, .\(error.rawValue)"
    case .skipped: "that no call was made"
    }
  }
}
