/// The number of a system call, which is all that tells one call from another.
///
/// In code, a call can be written by its name: `let number: SystemCallNumber = "read"`.
///
/// - Source: Linux, include/uapi/asm-generic/unistd.h: the numbers of arm64 and RISC-V.
public struct SystemCallNumber: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral {
  /// The number.
  public let rawValue: UInt16

  /// The call with that number, which may be one that this kernel does not have.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The call that the table has under `name`.
  public init(stringLiteral name: String) {
    guard let call = SystemCall.named(name) else { preconditionFailure("there is no system call \(name)") }
    self = call.number
  }

  /// Its name in the table; for a number that is not in the table, `syscall_` and the number.
  public var name: String { SystemCall.numbered(self)?.name ?? "syscall_\(rawValue)" }
}

/// The six words that a task hands to the kernel with the number of a call.
///
/// - Source: Linux, include/asm-generic/syscall.h, `syscall_get_arguments()`.
public struct SystemCallArguments: Sendable, Equatable {
  /// How many there are.
  public static let count = 6
  private var low: SIMD4<Int64>
  private var high: SIMD2<Int64>

  /// The arguments with these words.
  @inline(__always)
  package init(_ a0: Int, _ a1: Int, _ a2: Int, _ a3: Int, _ a4: Int, _ a5: Int) {
    low = SIMD4(Int64(a0), Int64(a1), Int64(a2), Int64(a3))
    high = SIMD2(Int64(a4), Int64(a5))
  }

  /// Word `index`, 0 … 5.
  public internal(set) subscript(_ index: Int) -> Int {
    @inline(__always) get { Int(index < 4 ? low[index] : high[index - 4]) }
    @inline(__always) set { if index < 4 { low[index] = Int64(newValue) } else { high[index - 4] = Int64(newValue) } }
  }
}

extension SystemCallArguments: Codable {
  /// Reads the words.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    self.init(0, 0, 0, 0, 0, 0)
    for index in 0..<Self.count { self[index] = try list.decode(Int.self) }
  }

  /// Writes the words as a list.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for index in 0..<Self.count { try list.encode(self[index]) }
  }
}

/// What one parameter of a system call is: how a script writes it, and how the trace shows it.
///
/// - Source: the names are those of the parameters in Linux, include/linux/syscalls.h.
public enum Parameter: String, Sendable, Hashable, CaseIterable {
  /// A descriptor of the caller.
  case descriptor = "fd"
  /// A process.
  case pid
  /// The address of as many bytes as the next parameter says; a text stands for both.
  case buffer = "buf"
  /// How many bytes.
  case count
  /// The address of a path, which ends with a zero byte; a text stands for it.
  case path
  /// The address of something of a known size.
  case address = "addr"
  /// The address of a `struct timespec`; a duration stands for one.
  case time
  /// The address of a futex; the name of a mutex stands for it, or a variable in brackets.
  case futex = "uaddr"
  /// What exactly is asked for: a number that has a name.
  case operation = "op"
  /// Bits that have names.
  case flags
  /// Any number.
  case value = "val"

  /// Whether the word is an address.
  var isAddress: Bool {
    switch self {
    case .buffer, .path, .address, .time, .futex: true
    case .descriptor, .pid, .count, .operation, .flags, .value: false
    }
  }
}

/// What a system call's handler answers.
package enum CallAnswer: Sendable, Equatable {
  /// The call is over; this is its result.
  case value(Int)
  /// The caller sleeps on this queue, until an instant if there is one, in this state, and then makes the call again.
  case sleep(on: WaitQueueID, until: Instant? = nil, as: TaskState = .interruptible)
  /// The caller will not see a result.
  case noReturn
}

/// One row of the table of system calls: everything that is said about a call anywhere.
///
/// The parser of scripts, the trace, `labs-cli sim --calls` and the kernel read it. To add a call, add a row to the
/// table of its subsystem, and the handler that the row names.
///
/// - Source: Linux has the same in `SYSCALL_DEFINE3(read, unsigned int, fd, …)`, include/linux/syscalls.h.
public struct SystemCall: Sendable {
  /// Carries the call out for a task.
  package typealias Handler = @Sendable (inout Kernel, TaskID, SystemCallArguments) throws(Errno) -> CallAnswer

  /// Its number.
  public let number: SystemCallNumber
  /// Its name in section 2 of the manual.
  public let name: String
  /// What its words are; the remaining ones are 0.
  public let parameters: [Parameter]
  /// How many of its last parameters a script may leave out: they are then 0.
  public let optional: Int
  /// Whether the caller may have to sleep.
  public let sleeps: Bool
  /// What it does, in a phrase that begins with a verb.
  public let summary: String
  let handler: Handler

  /// A row.
  init(
    _ number: UInt16, _ name: String, _ parameters: [Parameter], optional: Int = 0, sleeps: Bool = false,
    _ summary: String, _ handler: @escaping Handler
  ) {
    self.number = SystemCallNumber(rawValue: number)
    self.name = name
    self.parameters = parameters
    self.optional = optional
    self.sleeps = sleeps
    self.summary = summary
    self.handler = handler
  }

  /// All system calls, in the order of their numbers.
  public static let all: [SystemCall] =
    (processCalls + identityCalls + priorityCalls + signalCalls + schedulingCalls + fileCalls + treeCalls + pipeCalls
    + futexCalls)
    .sorted { $0.number.rawValue < $1.number.rawValue }

  /// The call with that number, or nil if this kernel has none.
  public static func numbered(_ number: SystemCallNumber) -> SystemCall? {
    byNumber.indices.contains(Int(number.rawValue)) ? byNumber[Int(number.rawValue)] : nil
  }

  /// The call with that name, or nil if this kernel has none.
  public static func named(_ name: String) -> SystemCall? { byName[name] }

  private static let byNumber: [SystemCall?] = {
    var rows: [SystemCall?] = Array(repeating: nil, count: all.map { Int($0.number.rawValue) + 1 }.max() ?? 0)
    for call in all { rows[Int(call.number.rawValue)] = call }
    return rows
  }()

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The handlers by number, apart from the rest, so that a call copies nothing else.
  static let handlers: [Handler?] = byNumber.map { $0?.handler }
}
