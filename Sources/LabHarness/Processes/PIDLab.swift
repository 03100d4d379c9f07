public import LabKernel

/// The pids lab: calls on one allocator of pids.
public enum PIDLab: CallLab {
  /// Any allocator of pids.
  public typealias Component = any PIDAllocator.Type
  /// The limit of the numbers, and the calls in order.
  public typealias Input = Calls<Int, Operation>
  /// The reply to each call, in order.
  public typealias Output = Replies<Nothing, Reply>

  /// One call, or many of one kind; skipped if it names what is not in use.
  ///
  /// Pids and namespaces have names of the case's own, which are numbers; namespace 0 is the outermost.
  public enum Operation: Codable, Sendable, Equatable {
    /// Makes the namespace with this name.
    case makeNamespace(Int, in: Int)
    /// Adds a user to a namespace.
    case retain(Int)
    /// Removes a user from a namespace that has one.
    case release(Int)
    /// Closes a namespace.
    case close(Int)
    /// Allocates pids with these names, until one of the calls throws.
    case allocate(Int, count: Int = 1, in: Int)
    /// Frees the pids with these names.
    case free(Int, count: Int = 1)
    /// Allocates a pid and frees it at once, as often as that, until one of the calls throws.
    case churn(Int, in: Int)
    /// Makes a namespace and releases it at once, as often as that.
    case churnNamespaces(Int, in: Int)
    /// Asks which number a pid has in a namespace.
    case number(of: Int, in: Int)
    /// Asks in which namespace a pid was allocated.
    case home(Int)
    /// Asks which pid has a number.
    case find(Int, in: Int)
    /// Asks which pid has the smallest number at or above a number.
    case findAtOrAbove(Int, in: Int)
    /// Asks for all pids of a namespace, from the smallest number to the largest.
    case list(Int)
    /// Asks for the level of a namespace, and for the namespace around it.
    case place(Int)
  }

  /// The answer to one call, and the state after it.
  public struct Reply: Codable, Sendable, Equatable {
    /// What the call returned or threw.
    public var answer: PIDAnswer
    /// How many numbers are in use in each namespace that is in use, in the order of their names.
    public var counts: [Int]

    /// The answer to one call.
    public init(_ answer: PIDAnswer, counts: [Int]) {
      self.answer = answer
      self.counts = counts
    }
  }

  /// One allocator at work, and the handles of what the case names.
  public struct Session: CallSession {
    var allocator: any PIDAllocator
    var census = PIDCensus()
    let log: any CallLog
    let limit: Int
    /// The handle of each namespace and pid in use; looked up, never iterated.
    var namespaces = [0: PIDNamespaceID(0)]
    var pids: [Int: PIDHandle] = [:]
    /// The name of what has each handle; looked up, never iterated.
    var namesOfNamespaces = [PIDNamespaceID(0): 0]
    var namesOfPIDs: [PIDHandle: Int] = [:]

    /// A fresh allocator.
    public init(_ component: Component, _ input: Input, _ log: any CallLog) {
      limit = min(max(input.setup, reservedPIDs + 1), maximumPIDLimit)
      log.willCall("init(limit: \(input.setup))")
      allocator = component.init(limit: limit)
      self.log = log
    }

    /// Makes the call, and asks how many numbers are in use.
    public mutating func take(_ operation: Operation, at place: Int) -> [Reply] {
      let answer = census.allows(operation) ? answer(to: operation) : .skipped
      let counts = census.namesInUse.compactMap { name in
        namespaces[name].map { namespace in
          log.willCall("count(in: \(namespace.raw))")
          return allocator.count(in: namespace)
        }
      }
      return [Reply(answer, counts: counts)]
    }
  }
}
