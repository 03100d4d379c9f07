internal import Interleave
internal import LabKernel

/// The interrupt flags that the steps of one code have saved, and whether calls leave interrupts as they found them.
struct InterruptFlags {
  /// Whether calls are checked at all: each check is two more operations of the code.
  let areChecked: Bool
  /// The results of `irqSave()` for which interrupts have not been restored yet.
  private var saved: [Int] = []

  private static let name = "interrupts after "

  /// Interrupts are on.
  init(areChecked: Bool) { self.areChecked = areChecked }

  /// Disables interrupts.
  mutating func save() { saved.append(irqSave()) }

  /// Leaves interrupts as they were before the last `save()`, if there was one.
  mutating func restore() { if let flags = saved.popLast() { irqRestore(flags) } }

  /// Reports how interrupts are, if calls are checked and this one has changed it.
  func check(after call: String) {
    guard areChecked else { return }
    let found = irqSave()
    irqRestore(found)
    if found != (saved.isEmpty ? 1 : 0) { observe(Self.name + call, found) }
  }

  /// Returns the first call that left interrupts otherwise than it found them, or nil.
  static func complaint(about outcome: Outcome) -> String? {
    guard let seen = outcome.observations.first(where: { $0.name.hasPrefix(name) }) else { return nil }
    let call = seen.name.dropFirst(name.count)
    return seen.value == 0
      ? "interrupts were on, but \(call) on CPU \(seen.cpu) left them off"
      : "interrupts were off, but \(call) on CPU \(seen.cpu) left them on"
  }
}
