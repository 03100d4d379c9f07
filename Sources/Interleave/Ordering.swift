// The orderings of atomic operations, named as in the standard library's `Synchronization` module.
//
// Each has its Linux name beside it.

/// How a load is ordered against the operations around it.
public enum LoadOrdering: Sendable {
  /// Not at all: `READ_ONCE()`.
  case relaxed
  /// Nothing that follows it is moved before it: `smp_load_acquire()`.
  case acquiring
  /// Acquiring, and part of the one total order of all sequentially consistent operations.
  case sequentiallyConsistent

  var ordering: Ordering {
    switch self {
    case .relaxed: .relaxed
    case .acquiring: .acquiring
    case .sequentiallyConsistent: .sequentiallyConsistent
    }
  }
}

/// How a store is ordered against the operations around it.
public enum StoreOrdering: Sendable {
  /// Not at all: `WRITE_ONCE()`.
  case relaxed
  /// Nothing that precedes it is moved after it: `smp_store_release()`.
  case releasing
  /// Releasing, and part of the one total order of all sequentially consistent operations.
  case sequentiallyConsistent

  var ordering: Ordering {
    switch self {
    case .relaxed: .relaxed
    case .releasing: .releasing
    case .sequentiallyConsistent: .sequentiallyConsistent
    }
  }
}

/// How an operation that both reads and writes is ordered against the operations around it.
public enum UpdateOrdering: Sendable {
  /// Not at all: `atomic_fetch_add_relaxed()`.
  case relaxed
  /// Its load acquires: `atomic_fetch_add_acquire()`.
  case acquiring
  /// Its store releases: `atomic_fetch_add_release()`.
  case releasing
  /// Both.
  case acquiringAndReleasing
  /// Both, and part of the one total order of all sequentially consistent operations.
  case sequentiallyConsistent

  var ordering: Ordering {
    switch self {
    case .relaxed: .relaxed
    case .acquiring: .acquiring
    case .releasing: .releasing
    case .acquiringAndReleasing: .acquiringAndReleasing
    case .sequentiallyConsistent: .sequentiallyConsistent
    }
  }
}

/// Which loads and stores a fence keeps apart.
public enum FenceOrdering: Sendable {
  /// Loads before it from everything after it: `smp_rmb()`, and a little more.
  case acquiring
  /// Everything before it from stores after it: `smp_wmb()`, and a little more.
  case releasing
  /// Both.
  case acquiringAndReleasing
  /// Everything from everything: `smp_mb()`.
  case sequentiallyConsistent

  var ordering: Ordering {
    switch self {
    case .acquiring: .acquiring
    case .releasing: .releasing
    case .acquiringAndReleasing: .acquiringAndReleasing
    case .sequentiallyConsistent: .sequentiallyConsistent
    }
  }
}

/// Any of the orderings above, as an operation carries it.
enum Ordering: Int, Sendable {
  case relaxed, acquiring, releasing, acquiringAndReleasing, sequentiallyConsistent

  var acquires: Bool { self == .acquiring || self == .acquiringAndReleasing || self == .sequentiallyConsistent }
  var releases: Bool { self == .releasing || self == .acquiringAndReleasing || self == .sequentiallyConsistent }
  var isSequential: Bool { self == .sequentiallyConsistent }
}

/// What a processor and a compiler may do to the order of loads and stores.
///
/// Each model allows everything that the previous one allows.
public enum MemoryModel: Int, Sendable, CaseIterable, Codable {
  /// Sequential consistency: every load sees the latest store.
  case sequential
  /// Total store order, as on x86-64: each CPU's stores wait in a buffer that only that CPU sees.
  case totalStoreOrder
  /// Release and acquire, as on arm64 and in the language itself: a CPU may see stale values unless something
  /// that it has synchronized with forbids them.
  ///
  /// - Source: Kang, Hur, Lahav, Vafeiadis and Dreyer, A promising semantics for relaxed-memory concurrency,
  ///   POPL 2017, doi:10.1145/3009837.3009850, without promises; Lahav, Vafeiadis, Kang, Hur and Dreyer,
  ///   Repairing sequential consistency in C/C++11, PLDI 2017, doi:10.1145/3062341.3062352, for the total order.
  /// - Simplified: a load never sees a store that comes later in every order of execution (load buffering), and the
  ///   order of sequentially consistent fences agrees with the order of execution.
  case releaseAcquire

  /// Its name in commands and reports.
  public var name: String {
    switch self {
    case .sequential: "SC"
    case .totalStoreOrder: "TSO"
    case .releaseAcquire: "RA"
    }
  }
}
