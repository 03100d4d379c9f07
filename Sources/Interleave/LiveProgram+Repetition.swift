// Luck in a code shows when it is run again. The search does that here and there, when it needs a code at a place where
// none stands; whether it does so where luck would show must not be luck itself.

/// What lies about in memory, so that whatever a code makes lies elsewhere each time.
///
/// The addresses of a program are the same in each of its runs. Code that orders objects by them, or that hashes them,
/// does the same each time on one machine and something else on another.
struct Ballast {
  private var held: [UnsafeMutableRawPointer] = []
  private var round = 0

  /// The sizes of what codes make, in steps of the allocator.
  private static let sizes = stride(from: 16, through: 256, by: 16)
  /// So many pieces of a size are given back, so that the allocator hands them out again, the last one first.
  private static let pieces = 12

  /// Shifts what is free: in even rounds the next objects lie one above the other, in odd rounds one below.
  mutating func shift() {
    round += 1
    for size in Self.sizes {
      var pieces = (0..<Self.pieces + round % 5).map { _ in
        UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      }
      held.append(pieces.removeLast())
      pieces.sort()
      if round.isMultiple(of: 2) { pieces.reverse() }
      // A piece in the middle stays, another one each time.
      held.append(pieces.remove(at: round % pieces.count))
      for piece in pieces { piece.deallocate() }
    }
  }

  /// Gives everything back.
  mutating func drop() {
    for piece in held { piece.deallocate() }
    held = []
  }
}

extension LiveProgram {
  /// Runs each code again and again along what is known of it, among objects that lie elsewhere; notes where it strays.
  ///
  /// - Complexity: O(codes x `Limits.repetitions` x depth).
  func repeatCodes() {
    var ballast = Ballast()
    defer { ballast.drop() }
    let codes = unfolding.codesOfNodes
    var leaves = Array(repeating: [Int](), count: unfolding.roots.count)
    for node in unfolding.nodes.indices where unfolding.nodes[node].firstChild < 0 {
      // Where it breaks off costs time, and prints what has been printed before.
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
