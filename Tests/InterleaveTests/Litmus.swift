import Interleave
import Testing

/// A few lines for two to four CPUs, and their possible outcomes under each memory model.
///
/// Names and verdicts are those of Linux's memory-consistency model, tools/memory-model/litmus-tests, where the model
/// has such a test; our own are marked.
struct Litmus: Sendable, CustomTestStringConvertible {
  let name: String
  /// What an outcome lists, one digit each: observations, and locations at the end.
  let shows: String
  /// The outcome that the test is about.
  let question: String
  /// The outcomes under sequential consistency.
  let sequential: String
  /// The outcomes that total store order adds.
  var totalStoreOrder = ""
  /// The outcomes that release/acquire adds to both.
  var releaseAcquire = ""
  /// The weakest model that still forbids the outcome in question, or nil if all allow it.
  let forbidden: MemoryModel?
  let body: @Sendable (inout Scenario, Atomic, Atomic, Atomic) -> Void

  var testDescription: String { name }

  /// Sets up x, y and z, all zero, and the CPUs.
  var setUp: Scenario.SetUp {
    { [body] scenario in
      let (x, y, z) = (Atomic(), Atomic(), Atomic())
      scenario.name(x, "x")
      scenario.name(y, "y")
      scenario.name(z, "z")
      body(&scenario, x, y, z)
    }
  }

  /// Returns all possible outcomes.
  func outcomes(_ model: MemoryModel) -> Set<String> {
    let lists =
      switch model {
      case .sequential: [sequential]
      case .totalStoreOrder: [sequential, totalStoreOrder]
      case .releaseAcquire: [sequential, totalStoreOrder, releaseAcquire]
      }
    return Set(lists.flatMap { $0.split(separator: " ").map(String.init) })
  }

  /// Whether a model allows the outcome in question.
  func isAllowed(_ model: MemoryModel) -> Bool { forbidden.map { model.rawValue > $0.rawValue } ?? true }
}

/// `smp_mb()`.
func fullFence() { fence(ordering: .sequentiallyConsistent) }
/// `smp_wmb()`.
func writeFence() { fence(ordering: .releasing) }
/// `smp_rmb()`.
func readFence() { fence(ordering: .acquiring) }

extension Atomic {
  /// `READ_ONCE()`, observed under a name.
  func look(_ name: String, _ ordering: LoadOrdering = .relaxed) { observe(name, load(ordering: ordering)) }
  /// `WRITE_ONCE()`.
  func put(_ value: Int, _ ordering: StoreOrdering = .relaxed) { store(value, ordering: ordering) }
}
