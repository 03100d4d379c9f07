// A code that depends on luck shows it when it is run again. The search reruns codes here and there, when it needs one
// at a place where none stands; whether it does so where luck would show must not itself depend on luck.

/// Objects scattered in memory, so that whatever a code allocates has a different address each time.
///
/// The addresses of a program are the same in each run. Code that orders objects by address, or hashes addresses,
/// does the same each time on one machine and something different on another.
struct Ballast {
  private var held: [UnsafeMutableRawPointer] = []
  private var round = 0

  /// The sizes of objects that codes make, in steps of the allocator.
  private static let sizes = stride(from: 16, through: 256, by: 16)
  /// How many pieces of each size are freed, so that the allocator hands them out again, last one first.
  private static let pieces = 12

  /// Shifts what is free: in even rounds the next objects ascend in memory, in odd rounds they descend.
  mutating func shift() {
    round += 1
    for size in Self.sizes {
      var pieces = (0..<Self.pieces + round % 5).map { _ in
        UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      }
      held.append(pieces.removeLast())
      pieces.sort()
      if round.isMultiple(of: 2) { pieces.reverse() }
      // A piece in the middle stays allocated, a different one each time.
      held.append(pieces.remove(at: round % pieces.count))
      for piece in pieces { piece.deallocate() }
    }
  }

  /// Frees everything.
  mutating func drop() {
    for piece in held { piece.deallocate() }
    held = []
  }
}

extension LiveProgram {
  /// Reruns each code along its known paths, among objects at other addresses, and notes where it strays.
  ///
  /// - Complexity: O(codes x `Limits.repetitions` x depth).
  func repeatCodes() {
    var ballast = Ballast()
    defer { ballast.drop() }
    let codes = unfolding.codesOfNodes
    var leaves = Array(repeating: [Int](), count: unfolding.roots.count)
    for node in unfolding.nodes.indices where unfolding.nodes[node].firstChild < 0 {
      // Reaching a place where it is cut short costs time and prints again what was printed before.
      let end = unfolding.nodes[node].operation.kind == .trap ? unfolding.nodes[node].parent : node
      if end >= 0 { leaves[codes[node]].append(end) }
    }
    for (code, ends) in leaves.enumerated() where !ends.isEmpty {
      for repetition in 0..<Limits.repetitions {
        ballast.shift()
        let leaf = ends[repetition * ends.count / Limits.repetitions]
        guard takePosition(at: leaf, code: code, isFresh: true) else { return }
      }
    }
  }
}
