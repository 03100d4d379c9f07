/// The console: where everything that tasks print goes.
public struct Console: Codable, Sendable, Equatable {
  /// How many bytes are kept.
  public static let capacity = 1 << 20
  /// All that was printed, up to ``capacity`` bytes.
  public private(set) var bytes: [UInt8] = []

  /// An empty console.
  init() {}

  /// Prints as much of `new` as there is room for.
  mutating func write(_ new: ArraySlice<UInt8>) {
    bytes.append(contentsOf: new.prefix(Console.capacity - bytes.count))
  }

  /// What was printed, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
