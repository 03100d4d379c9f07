import LabKernel

/// A part of a drawn script, which can be left out without the rest.
indirect enum Statement: Sendable, Equatable {
  /// Lines that need nothing else.
  case lines([String])
  /// Starts child `number`, which executes a body and ends; a gated one first waits until it is released.
  case spawn(Int, gated: Bool, [Statement], ending: String)
  /// Lines about child `number`, whose pid is in r1.
  case about(Int, [String])
  /// Lets child `number` pass its gate.
  case release(Int)

  /// The child that it is about, if it starts none.
  private var subject: Int? {
    switch self {
    case .about(let child, _), .release(let child): child
    case .lines, .spawn: nil
    }
  }
}

extension Statement {
  /// The text of a script that executes `body`.
  static func text(_ body: [Statement], ending: String) -> String {
    var writer = Writer()
    writer.write(body, ending: ending)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  /// Writes statements as lines: the bodies of children come after what starts them.
  private struct Writer {
    var lines: [String] = []

    mutating func write(_ body: [Statement], ending: String) {
      for statement in body { write(statement) }
      lines.append("  \(ending)")
      for case .spawn(let child, let gated, let body, let ending) in body {
        lines.append("child\(child):")
        if gated { lines += ["  load int r2 [gate\(child)]", "  read r2 &byte\(child) 1"] }
        write(body, ending: ending)
      }
    }

    private mutating func write(_ statement: Statement) {
      switch statement {
      case .lines(let text): lines += text.map { "  \($0)" }
      case .spawn(let child, let gated, _, _):
        if gated { lines += ["  space gate\(child) 8", "  space byte\(child) 8", "  pipe2 &gate\(child)"] }
        lines += ["  r1 = fork", "  store r1 [pid\(child)]", "  if r1 == 0 goto child\(child)"]
      case .about(let child, let text):
        lines.append("  load r1 [pid\(child)]")
        lines += text.map { "  \($0)" }
      case .release(let child): lines += ["  load int r2 [gate\(child) + 4]", "  write r2 \"x\""]
      }
    }
  }
}

extension Statement {
  /// The bodies that are a little smaller than `body`, those that leave out most first.
  static func smaller(_ body: [Statement]) -> [[Statement]] {
    var candidates: [[Statement]] = []
    for index in body.indices {
      var rest = body
      rest.remove(at: index)
      if case .spawn(let child, _, _, _) = body[index] { rest.removeAll { $0.subject == child } }
      candidates.append(rest)
      for part in smallerParts(of: body[index]) {
        var changed = body
        changed[index] = part
        candidates.append(changed)
      }
    }
    return candidates.sorted { size($0) < size($1) }
  }

  private static func smallerParts(of statement: Statement) -> [Statement] {
    switch statement {
    case .lines(let lines): return shorter(lines).map { .lines($0) }
    case .about(let child, let lines): return shorter(lines).map { .about(child, $0) }
    case .release: return []
    case .spawn(let child, let gated, let body, let ending):
      var parts = smaller(body).map { Statement.spawn(child, gated: gated, $0, ending: ending) }
      if ending != "exit 0" { parts.append(.spawn(child, gated: gated, body, ending: "exit 0")) }
      return parts
    }
  }

  private static func shorter(_ lines: [String]) -> [[String]] {
    guard lines.count > 1 else { return [] }
    return lines.indices.map { index in Array(lines[..<index] + lines[(index + 1)...]) }
  }

  /// How many lines a body has, and the bodies of its children.
  static func size(_ body: [Statement]) -> Int {
    body.reduce(into: 0) { total, statement in
      switch statement {
      case .lines(let lines): total += lines.count
      case .about(_, let lines): total += 1 + lines.count
      case .release: total += 2
      case .spawn(_, let gated, let body, let ending):
        total += (gated ? 8 : 3) + size(body) + (ending == "exit 0" ? 0 : 1)
      }
    }
  }
}
