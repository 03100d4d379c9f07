import Judging
import LabHarness
import LabKernel

/// Follows one run of an allocator, call by call, and finds the first call that breaks a rule.
///
/// Alone it knows what follows from the answers before: which numbers are in use, and for which pid. Which number comes
/// next it is told.
package struct PIDJudge {
  /// What the allocator has said so far.
  package var book: PIDBook

  /// Returns the first thing that is wrong with an output, or nil.
  ///
  /// - Parameter expected: the right answers to some calls, by their places.
  package static func judge(
    _ input: PIDLab.Input, _ output: PIDLab.Output, expecting expected: [Int: PIDAnswer] = [:]
  ) -> Finding? {
    guard output.replies.count == input.calls.count else {
      return Finding("\(input.calls.count) calls were made, but \(output.replies.count) answers came back")
    }
    var judge = PIDJudge(book: PIDBook(limit: input.setup))
    for (place, (call, reply)) in zip(input.calls, output.replies).enumerated() {
      if let finding = judge.follow(call, reply, expected[place]) { return finding }
    }
    return nil
  }

  private mutating func follow(_ call: PIDLab.Operation, _ reply: PIDLab.Reply, _ expected: PIDAnswer?) -> Finding? {
    guard book.census.allows(call) else { return reply.answer == .skipped ? nil : stray(call, reply.answer) }
    let finding: Finding? =
      switch (call, reply.answer) {
      case (.makeNamespace(let name, let parent), .namespaces(let new)): made([name], in: parent, new)
      case (.churnNamespaces(_, let parent), .namespaces(let new)): made([], in: parent, new)
      case (.makeNamespace(_, let parent), .threw(let error)), (.churnNamespaces(_, let parent), .threw(let error)):
        notMade(in: parent, error)
      case (.allocate(let first, let count, let name), .given(let given)):
        gave(Array(first..<first + count), in: name, given, expected)
      case (.churn(let count, let name), .given(let given)): passed(count, in: name, given, expected)
      case (.free(let first, let count), .done): freed(first..<first + count)
      case (.retain, .done), (.release, .done), (.close, .done): changed(call)
      case (.number(let pid, let name), .number(let number)): numbered(pid, name, number)
      case (.find(let number, let name), let answer): found(number, in: name, answer, exactly: true)
      case (.findAtOrAbove(let number, let name), let answer): found(number, in: name, answer, exactly: false)
      case (.list(let name), .listed(let listed)): listing(name, listed)
      case (.home(let pid), let answer): placed(call, answer, .namespace(book.census.homes[pid] ?? 0))
      case (.place(let name), let answer):
        placed(
          call, answer,
          .place(
            level: book.census.namespaces[name]?.level ?? 0, parent: book.census.namespaces[name].flatMap(\.parent)))
      case (_, _): stray(call, reply.answer)
      }
    return finding ?? miscounted(after: call, reply)
  }

  private func stray(_ call: PIDLab.Operation, _ answer: PIDAnswer) -> Finding {
    Finding("after '\(call.words)' the answer is \(answer.words)")
  }

  private mutating func changed(_ call: PIDLab.Operation) -> Finding? {
    switch call {
    case .retain(let name): book.retain(name)
    case .release(let name): book.release(name)
    case .close(let name): book.close(name)
    case _: break
    }
    return nil
  }

  private mutating func freed(_ pids: Range<Int>) -> Finding? {
    for pid in pids { book.free(pid) }
    return nil
  }

  /// Compares how many numbers are in use in each namespace.
  private func miscounted(after call: PIDLab.Operation, _ reply: PIDLab.Reply) -> Finding? {
    let expected = book.census.namesInUse.map { book.census.namespaces[$0]?.count ?? 0 }
    guard reply.counts != expected else { return nil }
    let place = zip(expected, reply.counts).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let name = book.census.namesInUse[place]
    let rule =
      switch (call, reply.answer) {
      case (.free, _): "free"
      case (.allocate, .given(let given)) where given.error != nil: "failure"
      case (.churn, .given(let given)) where given.error != nil: "failure"
      case (.churn, _): "free"
      case (_, _): "facts"
      }
    return Finding(
      "after '\(call.words)', namespace n\(name) counts a wrong number of numbers in use",
      picture: .columns(
        book.census.namesInUse.map { "n\($0)" }, expected.map(String.init), reply.counts.map(String.init),
        note: "in use in n\(name)"), rule: rule)
  }
}

