import LabKernel

/// Draws scripts that are deterministic by construction.
///
/// A task makes calls whose outcome depends on itself alone; it has pipes that no other task uses and that never block;
/// it starts children, does something to those that wait at a gate, releases or kills them, and waits for each by its
/// pid. So whatever runs first, each task finds the same.
///
/// ```swift
/// let script = Generator.script(seed: 7)
/// ```
public struct Generator: Sendable {
  private var random: RandomSource
  private var children = 0

  /// How deep families may be.
  private static let maximumDepth = 3
  /// How many children a script may start.
  private static let maximumChildren = 12

  private init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// A drawn script, in parts.
  struct Draft: Sendable, Equatable {
    var body: [Statement]
    var ending: String

    /// The text of its program.
    var text: String {
      Statement.text([.lines(Phrases.buffers + ["setuid 65534"])] + body, ending: ending)
    }
  }

  /// The script of a seed.
  public static func script(seed: UInt64) -> ConformanceScript {
    guard let script = script(of: draft(seed: seed), seed: seed) else {
      preconditionFailure("a script that is drawn can be read")
    }
    return script
  }

  /// The parts of the script of a seed.
  static func draft(seed: UInt64) -> Draft {
    var generator = Generator(seed: seed)
    let body = generator.body(depth: 0)
    return Draft(body: body, ending: generator.phrase(Phrases.endings))
  }

  /// The script of a draft; nil if it cannot be read, as when a name has lost its declaration.
  static func script(of draft: Draft, seed: UInt64) -> ConformanceScript? {
    do throws(ProgramError) {
      return try ConformanceScript("drawn with seed \(seed)", isOrdinary: true, draft.text)
    } catch {
      return nil
    }
  }

  private mutating func phrase(_ phrases: [String]) -> String {
    guard !phrases.isEmpty else { return "sched_yield" }
    let phrase = random.pick(phrases)
    return Phrases.filled(phrase) { random.pick($0) }
  }

  private mutating func body(depth: Int) -> [Statement] {
    var statements: [Statement] = []
    for _ in 0..<random.draw(1...5) {
      switch random.draw(0...9) {
      case 0...4: statements.append(.lines([phrase(Phrases.plain)]))
      case 5...6: statements.append(pipe())
      default:
        if depth < Self.maximumDepth, children < Self.maximumChildren { statements += family(depth: depth) }
      }
    }
    return statements
  }

  /// A pipe of the task's own: all that is done with it, up to closing both ends in some order.
  private mutating func pipe() -> Statement {
    var lines = ["pipe r4 r5", "nonblock r4", "nonblock r5"]
    for _ in 0..<random.draw(1...6) { lines.append(phrase(Phrases.pipe)) }
    // What follows the end of all writers can still be read; what follows the end of all readers kills.
    if random.oneIn(2) { lines += ["close r5", "read r4 &junk 64", "read r4 &junk 4", "close r4", "close r4"] }
    return .lines(lines)
  }

  /// Children that are started, and waited for in some order.
  private mutating func family(depth: Int) -> [Statement] {
    var statements: [Statement] = []
    var waiting: [Int] = []
    var gated: Set<Int> = []
    for _ in 0..<random.draw(1...3) where children < Self.maximumChildren {
      children += 1
      let child = children
      let isGated = random.oneIn(2)
      if isGated { gated.insert(child) }
      statements.append(
        .spawn(child, gated: isGated, body(depth: depth + 1), ending: phrase(Phrases.endings)))
      waiting.append(child)
    }
    while !waiting.isEmpty {
      let child = waiting.remove(at: random.draw(0...waiting.count - 1))
      if gated.contains(child) { statements += atGate(child) }
      let isLast = waiting.isEmpty && random.oneIn(2)
      // The first may report something else than the end, or find no such child.
      let reaping = phrase(isLast ? Phrases.reapingTheLast : Phrases.reaping)
      statements.append(.about(child, [reaping, "wait4 r1 &junk"]))
    }
    return statements
  }

  /// What happens to a child at its gate, and then it passes, or dies.
  private mutating func atGate(_ child: Int) -> [Statement] {
    var statements: [Statement] = []
    for _ in 0..<random.draw(0...2) where !Phrases.gated.isEmpty {
      statements.append(.about(child, [phrase(Phrases.gated)]))
    }
    let dies = !Phrases.deadly.isEmpty && random.oneIn(3)
    statements.append(dies ? .about(child, [phrase(Phrases.deadly)]) : .release(child))
    return statements
  }
}
