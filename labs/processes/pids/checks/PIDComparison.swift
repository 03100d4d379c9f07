import Judging
import LabHarness
import LabKernel

/// Compares the pids that were given with those that had to be given.
package struct PIDComparison {
  private let book: PIDBook
  /// The namespaces, from the innermost to the outermost.
  private let chain: [Int]
  private let right: GivenPIDs
  private let given: GivenPIDs

  /// A comparison of pids that were allocated in a namespace.
  package init(_ book: PIDBook, _ name: Int, _ right: GivenPIDs, _ given: GivenPIDs) {
    (self.book, self.right, self.given) = (book, right, given)
    chain = book.census.chain(from: name)
  }

  /// The first difference.
  package var finding: Finding? {
    let (expected, actual) = (right.numbers.map(\.numbers), given.numbers.map(\.numbers))
    let common = min(right.count, given.count)
    // The first pid that has another number, and the outermost namespace in which it has.
    let first = (0..<common).first { index in chain.indices.contains { expected[$0][index] != actual[$0][index] } }
    if let index = first {
      let (wanted, got) = (expected.map { $0[index] }, actual.map { $0[index] })
      let level = chain.indices.last { wanted[$0] != got[$0] } ?? 0
      return wrongNumber(wanted, got, level, isFirst: index == 0)
    }
    guard right.error != given.error || right.count != given.count else { return nil }
    return wrongEnd
  }

  private func wrongNumber(_ wanted: [Int], _ got: [Int], _ level: Int, isFirst: Bool) -> Finding {
    let place = chain[level]
    let (number, other) = (wanted[level], got[level])
    let rule: String =
      if other == 0 {
        "levels"
      } else if isFirst, book.failed.contains(place) {
        number == 1 ? "restart" : "failure"
      } else if isFirst, let last = book.last[place], number < last {
        "wrap"
      } else if !isFirst, number <= reservedPIDs {
        "cursor"
      } else {
        isFirst && book.last[place] == nil ? "new-namespace" : "next"
      }
    return Finding(
      "the next number in n\(place) is \(number)" + (other == 0 ? ", but the pid has none there" : ", not \(other)")
        + reason(rule, number, in: place),
      picture: .numbers(book, chain, wanted, got, note: "number in n\(place)"), rule: rule)
  }

  /// Why it is that number, if the numbers before do not say so.
  private func reason(_ rule: String, _ number: Int, in place: Int) -> String {
    switch rule {
    case "restart": ": after a call that threw, a namespace without a number in use begins again"
    case "failure" where number > (book.last[place] ?? 0) + 1: ": a call that threw has moved the cursor"
    case "wrap": ": after the last number, the search continues at \(reservedPIDs)"
    case _: ""
    }
  }

  private var wrongEnd: Finding {
    let name = chain.first ?? 0
    let (expected, actual) = (words(right), words(given))
    let rule = right.error == .EAGAIN || given.error == .EAGAIN ? "full" : "closed"
    let why =
      switch right.error {
      case .EAGAIN: "a namespace has no number left"
      case .ENOMEM: "n\(name) is closed, and has numbers left"
      case _: "n\(name) is open, and each namespace has a number left"
      }
    return Finding(
      "allocate in n\(name) must end in another way: \(why)",
      picture: Picture(expected: expected, actual: actual), rule: rule)
  }

  private func words(_ pids: GivenPIDs) -> String {
    let count = pids.count == 1 ? "1 pid" : "\(pids.count) pids"
    return pids.error.map { pids.count == 0 ? "\($0)" : "\(count), then \($0)" } ?? count
  }
}
