public import Interleave
internal import LabKernel

/// A reader's own program whose CPUs run against each other: a lab without a task to solve.
///
/// `labs-cli race` wraps a file into a ``RaceProgram``, and has it explored like a submission.
public enum RaceLab: InterleavingLab {
  /// Any program.
  public typealias Component = any RaceProgram.Type

  /// There is nothing to choose: the program is the scene.
  public struct Scene: Codable, Sendable, Equatable {
    /// The scene.
    public init() {}
  }

  /// Runs the program's set-up, and gives its CPUs to the scenario; without the program, there is nothing to give.
  public static func setUp(_ program: Component?, _ scene: Scene, calls: any CallLog) -> Scenario.SetUp {
    { scenario in
      guard let program else { return }
      let race = Race()
      program.setUp(race)
      guard !race.cpus.isEmpty else { fatalError("there is no cpu { … } in it, so nothing would run") }
      for body in race.cpus { scenario.cpu(body) }
      for (cpu, body) in race.interrupts { scenario.interrupt(on: cpu, body) }
      scenario.names(from: race)
      scenario.notesCallers = true
    }
  }

  /// Returns the first of the program's own checks that failed.
  public static func complaint(about outcome: Interleave.Outcome, in scene: Scene) -> String? {
    outcome.brokenCheck.map { "what CPU \($0.cpu) checks does not hold: \($0.claim)" }
  }
}

/// A file with CPUs in it, as it is compiled.
public protocol RaceProgram {
  /// Makes what is shared, and says what each CPU does; all of it again each time.
  static func setUp(_ race: Race)
}

/// The parts of a program, as it declares them; a class, because functions in the file add to it from anywhere.
public final class Race: CustomReflectable {
  private(set) var cpus: [() -> Void] = []
  private(set) var interrupts: [(cpu: Int, body: () -> Void)] = []
  private var variables: [(name: String, value: () -> Any)] = []

  init() {}

  /// Adds a CPU, with its code.
  public func cpu(_ body: @escaping () -> Void) { cpus.append(body) }

  /// Adds an interrupt that comes exactly once, at some moment when `cpu` has interrupts on.
  public func interrupt(on cpu: Int, _ body: @escaping () -> Void) {
    guard cpus.indices.contains(cpu) else { fatalError("interrupt(on: \(cpu)) comes before its cpu { … }") }
    interrupts.append((cpu, body))
  }

  /// Gives the locations in a variable of the file the variable's name.
  public func name(_ name: String, _ value: @escaping () -> Any) { variables.append((name, value)) }

  /// The variables of the file, as if they were properties.
  public var customMirror: Mirror {
    Mirror(self, children: variables.map { (label: $0.name, value: $0.value()) }, displayStyle: .struct)
  }
}
