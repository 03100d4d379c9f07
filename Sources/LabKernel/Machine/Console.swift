/// The console: where everything goes that tasks print.
public struct Console: Codable, Sendable, Equatable {
  /// How much of it is kept.
  public static let capacity = 1 << 20
  /// All that was printed, up to ``capacity`` bytes.
  public private(set) var bytes: [UInt8] = []

  /// A console on which nothing was printed.
  init() {}

  /// Prints.
  mutating func write(_ new: ArraySlice<UInt8>) {
    bytes.append(contentsOf: new.prefix(Console.capacity - bytes.count))
  }

  /// What was printed, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