// Handles.
extension PIDJudge {
  private mutating func made(_ names: [Int], in parent: Int, _ new: NewHandles) -> Finding? {
    let level = (book.census.namespaces[parent]?.level ?? 0) + 1
    guard level <= maximumPIDNamespaceLevel else {
      return Finding("n\(parent) has level \(level - 1), but a namespace was made inside it", rule: "depth")
    }
    if let owner = new.sameAs {
      return Finding("a new namespace got the handle of n\(owner), which is in use", rule: "handles")
    }
    for name in names { book.make(name, in: parent) }
    return loose(
      new, most: max(book.mostNamespaces, book.census.namesInUse.count + (names.isEmpty ? 1 : 0)), "namespace")
  }

  private func notMade(in parent: Int, _ error: Errno) -> Finding? {
    let level = book.census.namespaces[parent]?.level ?? 0
    guard level == maximumPIDNamespaceLevel, error == .ENOSPC else {
      return Finding("makeNamespace threw \(error), but n\(parent) has level \(level)", rule: "depth")
    }
    return nil
  }

  private func loose(_ handles: NewHandles, most: Int, _ what: String) -> Finding? {
    guard handles.lowest < 0 || handles.highest >= most, handles.lowest <= handles.highest else { return nil }
    let handle = handles.lowest < 0 ? handles.lowest : handles.highest
    return Finding(
      "a new \(what) got handle \(handle), but no more than \(most) \(what)s have been in use at one time",
      rule: "handles")
  }
}

// Numbers.
extension PIDJudge {
  private mutating func gave(_ pids: [Int], in name: Int, _ given: GivenPIDs, _ expected: PIDAnswer?) -> Finding? {
    if let finding = misgiven(pids.count, in: name, given, expected) { return finding }
    let chain = book.census.chain(from: name)
    let columns = given.numbers.map(\.numbers)
    for index in 0..<given.count {
      let numbers = columns.map { $0[index] }
      for (place, number) in zip(chain, numbers) {
        if let finding = clash(number, in: place, name) { return finding }
      }
      book.give(pids[index], numbers, in: name)
    }
    if given.error != nil { book.fail(in: name) }
    return loose(given.handles, most: book.mostPIDs, "pid")
  }

  private mutating func passed(_ count: Int, in name: Int, _ given: GivenPIDs, _ expected: PIDAnswer?) -> Finding? {
    if let finding = misgiven(count, in: name, given, expected) { return finding }
    let columns = given.numbers.map(\.numbers)
    for (place, numbers) in zip(book.census.chain(from: name), columns) {
      for number in numbers {
        if let finding = clash(number, in: place, name) { return finding }
      }
    }
    if given.count > 0 { book.pass(columns.compactMap(\.last), in: name) }
    if given.error != nil { book.fail(in: name) }
    return loose(given.handles, most: book.mostPIDs, "pid")
  }

  /// Finds a number that a pid of namespace `name` cannot be given in `place` now.
  private func clash(_ number: Int, in place: Int, _ name: Int) -> Finding? {
    guard number != 0 else {
      return Finding("a pid that was allocated in n\(name) has no number in n\(place)", rule: "levels")
    }
    guard (1..<book.limit).contains(number) else {
      return Finding("number \(number) was given in n\(place), but the limit is \(book.limit)", rule: "next")
    }
    guard let owner = book.owners[place]?[number] else { return nil }
    return Finding(
      "number \(number) was given in n\(place) while p\(owner) has it", picture: .table(book, around: owner),
      rule: "next")
  }

