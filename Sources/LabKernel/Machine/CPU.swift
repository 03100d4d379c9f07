/// A processor, named by its number from 0.
public struct CPUID: Hashable, Comparable, Sendable, Codable, ExpressibleByIntegerLiteral {
  /// The number.
  public var raw: Int16
  /// Processor number `raw`.
  public init(_ raw: Int) { self.raw = Int16(raw) }
  /// Processor number `value`.
  public init(integerLiteral value: Int16) { raw = value }
  /// The row in the table of processors.
  public var index: Int { Int(raw) }
  /// Orders by number.
  public static func < (left: CPUID, right: CPUID) -> Bool { left.raw < right.raw }
}

/// One processor: which task runs on it, and which tasks wait for it.
struct CPU: Sendable {
  /// Since when `current` has been running without being charged; later than now while the CPU switches to it.
  var since: Instant = .zero
  /// When the timer next interrupts, while a task runs: always a multiple of the tick.
  var nextTick: Instant = .zero
  /// The number of the current announcement; older ones in the event queue are ignored.
  var epoch: UInt32 = 0
  /// The tasks that are runnable here, including `current`.
  var runQueue: RunQueue
  /// How long tasks have run here.
  var busy: Duration = .zero

  /// The task running here; ``TaskID/idle`` if there is none.
  var current: TaskID { runQueue.current }
}

/// How many processors a machine may have.
public let maximumCPUs = 64
