/// How a task ended.
///
/// - Source: wait(2); Linux, kernel/exit.c, `do_exit(code)`.
public enum ExitStatus: Sendable, Equatable, Hashable, Codable {
  /// It called exit with this code, 0 … 255.
  case exited(UInt8)
  /// This signal ended it.
  case signaled(Signal)

  /// The word that wait(2) returns: the code in bits 8 to 15, or the signal in bits 0 to 6.
  public var waitStatus: Int {
    switch self {
    case .exited(let code): Int(code) << 8
    case .signaled(let signal): Int(signal.rawValue)
    }
  }
}
