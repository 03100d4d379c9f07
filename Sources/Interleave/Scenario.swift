/// What runs against what: one piece of code a CPU, and the interrupts that may come in between.
///
/// ```swift
/// let setUp: Scenario.SetUp = { scenario in
///   let lock = TicketLock()
///   let count = SharedCell(0)
///   scenario.names(from: lock)
///   for _ in 0..<2 {
///     scenario.cpu { lock.lock(); count.write(count.read() + 1); lock.unlock() }
///   }
/// }
/// ```
///
/// The code of each CPU runs by itself, many times, on objects made anew by the set-up: it learns of the others
/// through ``Atomic`` and ``SharedCell`` alone. A stored property of another kind is, so to speak, one a CPU.
public struct Scenario {
  /// Makes the locations and says what runs; it is called often, and must do the same each time.
  public typealias SetUp = (inout Scenario) -> Void

  private(set) var cpus: [() -> Void] = []
  private(set) var interrupts: [(cpu: Int, body: () -> Void)] = []
  private(set) var names: [Int: String] = [:]
  /// What locations were named from: it may hold state of other kinds, too.
  private(set) var subjects: [Any] = []
  /// Whether anything asks for names: they are found by reflection, which takes longer than all else in a set-up.
  let isNaming: Bool

  init(isNaming: Bool) { self.isNaming = isNaming }

  /// Whether operations are noted with the calls on the way to them; it is for the holder of the program to look up
  /// where those stand.
  public var notesCallers = false

  /// One more CPU, with its code.
  public mutating func cpu(_ body: @escaping () -> Void) {
    require(cpus.count < Limits.cpus, "a scenario has at most \(Limits.cpus) CPUs")
    cpus.append(body)
  }

  /// An interrupt that comes exactly once, at some moment when `cpu` lets interrupts in.
  public mutating func interrupt(on cpu: Int, _ body: @escaping () -> Void) {
    require(interrupts.count < Limits.interrupts, "a scenario has at most \(Limits.interrupts) interrupts")
    require(cpus.indices.contains(cpu), "an interrupt is declared after its CPU")
    interrupts.append((cpu, body))
  }

  /// Calls the atomics, cells and sections in `subject` by the names of the properties that they stand in.
  public mutating func names(from subject: Any) {
    if isNaming { name(subject, prefix: "", depth: 0) }
    subjects.append(subject)
  }

  /// Calls one atomic, cell or section by a name.
  public mutating func name(_ location: Any, _ name: String) {
    if isNaming { self.name(location, prefix: name, depth: 0) }
  }

  private mutating func name(_ value: Any, prefix: String, depth: Int) {
    switch value {
    case let atomic as Atomic: names[atomic.location] = prefix
    case let cell as SharedCell: names[cell.location] = prefix
    case let section as CriticalSection: names[section.location] = prefix
    default:
      guard depth < 4 else { return }
      let mirror = Mirror(reflecting: value)
      for (index, child) in mirror.children.enumerated() {
        let step = mirror.displayStyle == .collection ? "\(prefix)[\(index)]" : child.label ?? "\(index)"
        let isInner = mirror.displayStyle != .collection && !prefix.isEmpty
        name(child.value, prefix: isInner ? "\(prefix).\(step)" : step, depth: depth + 1)
      }
    }
  }
}
