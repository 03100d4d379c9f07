import Judging
import LabHarness
import LabKernel

/// The number of lines of calls that are shown of an input.
private let callLines = 8
/// The number of pids that one table shows.
private let tableRows = 5
/// The number of columns that one table shows.
private let tableColumns = 10

extension Picture {
  /// Draws the numbers of a few pids in all namespaces in use: a column for each namespace.
  package static func table(_ book: PIDBook, around pid: Int) -> Picture {
    let names = Array(book.census.namesInUse.prefix(tableColumns))
    let shown = nearby(book, pid)
    let lines = aligned(
      [names.map { "n\($0)" }] + shown.map { pid in names.map { cell(book.number(of: pid, in: $0)) } })
    return Picture(zip([""] + shown.map { "p\($0)" }, lines).map { Row($0, $1.text) })
  }

  /// Draws the numbers that a new pid must have and those that it got, under the numbers that were given last.
  package static func numbers(
    _ book: PIDBook, _ chain: [Int], _ expected: [Int], _ actual: [Int], note: String
  ) -> Picture {
    // The outermost namespace is on the left.
    let places = Array(chain.indices.reversed())
    let differs = places.firstIndex { expected[$0] != actual[$0] } ?? 0
    let from = max(0, differs - tableColumns + 2)
    let window = places.dropFirst(from).prefix(tableColumns)
    let names = window.map { chain[$0] }
    let shown = nearby(book, Int.max)
    let table =
      [names.map { "n\($0)" }] + shown.map { pid in names.map { cell(book.number(of: pid, in: $0)) } }
      + [names.map { cell(book.last[$0] ?? 0) }, window.map { cell(expected[$0]) }, window.map { cell(actual[$0]) }]
    let lines = aligned(table)
    let labels = [""] + shown.map { "p\($0)" } + ["last given", "expected", "actual"]
    return Picture(
      zip(labels, lines).map { Row($0, $1.text) },
      mark: Mark(column: lines[0].columns[min(differs - from, window.count - 1)], note: note))
  }

  /// Draws two rows under names, with a mark where they differ.
  package static func columns(_ names: [String], _ expected: [String], _ actual: [String], note: String) -> Picture {
    let differs = zip(expected, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let from = max(0, differs - tableColumns + 2)
    let table = [names, expected, actual].map { Array($0.dropFirst(from).prefix(tableColumns)) }
    let lines = aligned(table)
    return Picture(
      zip(["", "expected", "actual"], lines).map { Row($0, $1.text) },
      mark: Mark(column: lines[0].columns[min(differs - from, max(lines[0].columns.count - 1, 0))], note: note))
  }

  /// Returns the pids in use with names up to `pid`, the last of them, and others if there are too few.
  private static func nearby(_ book: PIDBook, _ pid: Int) -> [Int] {
    let all = book.numbers.keys.sorted()
    let below = all.prefix { $0 <= pid }
    return below.count >= tableRows ? Array(below.suffix(tableRows)) : Array(all.prefix(tableRows))
  }

  private static func cell(_ number: Int) -> String { number == 0 ? "-" : String(number) }

  /// Returns the rows of a table with all columns aligned, and where the columns begin.
  private static func aligned(_ table: [[String]]) -> [(text: String, columns: [Int])] {
    let count = table.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in table.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    let starts = (0..<max(count, 1)).map { widths.prefix($0).reduce(0, +) + 2 * $0 }
    return table.map { row in
      let cells = row.enumerated().map { column, text in
        column == row.count - 1 ? text : text + String(repeating: " ", count: max(0, widths[column] - text.count))
      }
      return (cells.joined(separator: "  "), starts)
    }
  }
}

extension PIDLab.Input {
  /// The input as rows: the limit, and the calls in order.
  package var picture: [Picture.Row] {
    [Picture.Row("limit", "\(setup)")] + Picture.rows("calls", calls.map(\.words), most: callLines, unit: "calls")
  }
}

extension PIDLab.Operation {
  /// The call in few words.
  package var words: String {
    switch self {
    case .makeNamespace(let name, let parent): "make n\(name) in n\(parent)"
    case .retain(let name): "retain n\(name)"
    case .release(let name): "release n\(name)"
    case .close(let name): "close n\(name)"
    case .allocate(let first, 1, let name): "p\(first) in n\(name)"
    case .allocate(let first, let count, let name): "p\(first)-p\(first + count - 1) in n\(name)"
    case .free(let first, 1): "free p\(first)"
    case .free(let first, let count): "free p\(first)-p\(first + count - 1)"
    case .churn(let count, let name): "\(count) come and go in n\(name)"
    case .churnNamespaces(let count, let name): "\(count) namespaces come and go in n\(name)"
    case .number(let pid, let name): "number of p\(pid) in n\(name)"
    case .home(let pid): "namespace of p\(pid)"
    case .find(let number, let name): "find \(number) in n\(name)"
    case .findAtOrAbove(let number, let name): "find from \(number) in n\(name)"
    case .list(let name): "list n\(name)"
    case .place(let name): "level and parent of n\(name)"
    }
  }
}

extension PIDAnswer {
  /// The answer in few words.
  package var words: String {
    switch self {
    case .done: "done"
    case .threw(let error): "\(error)"
    case .namespaces: "a namespace"
    case .given: "pids"
    case .number(let number): "\(number)"
    case .pid(let name): "p\(name)"
    case .namespace(let name): "n\(name)"
    case .stranger(let handle): "handle \(handle), which is not in use"
    case .none: "nil"
    case .listed: "a list"
    case .place(let level, let parent):
      "level \(level) in " + (parent.map { $0 < 0 ? "a namespace that is not in use" : "n\($0)" } ?? "no namespace")
    case .skipped: "that no call was made"
    }
  }
}
