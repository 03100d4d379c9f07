/// Arguments that a loader shows, in short: many are cut, and so are long ones.
public struct ExecArguments: Codable, Sendable, Equatable {
  /// How many there are.
  public var count: Int
  /// How many bytes they have together.
  public var bytes: Int
  /// The first of them, each without its end if it is long.
  public var first: [[UInt8]]

  /// Arguments in short.
  public init(_ arguments: [[UInt8]]) {
    count = arguments.count
    bytes = arguments.reduce(0) { $0 + $1.count }
    first = arguments.prefix(Self.mostShown).map { Array($0.prefix(Self.mostBytes)) }
  }

  /// The largest number of arguments that is kept.
  private static let mostShown = 24
  /// The largest number of bytes that is kept of each.
  private static let mostBytes = 300
}
