/// What runs concurrently: one piece of code per CPU, and the interrupts that may come in between.
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
/// The code of each CPU runs alone, many times, on new objects from the set-up: it learns of the others only
/// through ``Atomic`` and ``SharedCell``. A stored property of any other type is, in effect, one per CPU.
public struct Scenario {
  /// Makes the locations and says what runs; it is called often and must do the same each time.
  public typealias SetUp = (inout Scenario) -> Void

  private(set) var cpus: [() -> Void] = []
  private(set) var interrupts: [(cpu: Int, body: () -> Void)] = []
  private(set) var names: [Int: String] = [:]
  /// The values that locations were named from: they may hold other state, too.
  private(set) var subjects: [Any] = []
  /// Whether names are needed: they are found by reflection, which takes longer than the rest of a set-up.
  let isNaming: Bool

  init(isNaming: Bool) { self.isNaming = isNaming }

  /// Whether operations are noted with the calls that led to them; the holder of the program must look up their
  /// places.
  public var notesCallers = false

  /// Adds a CPU with its code.
  public mutating func cpu(_ body: @escaping () -> Void) {
    require(cpus.count < Limits.cpus, "a scenario has at most \(Limits.cpus) CPUs")
    cpus.append(body)
  }

  /// Adds an interrupt that comes exactly once, at some moment when `cpu` has interrupts on.
  public mutating func interrupt(on cpu: Int, _ body: @escaping () -> Void) {
    require(interrupts.count < Limits.interrupts, "a scenario has at most \(Limits.interrupts) interrupts")
    require(cpus.indices.contains(cpu), "an interrupt is declared after its CPU")
    interrupts.append((cpu, body))
  }

  /// Names the atomics, cells and sections in `subject` after the properties that hold them.
  public mutating func names(from subject: Any) {
    if isNaming { name(subject, prefix: "", depth: 0) }
    subjects.append(subject)
  }

  /// Names one atomic, cell or section.
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
