/// A place in the kernel for a component that a lab replaces, named after its property in ``Components``.
///
/// `lab.yml` names the slot of its lab. The ordinary scheduling class is not among them: each scenario names its own.
public enum Slot: String, Sendable, Codable, CaseIterable {
  /// Gives each task its numbers.
  case pids
  /// Makes a new program's stack from a file and strings.
  case execLoader
  /// Serves SCHED_FIFO and SCHED_RR.
  case realtime
  /// What pipe(2) makes.
  case pipe
  /// Hands out page frames.
  case pageAllocator
  /// The protocol of all mutexes.
  case mutex

  /// The subsystem that it belongs to, named after its property in ``Components``.
  package var subsystem: String {
    switch self {
    case .pids: "processes"
    case .execLoader: "processes"
    case .realtime: "scheduling"
    case .pipe: "ipc"
    case .pageAllocator: "memory"
    case .mutex: "synchronization"
    }
  }

  /// The subsystem of the slot that a manifest names, which may also be the slot of the ordinary scheduling class.
  package static func subsystem(of slot: String) -> String { Slot(rawValue: slot)?.subsystem ?? "scheduling" }

  /// Its name in scenarios.
  var nameInScenarios: String {
    switch self {
    case .execLoader: "exec-loader"
    case .pageAllocator: "page-allocator"
    case .pids, .realtime, .pipe, .mutex: rawValue
    }
  }
}

extension Components {
  /// Fills a slot with the component that `other` has in that slot.
  public mutating func fill(_ slot: Slot, from other: Components) {
    switch slot {
    case .pids: processes.pids = other.processes.pids
    case .execLoader: processes.execLoader = other.processes.execLoader
    case .realtime: scheduling.realtime = other.scheduling.realtime
    case .pipe: ipc.pipe = other.ipc.pipe
    case .pageAllocator: memory.pageAllocator = other.memory.pageAllocator
    case .mutex: synchronization.mutex = other.synchronization.mutex
    }
  }
}

/// A type that knows components that this module does not: those of the program that it is compiled into.
public protocol ComponentChoice {
  /// Puts the component for a slot into it; leaves the slot as it is if there is none.
  static func fill(_ slot: Slot, of components: inout Components)
}
