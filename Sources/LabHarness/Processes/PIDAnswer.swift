public import LabKernel

/// What calls on an allocator of pids returned or threw.
public enum PIDAnswer: Codable, Sendable, Equatable {
  /// The call returned nothing.
  case done
  /// The call threw.
  case threw(Errno)
  /// `makeNamespace` returned handles.
  case namespaces(NewHandles)
  /// `allocate` returned pids.
  case given(GivenPIDs)
  /// `number` returned a number.
  case number(Int)
  /// The call returned the pid with this name.
  case pid(Int)
  /// The call returned the namespace with this name.
  case namespace(Int)
  /// The call returned a handle that nothing in use has.
  case stranger(Int)
  /// The call returned nil.
  case none
  /// `find(atOrAbove:)` was called again and again.
  case listed(ListedPIDs)
  /// The level of a namespace, and the name of the namespace around it: nil for none, -1 for one that is not in use.
  case place(level: Int, parent: Int?)
  /// No call was made: the operation names what is not in use.
  case skipped
}

/// Handles that were returned, in short.
public struct NewHandles: Codable, Sendable, Equatable {
  /// The smallest and the largest of them.
  public var lowest = Int.max
  /// The largest of them.
  public var highest = Int.min
  /// The name of what had the same handle as one of them when that was returned.
  public var sameAs: Int?

  /// No handles.
  public init() {}

  /// Adds one.
  mutating func add(_ handle: Int, sameAs owner: Int?) {
    lowest = min(lowest, handle)
    highest = max(highest, handle)
    sameAs = sameAs ?? owner
  }
}

/// Numbers in the order in which they were given, as runs of numbers that follow each other.
public struct NumberRuns: Codable, Sendable, Equatable {
  /// Numbers from `first` on.
  public struct Run: Codable, Sendable, Equatable {
    /// The first number.
    public var first: Int
    /// How many there are.
    public var count: Int
  }

  /// The first runs.
  public var runs: [Run] = []
  /// How many numbers there are.
  public var count = 0

  /// The numbers in order.
  public init(_ numbers: some Sequence<Int>) { for number in numbers { append(number) } }

  /// Adds a number at the end.
  public mutating func append(_ number: Int) {
    count += 1
    if let last = runs.indices.last, runs[last].first &+ runs[last].count == number {
      runs[last].count += 1
    } else if runs.count < Self.mostRuns {
      runs.append(Run(first: number, count: 1))
    }
  }

  /// The numbers again; none if the runs do not have as many as there are.
  public var numbers: [Int] {
    let isWhole = runs.allSatisfy { (1...Self.mostNumbers).contains($0.count) }
    guard isWhole, count <= Self.mostNumbers, runs.reduce(0, { $0 + $1.count }) == count else { return [] }
    return runs.flatMap { run in (0..<run.count).map { run.first &+ $0 } }
  }

  /// The largest number of runs.
  private static let mostRuns = 1024
  /// The largest number of numbers that are told one by one.
  private static let mostNumbers = 1 << 22
}

/// Pids that were allocated one after the other.
public struct GivenPIDs: Codable, Sendable, Equatable {
  /// Their numbers in the namespace, then in the namespace around it, and so on.
  public var numbers: [NumberRuns]
  /// What ended the series.
  public var error: Errno?
  /// Their handles.
  public var handles = NewHandles()

  /// No pids yet, in namespaces up to the outermost.
  public init(levels: Int) { numbers = Array(repeating: NumberRuns([]), count: levels) }

  /// How many pids there are.
  public var count: Int { numbers.first?.count ?? 0 }
}

/// The pids of a namespace, by number.
public struct ListedPIDs: Codable, Sendable, Equatable {
  /// The names of the pids, -1 for a handle that no pid in use has.
  public var pids = NumberRuns([])
  /// Their numbers.
  public var numbers = NumberRuns([])

  /// No pids.
  public init() {}
}
