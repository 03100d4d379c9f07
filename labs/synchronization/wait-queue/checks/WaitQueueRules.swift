import Judging
import LabHarness
import LabKernel

/// The rule of the lab that a finding is about.
enum WaitQueueRules {
  /// Returns the id of the rule, or nil if it is the first that the check asks for.
  static func broken(_ input: WaitQueueLab.Input, _ finding: Finding) -> String? {
    let what = withoutModel(finding.what)
    if what.hasPrefix("interrupts were") { return "interrupts-kept" }
    if what.hasPrefix("isActive is") { return "is-active" }
    guard let phase = phase(what), let deed = deed(before: phase, in: input.scene) else { return nil }
    switch deed {
    case .wakeUpAll: return "wake-all"
    case .wake: return "woken-for-nothing"
    case .prepareToWait: return "marks-asleep"
    case .wakeUp:
      let isMissed = what.contains("but no CPU did")
      return isMissed && input.scene.cpus.joined().contains(where: \.isWake) ? "awake-does-not-count" : nil
    case .waitUntilReady, .makeReady, .finishWait, .wakeUpAllIfActive, .park, .isActive, .untilQuiet, .signal, .wait,
      .irqSave, .irqRestore, .enter, .leave:
      return nil
    }
  }

  /// Returns a complaint without the memory model, of which an execution's complaint speaks first.
  private static func withoutModel(_ what: String) -> Substring {
    guard what.hasPrefix("under "), let colon = what.firstIndex(of: ":") else { return what[...] }
    return what[colon...].drop { $0 == ":" || $0 == " " }
  }

  /// Returns after how many silences other tasks than expected woke up.
  private static func phase(_ what: Substring) -> Int? {
    guard what.hasPrefix("after quiet ") else { return nil }
    return Int(what.dropFirst("after quiet ".count).prefix { $0 != "," })
  }

  /// Returns the first call, on whichever CPU, after a silence of the CPU that waits for silences.
  private static func deed(before phase: Int, in scene: WaitQueueLab.Scene) -> WaitQueueLab.Step? {
    guard let director = scene.cpus.first(where: { $0.contains(.untilQuiet) }) else { return nil }
    let steps = director.split(separator: .untilQuiet, omittingEmptySubsequences: false).dropFirst(phase).first ?? []
    if let own = steps.first(where: \.isDeed) { return own }
    for case .signal(let number) in steps {
      for other in scene.cpus where other.contains(.wait(number)) {
        if let deed = other.drop(while: { $0 != .wait(number) }).first(where: \.isDeed) { return deed }
      }
    }
    return nil
  }
}

extension WaitQueueLab.Step {
  fileprivate var isWake: Bool { if case .wake = self { true } else { false } }

  /// Whether it changes the queue, or which tasks sleep.
  fileprivate var isDeed: Bool {
    switch self {
    case .prepareToWait, .finishWait, .wakeUp, .wakeUpAll, .wake: true
    case .waitUntilReady, .makeReady, .wakeUpAllIfActive, .park, .isActive, .untilQuiet, .signal, .wait, .irqSave,
      .irqRestore, .enter, .leave:
      false
    }
  }
}
