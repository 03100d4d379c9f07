/// A set of signals, one bit each.
///
/// ```swift
/// var blocked: SignalSet = [.SIGINT, .SIGTERM]
/// blocked.insert(.SIGHUP)
/// blocked.rawValue                  // bit n - 1 stands for signal n
/// ```
/// - Source: Linux, include/uapi/asm-generic/signal.h, `sigset_t`.
public struct SignalSet: Sendable, Equatable, Codable, ExpressibleByArrayLiteral {
  /// The bits: bit n - 1 stands for signal n.
  public var rawValue: UInt64

  /// The set with these bits.
  public init(rawValue: UInt64 = 0) { self.rawValue = rawValue }

  /// The set of these signals.
  public init(arrayLiteral signals: Signal...) {
    rawValue = signals.reduce(0) { $0 | $1.bit }
  }

  /// The signals that stop a process.
  static let stopping: SignalSet = [.SIGSTOP, .SIGTSTP, .SIGTTIN, .SIGTTOU]
  /// The signals that cannot be blocked.
  static let unblockable: SignalSet = [.SIGKILL, .SIGSTOP]

  /// Whether no signal is in it.
  public var isEmpty: Bool { rawValue == 0 }

  /// Whether `signal` is in it.
  public func contains(_ signal: Signal) -> Bool { rawValue & signal.bit != 0 }

  /// Adds a signal.
  public mutating func insert(_ signal: Signal) { rawValue |= signal.bit }

  /// Removes a signal.
  public mutating func remove(_ signal: Signal) { rawValue &= ~signal.bit }

  /// The signals of both sets.
  public func union(_ other: SignalSet) -> SignalSet { SignalSet(rawValue: rawValue | other.rawValue) }

  /// The signals that are not in the other set.
  public func subtracting(_ other: SignalSet) -> SignalSet { SignalSet(rawValue: rawValue & ~other.rawValue) }

  /// The signal that is handled first: SIGKILL, then those that an instruction causes, then the lowest number.
  ///
  /// - Source: Linux, kernel/signal.c, `next_signal()`, with `SYNCHRONOUS_MASK`.
  var first: Signal? {
    for urgent in [SignalSet.killing, .synchronous] where rawValue & urgent.rawValue != 0 {
      return lowest(rawValue & urgent.rawValue)
    }
    return lowest(rawValue)
  }

  private static let killing: SignalSet = [.SIGKILL]
  private static let synchronous: SignalSet = [.SIGSEGV, .SIGBUS, .SIGILL, .SIGTRAP, .SIGFPE, .SIGSYS]

  private func lowest(_ bits: UInt64) -> Signal? { Signal(rawValue: UInt8(bits.trailingZeroBitCount + 1)) }
}

extension Signal {
  /// Its bit in a set.
  fileprivate var bit: UInt64 { 1 << UInt64(rawValue - 1) }
}
