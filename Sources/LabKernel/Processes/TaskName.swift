/// The name of a task: at most 15 bytes of UTF-8, in the row of the task.
///
/// ```swift
/// TaskName("producer").text             // "producer"
/// TaskName("a-rather-long-name").text   // "a-rather-long-n"
/// ```
/// Plain numbers instead of a `String`, so that copying the table of tasks copies bytes and counts no references.
///
/// - Source: Linux, include/linux/sched.h, `comm[TASK_COMM_LEN]`.
public struct TaskName: Sendable, Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The longest name, in bytes.
  public static let maximumLength = 15

  /// The name `text`, without the characters that have no room.
  public init(_ text: String) {
    var length = 0
    for character in text {
      let encoded = character.utf8
      guard length + encoded.count <= Self.maximumLength else { return }
      for byte in encoded {
        self[length] = byte
        length += 1
      }
    }
  }

  /// The name as a text.
  public var text: String {
    let bytes = (0..<Self.maximumLength).lazy.map { self[$0] }.prefix { $0 != 0 }
    return String(decoding: Array(bytes), as: UTF8.self)
  }

  /// Adds the name to `digest`.
  func digest(into digest: inout StateDigest) { digest.combine(low ^ (high << 7 | high >> 57)) }

  private subscript(_ index: Int) -> UInt8 {
    get { UInt8(truncatingIfNeeded: (index < 8 ? low : high) >> UInt64(8 * (index & 7))) }
    set {
      let bits = UInt64(newValue) << UInt64(8 * (index & 7))
      if index < 8 { low |= bits } else { high |= bits }
    }
  }
}
