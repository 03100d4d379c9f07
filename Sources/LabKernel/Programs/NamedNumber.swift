/// Numbers that have names in the interface to the kernel, by which scripts write them: `O_NONBLOCK`.
///
/// Each such type is an enum with one case per number; each case has the name that Linux gives it.
public protocol NamedNumber: CaseIterable, RawRepresentable, Sendable where RawValue: FixedWidthInteger {}

/// All names of numbers that a script may write.
public enum NamedNumbers {
  /// What `name` stands for, or nil if no type of numbers has it.
  public static func value(of name: String) -> Int? { values[name] }

  private static let values: [String: Int] = {
    var values: [String: Int] = [:]
    func add<Number: NamedNumber>(_: Number.Type) {
      for number in Number.allCases { values["\(number)"] = Int(number.rawValue) }
    }
    add(Errno.self)
    add(Signal.self)
    add(SignalFlag.self)
    add(SignalDisposition.self)
    add(SignalMaskOperation.self)
    add(CloneFlag.self)
    add(WaitOption.self)
    add(WaitOptionAlias.self)
    add(WaitIDType.self)
    add(ChildEvent.self)
    add(ProcessControl.self)
    add(PriorityTarget.self)
    add(UsageTarget.self)
    add(FileCommand.self)
    add(FileFlag.self)
    add(DescriptorFlag.self)
    add(SeekOrigin.self)
    add(FileType.self)
    add(AccessMode.self)
    add(PathFlag.self)
    add(FutexOperation.self)
    add(AuxiliaryKind.self)
    for policy in SchedulingPolicy.allCases { values[policy.name] = policy.value }
    return values
  }()
}
