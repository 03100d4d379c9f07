import LabHarness
import LabKernel

/// What a stack must look like, word by word and byte by byte.
package struct ExecStackPlan {
  /// One word, and what it is for.
  package struct Cell {
    /// Its place in the table of words: `argv[0]`.
    package var role: String
    /// What it must be.
    package var value: Int
    /// The rule that says so.
    package var rule: String
  }

  /// The words, the lowest first.
  package private(set) var cells: [Cell] = []
  /// The strings, and the zeros above them.
  package private(set) var tail: [UInt8] = []
  /// The address behind the last byte.
  package let top: Int
  private let addresses: [Int]

  /// The plan of a stack with these arguments.
  package init(_ request: ExecRequest, arguments: [[UInt8]], top: Int, entry: Int, ids: ExecIDs) {
    self.top = top
    for string in arguments + request.environment + [request.file] { tail += string + [0] }
    let lowest = top - 8 - tail.count
    addresses = (arguments + request.environment + [request.file]).reduce(into: [lowest]) { places, string in
      places.append(places[places.count - 1] + string.count + 1)
    }.dropLast()
    tail += [UInt8](repeating: 0, count: 8)
    addLists(arguments.count, request.environment.count)
    let values = [
      ("AT_PAGESZ", 4096), ("AT_ENTRY", entry), ("AT_UID", ids.uid), ("AT_EUID", ids.euid), ("AT_GID", ids.gid),
      ("AT_EGID", ids.egid), ("AT_EXECFN", addresses[addresses.count - 1]), ("AT_NULL", 0),
    ]
    for (kind, (name, value)) in zip([6, 9, 11, 12, 13, 14, 31, 0], values) {
      cells.append(Cell(role: "kind", value: kind, rule: "auxiliary"))
      cells.append(Cell(role: name, value: value, rule: "auxiliary"))
    }
  }

  private mutating func addLists(_ arguments: Int, _ environment: Int) {
    cells.append(Cell(role: "argc", value: arguments, rule: "words"))
    for index in 0..<arguments { cells.append(Cell(role: "argv[\(index)]", value: addresses[index], rule: "words")) }
    cells.append(Cell(role: "NULL", value: 0, rule: "words"))
    for index in 0..<environment {
      cells.append(Cell(role: "envp[\(index)]", value: addresses[arguments + index], rule: "words"))
    }
    cells.append(Cell(role: "NULL", value: 0, rule: "words"))
  }

  /// The address of the lowest string.
  package var place: Int { top - tail.count }

  /// Where the stack pointer must be.
  package var pointer: Int {
    let highest = place - 8 * cells.count
    return highest - highest % 16
  }
}
