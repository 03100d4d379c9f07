/// A task's memory, a row in the kernel's table of address spaces.
package struct AddressSpaceID: Sendable, Hashable {
  /// The row; -1 for no memory.
  package var raw: Int32
  /// The task has no memory of its own.
  package static let none = AddressSpaceID(raw: -1)
}

/// The words that a script loads and stores.
///
/// - Source: Linux, include/linux/mm_types.h, `struct mm_struct`.
/// - Simplified: a few words with no pages below them, copied whole by `fork`.
package struct AddressSpace: Sendable, Equatable {
  private var words: [Int]
  /// How many tasks share it.
  package var users = 1

  /// `count` words, all zero.
  package init(words count: Int) { words = Array(repeating: 0, count: count) }

  /// A word, or nil where there is none; setting where there is none does nothing.
  package subscript(_ address: Int) -> Int? {
    get { words.indices.contains(address) ? words[address] : nil }
    set {
      guard let newValue, words.indices.contains(address) else { return }
      words[address] = newValue
    }
  }
}
