internal import Interleave

/// What the CPUs of a scene tell each other without what is under test: one CPU says a number, and others wait for it.
///
/// A few words carry all numbers, because a scenario has few locations: the numbers of a word are said in ascending
/// order.
struct Signals {
  /// Each holds how many of its numbers have been said.
  let words: [Atomic]

  /// No number has been said.
  init(words count: Int) { words = (0..<count).map { _ in Atomic(0) } }

  /// Says a number.
  func give(_ number: Int) { words[number % words.count].store(number / words.count + 1, ordering: .releasing) }

  /// Waits until a number has been said.
  func await(_ number: Int) {
    let round = number / words.count
    words[number % words.count].spin(until: { $0 > round }, ordering: .acquiring)
  }
}
