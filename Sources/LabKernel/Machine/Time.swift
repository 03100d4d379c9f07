/// A length of simulated time, in whole nanoseconds.
///
/// - Source: Linux, include/linux/ktime.h, `ktime_t`.
public struct Duration: Hashable, Comparable, Sendable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A duration of `nanoseconds`.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  public static let zero = Duration(nanoseconds: 0)
  /// `count` nanoseconds.
  public static func nanoseconds(_ count: Int) -> Duration { Duration(nanoseconds: Int64(count)) }
  /// `count` microseconds.
  public static func microseconds(_ count: Int) -> Duration { Duration(nanoseconds: Int64(count) * 1000) }
  /// `count` milliseconds.
  public static func milliseconds(_ count: Int) -> Duration { Duration(nanoseconds: Int64(count) * 1_000_000) }
  /// `count` seconds.
  public static func seconds(_ count: Int) -> Duration { Duration(nanoseconds: Int64(count) * 1_000_000_000) }

  /// Orders by length.
  public static func < (left: Duration, right: Duration) -> Bool { left.nanoseconds < right.nanoseconds }
  /// The sum of both durations.
  public static func + (left: Duration, right: Duration) -> Duration {
    Duration(nanoseconds: left.nanoseconds + right.nanoseconds)
  }
  /// The difference of both durations.
  public static func - (left: Duration, right: Duration) -> Duration {
    Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
  /// Adds in place.
  public static func += (left: inout Duration, right: Duration) { left.nanoseconds += right.nanoseconds }
  /// Subtracts in place.
  public static func -= (left: inout Duration, right: Duration) { left.nanoseconds -= right.nanoseconds }
  /// `count` times as long.
  public static func * (left: Duration, count: Int) -> Duration {
    Duration(nanoseconds: left.nanoseconds * Int64(count))
  }
}

/// A point in simulated time: how long after the machine was switched on.
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the machine was switched on.
  public var nanoseconds: Int64

  /// The instant `nanoseconds` after the start.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// When the machine was switched on.
  public static let zero = Instant(nanoseconds: 0)

  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
  /// The instant that lies `right` later.
  public static func + (left: Instant, right: Duration) -> Instant {
    Instant(nanoseconds: left.nanoseconds + right.nanoseconds)
  }
  /// The time between two instants.
  public static func - (left: Instant, right: Instant) -> Duration {
    Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

extension Duration: Codable {
  /// Reads a bare number of nanoseconds.
  public init(from decoder: any Decoder) throws {
    nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  /// Writes a bare number of nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }
}

extension Instant: Codable {
  /// Reads a bare number of nanoseconds.
  public init(from decoder: any Decoder) throws {
    nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  /// Writes a bare number of nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }
}

extension Duration: CustomStringConvertible {
  /// The duration in the largest unit in which it is a whole number: `4 ms`, `1500 us`.
  public var description: String {
    let units: [(Int64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1000, "us")]
    for (size, name) in units where nanoseconds != 0 && nanoseconds % size == 0 {
      return "\(nanoseconds / size) \(name)"
    }
    return "\(nanoseconds) ns"
  }
}

extension Instant: CustomStringConvertible {
  /// The time since the machine was switched on.
  public var description: String { (self - .zero).description }
}