  private func misgiven(_ count: Int, in name: Int, _ given: GivenPIDs, _ expected: PIDAnswer?) -> Finding? {
    let chain = book.census.chain(from: name)
    guard given.numbers.count == chain.count, (0...count).contains(given.count),
      given.numbers.allSatisfy({ $0.count == given.count && $0.numbers.count == given.count })
    else { return Finding("the numbers of the pids in n\(name) are in no order at all") }
    guard (given.error == nil) == (given.count == count) else { return Finding("calls are missing") }
    if let handle = given.handles.sameAs {
      return Finding("a new pid got the handle of p\(handle), which is in use", rule: "handles")
    }
    if case .given(let right) = expected { return PIDComparison(book, name, right, given).finding }
    switch given.error {
    case .EAGAIN where !chain.contains(where: book.mayBeFull) && given.count == 0:
      return Finding("allocate threw EAGAIN in n\(name), though numbers are left", rule: "full")
    case .ENOMEM where !book.closed.contains(name) && given.count == 0:
      return Finding("allocate threw ENOMEM in n\(name), which is open", rule: "closed")
    case nil where book.closed.contains(name):
      return Finding("allocate returned a pid in n\(name), which is closed", rule: "closed")
    case nil, .EAGAIN, .ENOMEM: return nil
    case .some(let error): return Finding("allocate threw \(error)", rule: "full")
    }
  }
}

// Questions.
extension PIDJudge {
  private func numbered(_ pid: Int, _ name: Int, _ number: Int) -> Finding? {
    let right = book.number(of: pid, in: name)
    guard number != right else { return nil }
    let said = right == 0 ? "p\(pid) has no number in n\(name)" : "p\(pid) has number \(right) in n\(name)"
    return Finding("\(said), but number says \(number)", picture: .table(book, around: pid), rule: "number")
  }

  private func found(_ number: Int, in name: Int, _ answer: PIDAnswer, exactly: Bool) -> Finding? {
    let first = book.first(atOrAbove: number, in: name)
    let right = first.flatMap { exactly && $0.number != number ? nil : $0 }
    let expected = right.map { PIDAnswer.pid($0.pid) } ?? .none
    guard answer != expected else { return nil }
    let call = exactly ? "find(\(number))" : "find(atOrAbove: \(number))"
    let said = right.map { "p\($0.pid) has number \($0.number)" } ?? "no pid has such a number"
    return Finding(
      "\(call) in n\(name) answers \(answer.words), but \(said)", picture: .table(book, around: right?.pid ?? 0),
      rule: exactly ? "find" : "above")
  }

  private func listing(_ name: Int, _ listed: ListedPIDs) -> Finding? {
    let right = book.owners[name, default: [:]].sorted { $0.key < $1.key }
    let (pids, numbers) = (NumberRuns(right.map(\.value)), NumberRuns(right.map(\.key)))
    guard listed.pids != pids || listed.numbers != numbers else { return nil }
    let (expected, actual) = (right.map { "\($0.key)" }, listed.numbers.numbers.map(String.init))
    let differs = zip(expected, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let from = max(0, (differs ?? min(expected.count, actual.count)) - 4)
    return Finding(
      "find(atOrAbove:), from number to number through n\(name), does not list its pids",
      picture: Picture(
        expected: expected.dropFirst(from).prefix(10).joined(separator: " "),
        actual: actual.dropFirst(from).prefix(10).joined(separator: " ")), rule: "above")
  }

  private func placed(_ call: PIDLab.Operation, _ answer: PIDAnswer, _ expected: PIDAnswer) -> Finding? {
    guard answer != expected else { return nil }
    return Finding("'\(call.words)' answers \(answer.words), but it is \(expected.words)", rule: "facts")
  }
}
