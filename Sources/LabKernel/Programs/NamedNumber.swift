/// Numbers that have names in the interface to the kernel, and that scripts write by them: `O_NONBLOCK`.
///
/// A type of them is an enum with one line for each; its cases are called what Linux calls them.
public protocol NamedNumber: CaseIterable, RawRepresentable, Sendable where RawValue: FixedWidthInteger {}

/// All names of numbers that a script may write.
public enum NamedNumbers {
  /// What `name` stands for, or nil where no type of numbers has it.
  public static func value(of name: String) -> Int? { values[name] }

  private static let values: [String: Int] = {
    var values: [String: Int] = [:]
    func add<Number: NamedNumber>(_: Number.Type) {
      for number in Number.allCases { values["\(number)"] = Int(number.rawValue) }
    }
    add(Errno.self)
    add(Signal.self)
    add(FileCommand.self)
    add(FileFlag.self)
    add(FutexOperation.self)
    for policy in SchedulingPolicy.allCases { values[policy.name] = policy.value }
    return values
  }()
}
