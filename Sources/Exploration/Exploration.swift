// Every schedule of a scenario: all orders in which its tasks can be scheduled, as a graph of states.
//
// Any task that can run may run next, and it may lose the CPU before every system call and every access to memory that
// it shares. What it does in between concerns no other task, so that no other order would make a difference. The kernel
// says what can happen next and makes it happen (its `Kernel+Moves.swift`); it is a value, so a copy is a
// state. A state is known by its fingerprint (the kernel's `Kernel+Digest.swift`), and a state that is met again is not explored
// again.
//
// Invariants: a state is counted once; where the search stops at a bound, the result says so.
//
// Read this file, then `Lineages.swift` (how tasks are named), `Node.swift` (a state), `StateSet.swift` and
// `DigestIndex.swift` (those that were met), `Explorer.swift` (the search), `Census.swift` and `Explorer+Census.swift`
// (what is told), and `StateGraph.swift` (small graphs, drawn).

import LabKernel

/// All orders in which the tasks of a machine can be scheduled.
///
/// ```swift
/// let census = Exploration(load).census { states, _ in states < 1_000_000 }
/// census.outcomes.map(\.console)
/// ```
public struct Exploration: Sendable {
  /// How far a search goes, and what it keeps.
  public struct Limits: Sendable {
    /// How many states it meets at most.
    public var states = 20_000_000
    /// How many outcomes are told in full.
    public var outcomes = 1000
    /// The variables of the shared memory that are part of an outcome.
    public var variables: [String] = []
    /// Whether all transitions are kept.
    public var keepsEdges = false
    /// Whether a state that is met again is taken for the same; without, every order is followed to its end.
    package var merges = true
    /// Whether orders that cannot make a difference are left out.
    package var reduces = true
    /// How many states wait to be explored, each with its machine, before layers are explored in parts.
    package var waiting = 200_000
    /// How many states such a part has.
    package var part = 1000

    /// The usual limits.
    public init() {}
  }

  /// Why a search did not meet all states.
  public enum Bound: Sendable, Equatable {
    /// It has met as many as it may.
    case states(Int)
    /// It was stopped.
    case stopped
    /// The kernel cannot go on.
    case oops(String)
  }

  private var explorer: Explorer

  /// The search through all schedules of `load`.
  ///
  /// - Parameter isTimed: whether instructions and sleeps take their times; otherwise a sleep may end at any time.
  public init(_ load: MachineLoad, isTimed: Bool = false, limits: Limits = Limits()) {
    explorer = Explorer(Kernel.forExploring(load, isTimed: isTimed), isTimed: isTimed, limits: limits)
  }

  /// The census of all schedules.
  ///
  /// - Parameter goesOn: called every few thousand states with how many states and transitions there are; false stops
  ///   the search, and the census says so.
  public mutating func census(_ goesOn: (_ states: Int, _ transitions: Int) -> Bool = { _, _ in true }) -> Census {
    explorer.run(goesOn)
    return explorer.census
  }

  /// The graph of the states that were met; the limits must say that transitions are kept.
  public var graph: StateGraph { StateGraph(explorer) }
}
